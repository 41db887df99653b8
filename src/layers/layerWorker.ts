import { Worker } from 'node:worker_threads';
import type { Disposable } from '../base/lifecycle.ts';
import type { LayerQuestions, OpenProgress } from '../model/layerQuestions.ts';
import type { FromLayerWorker, LayerQuestion, LayerWorkerStart, ToLayerWorker } from './messages.ts';
import { fromSentError } from './sentError.ts';

/** Two images with as many files as are read; a worker that needs more is broken, and must not take the host along. */
const maxHeapMegabytes = 1024;
/** Nearly all that is made stays: with more room for what is new, the heap is twice as large for nothing. */
const youngHeapMegabytes = 8;

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
  /** Stops listening to the signal of who asked. */
  forget(): void;
}

/** The host's handle on the thread that reads the layers of one engine's images. */
export class LayerWorker implements Disposable {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;
  private isOver = false;

  constructor(options: {
    /** Of the bundled `worker.ts`. */
    readonly path: string;
    readonly start: LayerWorkerStart;
    readonly onProgress: (progress: OpenProgress) => void;
    /** The thread ended although nobody disposed of it. */
    readonly onBroken: (error: Error) => void;
  }) {
    this.worker = new Worker(options.path, {
      name: 'quayside layers',
      workerData: options.start,
      execArgv: [],
      resourceLimits: {
        maxOldGenerationSizeMb: maxHeapMegabytes,
        maxYoungGenerationSizeMb: youngHeapMegabytes,
      },
    });
    let failure = new Error('the layer worker ended');
    this.worker.on('message', (message: FromLayerWorker) => {
      if (this.isOver) return;
      if (message.kind === 'progress') options.onProgress(message.progress);
      else this.settle(message);
    });
    this.worker.on('error', (error: Error) => {
      failure = error;
    });
    this.worker.on('exit', () => {
      if (this.isOver) return;
      this.end(failure);
      options.onBroken(failure);
    });
  }

  /** Fails with `ArchiveError` or `EngineError`; with `cancelled` once the signal aborts. */
  ask<K extends keyof LayerQuestions>(
    name: K,
    params: LayerQuestions[K]['params'],
    signal: AbortSignal,
  ): Promise<LayerQuestions[K]['result']> {
    return new Promise((resolve, reject) => {
      if (this.isOver) {
        reject(new Error('the layers are closed'));
        return;
      }
      const id = ++this.lastId;
      const onAbort = (): void => {
        this.post({ kind: 'cancel', id });
      };
      signal.addEventListener('abort', onAbort, { once: true });
      // The worker answers by name: see answer.ts.
      this.waiting.set(id, {
        resolve: resolve,
        reject,
        forget: () => {
          signal.removeEventListener('abort', onAbort);
        },
      });
      this.post({ kind: 'ask', id, name, params } as LayerQuestion);
      if (signal.aborted) onAbort();
    });
  }

  dispose(): void {
    if (this.isOver) return;
    this.end(new Error('the layers are closed'));
    void this.worker.terminate();
  }

  private settle(message: Exclude<FromLayerWorker, { kind: 'progress' }>): void {
    const waiting = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    waiting?.forget();
    if (message.kind === 'answer') waiting?.resolve(message.result);
    else waiting?.reject(fromSentError(message.error));
  }

  private post(message: ToLayerWorker): void {
    if (!this.isOver) this.worker.postMessage(message);
  }

  private end(reason: Error): void {
    this.isOver = true;
    for (const { reject, forget } of this.waiting.values()) {
      forget();
      reject(reason);
    }
    this.waiting.clear();
  }
}
