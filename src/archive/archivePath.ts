import { oneLine } from '../base/format.ts';
import { ArchiveError } from './archiveError.ts';

/** Linux opens no path that is longer. */
const maxPathLength = 4096;

/** Most paths are as they should be, and there are many. */
const cleanPath = /^(?!\/)(?!.*(?:^|\/)\.{0,2}(?:\/|$))/s;

/**
 * A path inside the archive with neither `.` nor `..`, nor a slash at either end; the root is the empty text. As
 * engines do, a leading slash is taken off. Throws an `ArchiveError` for a path that leads out.
 */
export function archivePath(written: string): string {
  if (written.length > maxPathLength)
    throw new ArchiveError('unsafe', `the archive has a path of ${String(written.length)} characters`);
  if (cleanPath.test(written)) return written;
  const parts: string[] = [];
  for (const part of written.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined)
      throw new ArchiveError('unsafe', `the path “${oneLine(written, 100)}” leads out of the archive`);
  }
  return parts.join('/');
}
