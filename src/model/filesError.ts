import { EngineError, type EngineErrorReason } from './engineError.ts';

export type FilesProblem =
  | 'missing'
  | 'exists'
  | 'isFolder'
  | 'notFolder'
  | 'notEmpty'
  /** A device, a pipe or a socket. */
  | 'special'
  | 'links'
  | 'denied'
  | 'readOnly'
  | 'full'
  | 'nameTooLong'
  /** A file that is mounted by itself, say. */
  | 'busy'
  | 'tooBig'
  /** Only a shell in a running container can do it. */
  | 'needsShell'
  /** Volumes are reached through a container, which is made of one. */
  | 'needsImage'
  /** The connection was cut before all was there. */
  | 'cut'
  | 'other';

const reasons: Partial<Readonly<Record<FilesProblem, EngineErrorReason>>> = {
  missing: 'notFound',
  denied: 'unauthorized',
  needsShell: 'unsupported',
  tooBig: 'unsupported',
  needsImage: 'unsupported',
  cut: 'unreachable',
  other: 'unexpected',
};

/** Why something could not be done with a file in a container. `message` is the system's own. */
export class FilesError extends EngineError {
  readonly problem: FilesProblem;
  readonly path: string;

  constructor(problem: FilesProblem, path: string, message: string, cause?: unknown) {
    super(reasons[problem] ?? 'conflict', message, { cause });
    this.problem = problem;
    this.path = path;
  }
}

export function filesProblemOf(error: unknown): FilesProblem | undefined {
  return error instanceof FilesError ? error.problem : undefined;
}

const words: readonly (readonly [said: RegExp, problem: FilesProblem])[] = [
  [/no space left|disk quota exceeded/i, 'full'],
  [/read-only/i, 'readOnly'],
  [/permission denied|operation not permitted/i, 'denied'],
  [/file name too long/i, 'nameTooLong'],
  [/too many (levels of )?symbolic links|too many links/i, 'links'],
  [/resource busy/i, 'busy'],
  [/directory not empty/i, 'notEmpty'],
  [/file exists|already exists/i, 'exists'],
  [/is a directory|cannot overwrite directory/i, 'isFolder'],
  [/not a directory/i, 'notFolder'],
  [/no such file|could not find the file|nonexistent directory/i, 'missing'],
];

/** Programs and engines tell by their words alone what is wrong; here they are read. */
export function filesProblemIn(said: string): FilesProblem {
  return words.find(([pattern]) => pattern.test(said))?.[1] ?? 'other';
}
