import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../base/async.ts';
import { DockerEngine } from '../engine/docker/dockerEngine.ts';
import type { Endpoint } from '../engine/docker/endpoint.ts';
import { LogSession } from './logSession.ts';
import { LogSource } from './logSource.ts';
import type { FromLogWorker, LogAnswer, LogQuestion, LogWorkerStart, ToLogWorker } from './messages.ts';
import { timeLimit } from './timeLimit.ts';

const limits = { maxRows: 200_000, maxBytes: 64_000_000 };
const tail = 1000;
/** For one slice of a search; ordinary expressions need a few milliseconds. */
const searchTimeoutMs = 1000;

/** The reader of one log, with a connection of its own, until the host terminates it. */
function main(start: LogWorkerStart, post: (message: FromLogWorker) => void): (message: ToLogWorker) => void {
  const session = new LogSession({
    limits,
    clock: systemClock,
    limit: timeLimit(searchTimeoutMs),
    onUpdate: (update) => {
      post({ kind: 'update', update });
    },
  });
  if (start.isRestart) session.event({ kind: 'readerRestarted' });
  const source = new LogSource({
    // The host passes on what the composition root made with the same adapter.
    engine: new DockerEngine(start.endpoint as Endpoint),
    containerId: start.containerId,
    tail,
    sink: session,
    clock: systemClock,
  });
  void source.run(new AbortController().signal);

  return (message) => {
    switch (message.kind) {
      case 'ask':
        void answer(session, message.question).then((answer) => {
          post({ kind: 'answer', id: message.id, answer });
        });
        break;
      case 'view':
        session.setView(message.view);
        break;
      case 'containerChanged':
        source.containerChanged();
        break;
    }
  };
}

async function answer(session: LogSession, question: LogQuestion): Promise<LogAnswer> {
  switch (question.kind) {
    case 'snapshot':
      return { kind: 'snapshot', value: session.snapshot(question.view) };
    case 'rows':
      return { kind: 'rows', value: session.rows(question.firstRow, question.count) };
    case 'find':
      return { kind: 'find', value: session.find(question.findId, question.query) };
    case 'step':
      return { kind: 'step', value: await session.step(question.step) };
  }
}

const port = parentPort;
if (port !== null)
  port.on(
    'message',
    main(workerData as LogWorkerStart, (message) => {
      port.postMessage(message);
    }),
  );
