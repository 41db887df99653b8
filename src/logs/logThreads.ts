import { Worker } from 'node:worker_threads';
import type { Clock } from '../base/async.ts';
import type { Disposable } from '../base/lifecycle.ts';

/** Rows are on disk; a worker that needs far more than their index is broken, and must not take the host along. */
const maxHeapMegabytes = 256;

/** So long after a log was opened it shows, and nobody waits. */
const restMs = 1000;

/**
 * Threads that read logs. Whoever has opened one log opens others: the next thread is made ready while nobody waits for
 * it, because that takes longer than to read the first lines.
 */
export class LogThreads implements Disposable {
  private readonly path: string;
  private readonly clock: Clock;
  private spare: Worker | undefined;
  private cancel: (() => void) | undefined;
  private isOver = false;

  /** `path`: of the bundled `worker.ts`. */
  constructor(path: string, clock: Clock) {
    this.path = path;
    this.clock = clock;
  }

  /** It waits to be told what to read. Whoever takes it ends it. */
  take(): Worker {
    const thread = this.spare ?? this.create();
    this.spare = undefined;
    thread.ref();
    this.cancel?.();
    if (!this.isOver)
      this.cancel = this.clock.after(restMs, () => {
        this.prepare();
      });
    return thread;
  }

  dispose(): void {
    this.isOver = true;
    this.cancel?.();
    void this.spare?.terminate();
    this.spare = undefined;
  }

  private prepare(): void {
    const thread = this.create();
    // Nothing that is only ready for something keeps the host.
    thread.unref();
    thread.on('error', () => undefined);
    thread.on('exit', () => {
      if (this.spare === thread) this.spare = undefined;
    });
    this.spare = thread;
  }

  private create(): Worker {
    return new Worker(this.path, {
      name: 'quayside logs',
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMegabytes },
    });
  }
}
