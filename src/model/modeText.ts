import type { PathEntry, PathType } from './imageLayers.ts';

const letters: Readonly<Record<PathType, string>> = {
  file: '-',
  hardlink: '-',
  symlink: 'l',
  device: 'c',
  directory: 'd',
  fifo: 'p',
};

/** As `ls -l` prints it: `-rwsr-xr-x`. */
export function modeText({ type, mode }: Pick<PathEntry, 'type' | 'mode'>): string {
  const triple = (shift: number, special: number, letter: string): string => {
    const bits = mode >> shift;
    const runs = (bits & 1) !== 0;
    const last = (mode & special) === 0 ? (runs ? 'x' : '-') : runs ? letter : letter.toUpperCase();
    return `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${last}`;
  };
  return letters[type] + triple(6, 0o4000, 's') + triple(3, 0o2000, 's') + triple(0, 0o1000, 't');
}
