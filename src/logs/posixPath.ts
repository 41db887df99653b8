/** The parts of a path without `.` and `..`, which never leads above its beginning. */
export function partsOf(path: string): readonly string[] {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts;
}

/** A container's path, absolute; what is relative stands under `folder`. */
export function absolute(path: string, folder = '/'): string {
  return `/${partsOf(path.startsWith('/') ? path : `${folder}/${path}`).join('/')}`;
}

/** A path on this machine and parts under it; parts of `..` are none of these. */
export function under(folder: string, parts: readonly string[]): string {
  const base = /^[A-Za-z]:\\|^\\\\/.test(folder) ? folder.replaceAll('\\', '/') : folder;
  const root = /^(?:[A-Za-z]:)?\/{0,2}/.exec(base)?.[0] ?? '';
  return `${root}${[...partsOf(base.slice(root.length)), ...parts].join('/')}`;
}
