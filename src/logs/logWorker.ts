import { rm } from 'node:fs/promises';
import type { Worker } from 'node:worker_threads';
import type { Disposable } from '../base/lifecycle.ts';
import { OpenQuestions } from '../base/openQuestions.ts';
import type { LogEvent, LogUpdate, LogView } from '../model/log.ts';
import type { LogQuestions } from '../model/logQuestions.ts';
import type { FromLogWorker, LogQuestion, LogWorkerStart, ToLogWorker, WorkerSource } from './messages.ts';

/** The host's handle on the thread that reads one log. */
export class LogWorker implements Disposable {
  private readonly worker: Worker;
  private readonly spoolFolder: string;
  private readonly questions = new OpenQuestions();

  constructor(options: {
    /** It is ended with this. */
    readonly thread: Worker;
    readonly start: LogWorkerStart;
    readonly onUpdate: (update: LogUpdate) => void;
    /** The thread ended although nobody disposed of it. */
    readonly onBroken: (error: Error) => void;
  }) {
    this.spoolFolder = options.start.spoolFolder;
    this.worker = options.thread;
    this.worker.postMessage(options.start);
    let failure = new Error('the log worker ended');
    this.worker.on('message', (message: FromLogWorker) => {
      if (this.questions.isOver) return;
      if (message.kind === 'update') options.onUpdate(message.update);
      else if (message.kind === 'answer') this.questions.answer(message.id, message.result);
      else this.questions.fail(message.id, new Error(message.message));
    });
    this.worker.on('error', (error: Error) => {
      failure = error;
    });
    this.worker.on('exit', () => {
      // The thread ends without a chance to tidy up.
      void rm(this.spoolFolder, { recursive: true, force: true }).catch(() => undefined);
      if (this.questions.isOver) return;
      this.questions.end(failure);
      options.onBroken(failure);
    });
  }

  ask<K extends keyof LogQuestions>(
    name: K,
    params: LogQuestions[K]['params'],
  ): Promise<LogQuestions[K]['result']> {
    return this.questions.ask((id) => {
      this.post({ kind: 'ask', id, name, params } as LogQuestion);
    });
  }

  setView(view: LogView | undefined): void {
    this.post({ kind: 'view', view });
  }

  more(isAll: boolean): void {
    this.post({ kind: 'more', isAll });
  }

  resume(): void {
    this.post({ kind: 'resume' });
  }

  join(sources: readonly WorkerSource[]): void {
    this.post({ kind: 'join', sources });
  }

  tell(ref: string, event: LogEvent, at: number): void {
    this.post({ kind: 'event', ref, event, at });
  }

  containerChanged(ref: string): void {
    this.post({ kind: 'containerChanged', ref });
  }

  engineChanged(engineId: string, isThere: boolean): void {
    this.post({ kind: 'engineChanged', engineId, isThere });
  }

  dispose(): void {
    if (this.questions.isOver) return;
    this.questions.end(new Error('the log is closed'));
    void this.worker.terminate();
  }

  private post(message: ToLogWorker): void {
    if (!this.questions.isOver) this.worker.postMessage(message);
  }
}
