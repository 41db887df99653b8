/* Absolute paths with slashes, of the kind that containers have, whatever this machine has. */

export function parentOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 1)) || '/';
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function pathIn(folder: string, name: string): string {
  return `${folder === '/' ? '' : folder}/${name}`;
}
