import { oneLine } from '../base/format.ts';
import type { Localize } from '../base/localize.ts';
import { shownFileName } from '../model/fileName.ts';
import type { FilesError } from '../model/filesError.ts';

/** Why something could not be done with a file in a container or a volume, and what to do about it. */
export function explainFiles({ problem, path, message }: FilesError, t: Localize): string {
  const at = { path: oneLine(shownFileName(path), 200), said: oneLine(message, 300) };
  switch (problem) {
    case 'missing':
      return t('there is no {path} any more, or a folder on the way to it. Refresh the folder.', at);
    case 'exists':
      return t('{path} or the new name is there already. Choose another name.', at);
    case 'isFolder':
      return t('{path} is a folder. Choose a file.', at);
    case 'notFolder':
      return t('{path} is not in a folder, or is none. Refresh the folder above.', at);
    case 'notEmpty':
      return t('{path} is not empty. Remove what is in it first.', at);
    case 'special':
      return t('{path} is a device, a pipe or a socket, which no editor can open. Use a shell.', at);
    case 'links':
      return t('{path} is a link that leads to itself. Remove it in a shell, or give it another target.', at);
    case 'denied':
      return t(
        'not even the container’s root may do that with {path}: {said} Start the container with more rights.',
        {
          ...at,
          said: /[.!?]$/.test(at.said) ? at.said : `${at.said}.`,
        },
      );
    case 'readOnly':
      return t(
        '{path} is on a read-only file system. Write to a volume, or run the container without that.',
        at,
      );
    case 'full':
      return t('the file system of {path} is full. Make room, then try again.', at);
    case 'nameTooLong':
      return t('the name of {path} is too long. Choose one of at most 255 bytes.', at);
    case 'busy':
      return t('{path} is in use by the system: it is mounted by itself. Change it where it comes from.', at);
    case 'tooBig':
      return t('{path} is too big for an editor. Download it instead.', at);
    case 'needsShell':
      return t(
        'files are removed, renamed and copied by a shell, and there is none for {path}. Start the container if it has a shell.',
        at,
      );
    case 'needsImage':
      return t(
        'volumes are read through a helper container, and the engine has no image to make one of. Pull a small one, such as busybox, then try again.',
      );
    case 'cut':
      return t('the container ended, or the connection to it, before all was done; {path} is as it was.', at);
    case 'other':
      return t('{path}: {said}', at);
  }
}
