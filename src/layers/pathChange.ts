import type { PathChange } from '../model/imageLayers.ts';
import { isFile, isSameEntry, type LayerEntry } from './layerEntry.ts';

/** What happened to a path that a layer has written; undefined for nothing. */
export function changeOf(
  before: LayerEntry | undefined,
  after: LayerEntry | undefined,
): PathChange | undefined {
  if (before === undefined) return after && 'added';
  if (after === undefined) return 'removed';
  if (!isSameEntry(before, after)) return 'changed';
  // Folders come again in each layer that has something in them, and links cost nothing.
  return isFile(after) ? 'rewritten' : undefined;
}
