import { oneLine } from '../base/format.ts';
import type { Localize } from '../base/localize.ts';
import { FileError } from '../model/fileError.ts';
import type { ImageArchiveError } from '../model/imageArchiveError.ts';

/** Why an archive did not come or go, and what to do about it. */
export function explainArchive(error: FileError | ImageArchiveError, t: Localize): string {
  const said = oneLine(error.message, 300);
  if (error instanceof FileError) return explainFile(error, said, t);
  switch (error.problem) {
    case 'truncated':
      return t('the file ends too early. Save or download it again.');
    case 'unreadable':
      return t('this is no archive that the engine can read. Choose a .tar, .tar.gz or .tar.zst. ({said})', {
        said,
      });
    case 'diskFull':
      return t('the engine’s disk is full. Remove images or volumes that nobody needs, then try again.');
  }
}

function explainFile({ problem, path }: FileError, said: string, t: Localize): string {
  const at = { path: oneLine(path, 200), said };
  switch (problem) {
    case 'missing':
      return t('there is no {path}. Choose another place.', at);
    case 'notReadable':
      return t('{path} may not be read by this user. Change its permissions, or choose another file.', at);
    case 'notWritable':
      return t('{path} may not be written by this user. Choose another place.', at);
    case 'diskFull':
      return t('the disk of {path} is full. Make room, or choose another place.', at);
    case 'folder':
      return t('{path} is a folder. Choose a file.', at);
    case 'other':
      return t('{path} cannot be used: {said}', at);
  }
}
