/** What code may branch on. The message is for people and the log only. */
export type ArchiveProblem =
  /** It ends before its end. */
  | 'truncated'
  /** Its bytes are not what its format says. */
  | 'damaged'
  /** A name in it leads out of it, or is longer than a file's name can be. */
  | 'unsafe'
  /** It, or what was asked of it, is larger than is read. */
  | 'tooBig'
  /** A format that this program can't read. */
  | 'unsupported'
  /** There is no image in it, or none whose layers are all there. */
  | 'noImage'
  /** What was asked for is not in it. */
  | 'notFound';

/** Why an image's archive can't be read. */
export class ArchiveError extends Error {
  readonly problem: ArchiveProblem;

  constructor(problem: ArchiveProblem, message: string, options?: { readonly cause: unknown }) {
    super(message, options);
    this.name = 'ArchiveError';
    this.problem = problem;
  }
}
