/**
 * Why a context can't be sent. `unreadable`: a file this user may not read; `changed`: a file that shrank while it was
 * read; `pattern`: the `.dockerignore` has a line that is no pattern; `missing`: there is no such folder.
 */
export type ContextProblem = 'unreadable' | 'changed' | 'pattern' | 'missing';

export class ContextError extends Error {
  readonly problem: ContextProblem;
  /** The file, or the pattern. */
  readonly what: string;

  constructor(problem: ContextProblem, what: string, cause?: unknown) {
    super(`${problem}: ${what}`, { cause });
    this.name = 'ContextError';
    this.problem = problem;
    this.what = what;
  }
}
