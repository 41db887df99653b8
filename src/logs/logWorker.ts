import { Worker } from 'node:worker_threads';
import type { Disposable } from '../base/lifecycle.ts';
import type {
  FindQuery,
  FindState,
  FindStep,
  FindStepResult,
  LogUpdate,
  LogView,
  RowWindow,
} from '../model/log.ts';
import type { FromLogWorker, LogAnswer, LogQuestion, LogWorkerStart, ToLogWorker } from './messages.ts';

/** The store is 64 MB of text and its rows; a worker that needs far more is broken, and must not take the host along. */
const maxHeapMegabytes = 768;

/** The host's handle on the thread that reads one log. */
export class LogWorker implements Disposable {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, { settle(answer: LogAnswer): void; fail(error: Error): void }>();
  private lastId = 0;
  private isOver = false;

  constructor(options: {
    /** Of the bundled `worker.ts`. */
    readonly path: string;
    readonly start: LogWorkerStart;
    readonly onUpdate: (update: LogUpdate) => void;
    /** The thread ended although nobody disposed of it. */
    readonly onBroken: (error: Error) => void;
  }) {
    this.worker = new Worker(options.path, {
      name: 'quayside logs',
      workerData: options.start,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMegabytes },
    });
    let failure = new Error('the log worker ended');
    this.worker.on('message', (message: FromLogWorker) => {
      if (this.isOver) return;
      if (message.kind === 'update') options.onUpdate(message.update);
      else this.waiting.get(message.id)?.settle(message.answer);
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

  snapshot(view: LogView): Promise<LogUpdate> {
    return this.ask({ kind: 'snapshot', view }, (answer) =>
      answer.kind === 'snapshot' ? answer.value : undefined,
    );
  }

  rows(firstRow: number, count: number): Promise<RowWindow> {
    return this.ask({ kind: 'rows', firstRow, count }, (answer) =>
      answer.kind === 'rows' ? answer.value : undefined,
    );
  }

  find(findId: number, query: FindQuery | undefined): Promise<FindState> {
    return this.ask({ kind: 'find', findId, query }, (answer) =>
      answer.kind === 'find' ? answer.value : undefined,
    );
  }

  step(step: FindStep): Promise<FindStepResult> {
    return this.ask({ kind: 'step', step }, (answer) => (answer.kind === 'step' ? answer.value : undefined));
  }

  setView(view: LogView | undefined): void {
    this.post({ kind: 'view', view });
  }

  containerChanged(): void {
    this.post({ kind: 'containerChanged' });
  }

  dispose(): void {
    if (this.isOver) return;
    this.end(new Error('the log is closed'));
    void this.worker.terminate();
  }

  private ask<T>(question: LogQuestion, read: (answer: LogAnswer) => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.isOver) {
        reject(new Error('the log is closed'));
        return;
      }
      const id = ++this.lastId;
      this.waiting.set(id, {
        settle: (answer) => {
          this.waiting.delete(id);
          const value = read(answer);
          if (value === undefined) reject(new Error(`the log worker answered ${answer.kind}`));
          else resolve(value);
        },
        fail: reject,
      });
      this.post({ kind: 'ask', id, question });
    });
  }

  private post(message: ToLogWorker): void {
    if (!this.isOver) this.worker.postMessage(message);
  }

  private end(reason: Error): void {
    this.isOver = true;
    for (const { fail } of this.waiting.values()) fail(reason);
    this.waiting.clear();
  }
}
