import type { RunOptions } from '../../model/runOptions.ts';

/** The folders of a pasted line that begin at `.` or `..`, from the folder that is open; without one they stay. */
export function absolutePaths(options: RunOptions, folder: string): RunOptions {
  if (folder === '') return options;
  return {
    ...options,
    mounts: options.mounts.map((mount) =>
      mount.type === 'bind' && /^\.\.?(?:\/|$)/.test(mount.source)
        ? { ...mount, source: join(folder, mount.source) }
        : mount,
    ),
  };
}

function join(folder: string, path: string): string {
  const parts = folder.split(/[\\/]/);
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/') || '/';
}
