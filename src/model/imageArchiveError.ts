import { EngineError } from './engineError.ts';

/** `truncated`: it ends too early; `unreadable`: no archive, or none of images; `diskFull`: the engine's. */
export type ImageArchiveProblem = 'truncated' | 'unreadable' | 'diskFull';

/** Why an engine did not take an archive. `message` is the engine's own sentence. */
export class ImageArchiveError extends EngineError {
  readonly problem: ImageArchiveProblem;

  constructor(problem: ImageArchiveProblem, message: string, cause?: unknown) {
    super('unexpected', message, { cause });
    this.problem = problem;
  }
}
