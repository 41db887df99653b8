import type {
  FindQuery,
  FindState,
  FindStep,
  FindStepResult,
  LogUpdate,
  LogView,
  RowWindow,
} from '../model/log.ts';

/** Given to the worker as it starts. */
export interface LogWorkerStart {
  /** An `Endpoint`, which only the worker's own adapter reads. */
  readonly endpoint: unknown;
  readonly containerId: string;
  /** The worker before this one broke: the log says so. */
  readonly isRestart: boolean;
}

export type LogQuestion =
  | { readonly kind: 'snapshot'; readonly view: LogView }
  | { readonly kind: 'rows'; readonly firstRow: number; readonly count: number }
  | { readonly kind: 'find'; readonly findId: number; readonly query: FindQuery | undefined }
  | { readonly kind: 'step'; readonly step: FindStep };

export type LogAnswer =
  | { readonly kind: 'snapshot'; readonly value: LogUpdate }
  | { readonly kind: 'rows'; readonly value: RowWindow }
  | { readonly kind: 'find'; readonly value: FindState }
  | { readonly kind: 'step'; readonly value: FindStepResult };

export type ToLogWorker =
  | { readonly kind: 'ask'; readonly id: number; readonly question: LogQuestion }
  /** Undefined: nobody looks, so nothing is sent. */
  | { readonly kind: 'view'; readonly view: LogView | undefined }
  /** The live model has news of the container. */
  | { readonly kind: 'containerChanged' };

export type FromLogWorker =
  | { readonly kind: 'answer'; readonly id: number; readonly answer: LogAnswer }
  | { readonly kind: 'update'; readonly update: LogUpdate };
