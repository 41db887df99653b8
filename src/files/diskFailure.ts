import { FileError } from '../model/fileError.ts';

const problems = {
  ENOSPC: 'diskFull',
  EDQUOT: 'diskFull',
  EROFS: 'notWritable',
  EACCES: 'notWritable',
  EPERM: 'notWritable',
  ENOENT: 'missing',
} as const;

/** Failures of this machine's disk; others are as they are. */
export function toFileError(error: unknown, path: string): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  if (!('code' in error) || !('syscall' in error)) return error;
  const code = Object.keys(problems).find((each): each is keyof typeof problems => each === error.code);
  return new FileError(code === undefined ? 'other' : problems[code], path, error.message, error);
}
