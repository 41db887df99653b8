import type { LogEvent, LogSourceInfo, LogUpdate, LogView } from '../model/log.ts';
import type { LogQuestions } from '../model/logQuestions.ts';

/** A container to read, as the worker is told of it. */
export interface WorkerSource extends LogSourceInfo {
  /** An `Endpoint`, which only the worker's own adapter reads. */
  readonly endpoint: unknown;
  readonly containerId: string;
}

/** The first message to the worker. */
export interface LogWorkerStart {
  readonly sources: readonly WorkerSource[];
  /** A folder that is not there yet, for what was read; gone when the worker is. */
  readonly spoolFolder: string;
  readonly maxSpoolBytes: number;
  /** The worker before this one broke: the log says so. */
  readonly isRestart: boolean;
}

export type LogQuestion = {
  readonly [K in keyof LogQuestions]: {
    readonly kind: 'ask';
    readonly id: number;
    readonly name: K;
    readonly params: LogQuestions[K]['params'];
  };
}[keyof LogQuestions];

export type ToLogWorker =
  | LogQuestion
  /** Undefined: nobody looks, so nothing is sent. */
  | { readonly kind: 'view'; readonly view: LogView | undefined }
  /** Somebody wants to see what is older than the first row: some of it, or all there is. */
  | { readonly kind: 'more'; readonly isAll: boolean }
  /** There is room on the disk again, somebody says. */
  | { readonly kind: 'resume' }
  /** Containers that came and belong to the log. */
  | { readonly kind: 'join'; readonly sources: readonly WorkerSource[] }
  /** What happened to a container, in milliseconds since the epoch. */
  | { readonly kind: 'event'; readonly ref: string; readonly event: LogEvent; readonly at: number }
  /** The live model has news of a container. */
  | { readonly kind: 'containerChanged'; readonly ref: string }
  /** The live model has lost an engine, or has it again. */
  | { readonly kind: 'engineChanged'; readonly engineId: string; readonly isThere: boolean };

export type FromLogWorker =
  /** `result` is that of the question with this id. */
  | { readonly kind: 'answer'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly message: string }
  | { readonly kind: 'update'; readonly update: LogUpdate };
