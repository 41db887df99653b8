import type { PathChange } from '../../model/imageLayers.ts';
import type { LayersStrings } from '../../protocol/layers.ts';

/** One letter a kind of change, as the editor marks files; `=` is for what was written again as it was. */
export const changeLetters: Readonly<Record<PathChange, string>> = {
  added: 'A',
  changed: 'M',
  rewritten: '=',
  removed: 'D',
};

export function changeWord(change: PathChange | undefined, strings: LayersStrings): string {
  return strings[change ?? 'unchanged'];
}
