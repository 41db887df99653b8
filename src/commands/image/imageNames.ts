import { oneLine } from '../../base/format.ts';
import type { Localize } from '../../base/localize.ts';
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

/** The last part of a path of this machine, which may be one of Windows. */
export function baseName(path: string): string {
  return oneLine(path.split(/[\\/]/).findLast((part) => part !== '') ?? path, 100);
}
