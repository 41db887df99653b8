import type { EngineError } from '../../model/engineError.ts';
import { ImageArchiveError, type ImageArchiveProblem } from '../../model/imageArchiveError.ts';
import { toEngineError } from './dockerErrors.ts';

/** Engines tell in words alone what is wrong with an archive; these are Go's and Docker's. The first that fits counts. */
const problems: readonly (readonly [ImageArchiveProblem, RegExp])[] = [
  ['diskFull', /no space left on device/i],
  ['truncated', /unexpected EOF/i],
  [
    'unreadable',
    /invalid tar header|archive\/tar|invalid argument|(?:bin\/json|repositories): no such file|manifest\.json|invalid manifest|unrecognized image format|magic number|not a tar|invalid checksum|(?:gzip|zstd|bzip2|flate|xz)\b/i,
  ],
];

export function toArchiveError(error: unknown): EngineError {
  const known = toEngineError(error);
  if (known.reason !== 'unexpected' || known.hint !== undefined) return known;
  const problem = problems.find(([, pattern]) => pattern.test(known.message))?.[0];
  return problem === undefined ? known : new ImageArchiveError(problem, known.message, known);
}
