import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../base/async.ts';
import { DockerEngine } from '../engine/docker/dockerEngine.ts';
import type { Endpoint } from '../engine/docker/endpoint.ts';
import { answer } from './answer.ts';
import { LayerSession } from './layerSession.ts';
import type { FromLayerWorker, LayerWorkerStart, ToLayerWorker } from './messages.ts';
import { toSentError } from './sentError.ts';

/** The reader of the layers of one engine's images, with a connection of its own, until the host terminates it. */
function main(
  start: LayerWorkerStart,
  post: (message: FromLayerWorker) => void,
): (message: ToLayerWorker) => void {
  const session = new LayerSession({
    // The host passes on what the composition root made with the same adapter.
    engine: new DockerEngine(start.endpoint as Endpoint),
    clock: systemClock,
    copyFolder: start.copyFolder,
    onProgress: (progress) => {
      post({ kind: 'progress', progress });
    },
  });
  const asked = new Map<number, AbortController>();

  return (message) => {
    if (message.kind === 'cancel') {
      asked.get(message.id)?.abort();
      return;
    }
    const { id } = message;
    const abort = new AbortController();
    asked.set(id, abort);
    void answer(session, message, abort.signal)
      .then(
        (result) => {
          post({ kind: 'answer', id, result });
        },
        (error: unknown) => {
          post({ kind: 'failure', id, error: toSentError(error) });
        },
      )
      .finally(() => asked.delete(id));
  };
}

const port = parentPort;
if (port !== null)
  port.on(
    'message',
    main(workerData as LayerWorkerStart, (message) => {
      port.postMessage(message);
    }),
  );
