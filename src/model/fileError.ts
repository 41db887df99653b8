import { EngineError } from './engineError.ts';

export type FileProblem = 'missing' | 'notReadable' | 'notWritable' | 'diskFull' | 'folder' | 'other';

/** Why a file of this machine could not be read or written. `message` is the system's own. */
export class FileError extends EngineError {
  readonly problem: FileProblem;
  readonly path: string;

  constructor(problem: FileProblem, path: string, message: string, cause?: unknown) {
    super('unexpected', message, { cause });
    this.problem = problem;
    this.path = path;
  }
}
