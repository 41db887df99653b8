import { parentPort } from 'node:worker_threads';
import { systemClock } from '../base/async.ts';
import { prepareConnections } from '../engine/docker/connection.ts';
import { DockerEngine } from '../engine/docker/dockerEngine.ts';
import type { Endpoint } from '../engine/docker/endpoint.ts';
import { LogSession } from './logSession.ts';
import { answer } from './answer.ts';
import type { FromLogWorker, LogWorkerStart, ToLogWorker, WorkerSource } from './messages.ts';
import { LogSources, type LogSourceStart } from './logSources.ts';
import { Spool } from './spool/spool.ts';
import { SpoolFiles } from './spool/spoolFiles.ts';
import { timeLimit } from './timeLimit.ts';

/** For one slice of a search; ordinary expressions need a few milliseconds. */
const searchTimeoutMs = 1000;

/** The reader of one log, with a connection of its own, until the host terminates it. */
function main(start: LogWorkerStart, post: (message: FromLogWorker) => void): (message: ToLogWorker) => void {
  const spool = new Spool(new SpoolFiles(start.spoolFolder), start.maxSpoolBytes);
  const session = new LogSession({
    spool,
    clock: systemClock,
    limit: timeLimit(searchTimeoutMs),
    onUpdate: (update) => {
      post({ kind: 'update', update });
    },
  });
  if (start.isRestart) session.event({ kind: 'readerRestarted' });
  const sources = new LogSources({
    spool,
    session,
    clock: systemClock,
    signal: new AbortController().signal,
  });
  const toStart = engines();
  sources.open(start.sources.map(toStart));

  return (message) => {
    switch (message.kind) {
      case 'ask':
        void answer(session, message).then(
          (result) => {
            post({ kind: 'answer', id: message.id, result });
          },
          (error: unknown) => {
            post({ kind: 'failure', id: message.id, message: String(error) });
          },
        );
        break;
      case 'view':
        session.setView(message.view);
        break;
      case 'more':
        sources.more(message.isAll);
        break;
      case 'resume':
        session.resume();
        break;
      case 'join':
        sources.join(message.sources.map(toStart));
        break;
      case 'event':
        sources.tell(message.ref, message.event, message.at);
        break;
      case 'containerChanged':
        sources.containerChanged(message.ref);
        break;
      case 'engineChanged':
        sources.engineChanged(message.engineId, message.isThere);
        break;
    }
  };
}

/** One connection for all containers of an engine: each would have to find out anew what answers there. */
function engines(): (source: WorkerSource) => LogSourceStart {
  const known = new Map<string, DockerEngine>();
  return ({ ref, name, endpoint, containerId }) => {
    const key = JSON.stringify(endpoint);
    // The host passes on what the composition root made with the same adapter.
    const engine = known.get(key) ?? new DockerEngine(endpoint as Endpoint);
    known.set(key, engine);
    return { ref, name, containerId, engine };
  };
}

const port = parentPort;
if (port !== null) {
  // What it is told is read after this: a thread in waiting has it behind it, and any other needs it at once.
  void prepareConnections();
  port.once('message', (start: LogWorkerStart) => {
    port.on(
      'message',
      main(start, (message) => {
        port.postMessage(message);
      }),
    );
  });
}
