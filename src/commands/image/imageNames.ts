import { oneLine } from '../../base/format.ts';
import type { Localize } from '../../base/localize.ts';
import { CommandFailure } from '../commandFailure.ts';
import { type ImageReference, parseImageReference } from '../../model/imageReference.ts';

/** The reference that a row of the images stands for; undefined for one without a tag, whose name is its id. */
export function referenceOfTag(name: string): ImageReference | undefined {
  return /^sha256:[0-9a-f]{64}$/.test(name) ? undefined : parseImageReference(name);
}

export function notAReference(name: string, t: Localize): string {
  return t('“{name}” cannot be an image’s name. Names are like nginx, team/app:1.2 or localhost:5000/app.', {
    name: oneLine(name, 60),
  });
}

export function digestIsNoName(t: Localize): string {
  return t('A digest follows from the content; a name has a tag alone.');
}

/** Why an image that is made can't be called so; undefined when it can. */
export function imageNameProblem(typed: string, t: Localize): string | undefined {
  const reference = parseImageReference(typed);
  if (reference === undefined) return notAReference(typed, t);
  return reference.digest === undefined ? undefined : digestIsNoName(t);
}

/** The name for an image that is made, as a caller gave it. */
export function readImageName(given: string, t: Localize): ImageReference | undefined {
  const wrong = imageNameProblem(given, t);
  if (wrong !== undefined) throw new CommandFailure('conflict', wrong);
  return parseImageReference(given);
}

/** The last part of a path of this machine, which may be one of Windows. */
export function baseName(path: string): string {
  return oneLine(path.split(/[\\/]/).findLast((part) => part !== '') ?? path, 100);
}
