import type { EngineErrorHint, EngineErrorReason } from '../model/engineError.ts';
import type { LayerQuestions, OpenProgress } from '../model/layerQuestions.ts';
import type { ArchiveProblem } from '../archive/archiveError.ts';

/** Given to the worker as it starts. */
export interface LayerWorkerStart {
  /** An `Endpoint`, which only the worker's own adapter reads. */
  readonly endpoint: unknown;
  /** Of this reader alone, for copies of exports; made when it is needed, and gone with the reader. */
  readonly copyFolder: string;
}

export type LayerQuestion = {
  readonly [K in keyof LayerQuestions]: {
    readonly kind: 'ask';
    readonly id: number;
    readonly name: K;
    readonly params: LayerQuestions[K]['params'];
  };
}[keyof LayerQuestions];

export type ToLayerWorker =
  | LayerQuestion
  /** Nobody waits for the answer to the question with this id any more. */
  | { readonly kind: 'cancel'; readonly id: number };

/** An error as it passes between threads, which lose all but the message of one. */
export type SentError =
  | { readonly kind: 'archive'; readonly problem: ArchiveProblem; readonly message: string }
  | {
      readonly kind: 'engine';
      readonly reason: EngineErrorReason;
      readonly hint: EngineErrorHint | undefined;
      readonly message: string;
    }
  /** Of the system, about a file: `ENOSPC` and its like. */
  | { readonly kind: 'file'; readonly code: string; readonly message: string }
  | { readonly kind: 'other'; readonly message: string };

export type FromLayerWorker =
  /** `result` is that of the question with this id. */
  | { readonly kind: 'answer'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly error: SentError }
  | { readonly kind: 'progress'; readonly progress: OpenProgress };
