import { rm } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import type { Disposable } from '../base/lifecycle.ts';
import { OpenQuestions } from '../base/openQuestions.ts';
import type { LayerQuestions, OpenProgress } from '../model/layerQuestions.ts';
import type { FromLayerWorker, LayerQuestion, LayerWorkerStart, ToLayerWorker } from './messages.ts';
import { fromSentError } from './sentError.ts';

/** Two images with as many files as are read; a worker that needs more is broken, and must not take the host along. */
const maxHeapMegabytes = 1024;
/**
 * What stays is in tables, outside of the heap, and what does not are the pieces that were read: with more room for what
 * is new, their memory comes back late, and the thread is larger and slower.
 */
const youngHeapMegabytes = 2;

/** The host's handle on the thread that reads the layers of one engine's images. */
export class LayerWorker implements Disposable {
  private readonly worker: Worker;
  private readonly questions = new OpenQuestions();

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
      if (this.questions.isOver) return;
      if (message.kind === 'progress') options.onProgress(message.progress);
      else if (message.kind === 'answer') this.questions.answer(message.id, message.result);
      else this.questions.fail(message.id, fromSentError(message.error));
    });
    this.worker.on('error', (error: Error) => {
      failure = error;
    });
    this.worker.on('exit', () => {
      // What a window that ends at once leaves is removed by the next one.
      void rm(options.start.copyFolder, { recursive: true, force: true }).catch(() => undefined);
      if (this.questions.isOver) return;
      this.questions.end(failure);
      options.onBroken(failure);
    });
  }

  /** Fails with `ArchiveError` or `EngineError`; with `cancelled` once the signal aborts. */
  ask<K extends keyof LayerQuestions>(
    name: K,
    params: LayerQuestions[K]['params'],
    signal: AbortSignal,
  ): Promise<LayerQuestions[K]['result']> {
    const post = (id: number): void => {
      this.post({ kind: 'ask', id, name, params } as LayerQuestion);
    };
    const cancel = (id: number): void => {
      this.post({ kind: 'cancel', id });
    };
    return this.questions.ask(post, { signal, cancel });
  }

  dispose(): void {
    if (this.questions.isOver) return;
    this.questions.end(new Error('the layers are closed'));
    void this.worker.terminate();
  }

  private post(message: ToLayerWorker): void {
    if (!this.questions.isOver) this.worker.postMessage(message);
  }
}
