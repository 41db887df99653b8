import type { PathChange } from '../model/imageLayers.ts';
import { isFile, isSameEntry, type Version } from './pathNode.ts';

/** What happened to a path from one version of it to another; undefined for nothing. */
export function changeOf(from: Version | undefined, to: Version | undefined): PathChange | undefined {
  const [before, after] = [from?.entry, to?.entry];
  if (from === to || (before === undefined && after === undefined)) return undefined;
  if (before === undefined) return 'added';
  if (after === undefined) return 'removed';
  if (!isSameEntry(before, after)) return 'changed';
  // Folders come again in each layer that has something in them, and links cost nothing.
  return isFile(after) ? 'rewritten' : undefined;
}
