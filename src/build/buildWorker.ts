import { Worker } from 'node:worker_threads';
import type { Disposable } from '../base/lifecycle.ts';
import type { BuildEvent } from '../model/build.ts';
import type { BuildWorkerStart, FromBuildWorker, ToBuildWorker } from './messages.ts';

/** The bounds of a step's output are far below; a worker that needs more is broken, and must not take the host along. */
const maxHeapMegabytes = 512;

/** The host's handle on the thread of one build. */
export class BuildWorker implements Disposable {
  private readonly worker: Worker;
  private isOver = false;

  constructor(options: {
    /** Of the bundled `worker.ts`. */
    readonly path: string;
    readonly start: BuildWorkerStart;
    readonly onEvents: (events: readonly BuildEvent[]) => void;
    /** The thread ended, with the error that it ended of, if it was one. */
    readonly onOver: (error: Error | undefined) => void;
  }) {
    this.worker = new Worker(options.path, {
      name: 'quayside build',
      workerData: options.start,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMegabytes },
    });
    let failure: Error | undefined;
    this.worker.on('message', ({ events }: FromBuildWorker) => {
      options.onEvents(events);
    });
    this.worker.on('error', (error: Error) => {
      failure = error;
    });
    this.worker.on('exit', () => {
      this.isOver = true;
      options.onOver(failure);
    });
  }

  /** The thread ends by itself once the builder has let go: it may have a process to end. */
  cancel(): void {
    if (this.isOver) return;
    const message: ToBuildWorker = { kind: 'cancel' };
    this.worker.postMessage(message);
  }

  dispose(): void {
    this.cancel();
  }
}
