import type {
  DuplicateContent,
  HiddenCopy,
  WastedPath,
  WasteReason,
  WasteTotals,
} from '../model/imageLayers.ts';
import { hasSameContent, isFile, isSameEntry, type LayerEntry, storedBytes } from './layerEntry.ts';
import type { ImageFiles } from './imageFiles.ts';
import { rootPath } from './pathTree.ts';
import type { Version } from './versionTable.ts';

/**
 * All copies of files that take room in a layer and that the image does not show, by path, the most bytes first. A copy
 * of which one hard link still shows is none.
 */
export function findWaste(files: ImageFiles): WastedPath[] {
  const { paths, versions } = files;
  const links = linksOf(files);
  const wasted: WastedPath[] = [];
  for (const path of paths.from(rootPath)) {
    const copies: HiddenCopy[] = [];
    for (const { version, below } of versions.history(path)) {
      const copy = below && hiddenCopy(below, version, links);
      if (copy !== undefined) copies.push(copy);
    }
    if (copies.length === 0) continue;
    const sizeBytes = copies.reduce((sum, copy) => sum + copy.sizeBytes, 0);
    wasted.push({ path: paths.text(path), sizeBytes, copies });
  }
  return wasted.sort((a, b) => b.sizeBytes - a.sizeBytes || (a.path < b.path ? -1 : 1));
}

/** `layerBytes` are the sizes of the layers, the lowest first. */
export function wasteTotals(wasted: readonly WastedPath[], layerBytes: readonly number[]): WasteTotals {
  const wastedBytes = wasted.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const allBytes = layerBytes.reduce((sum, bytes) => sum + bytes, 0);
  const userBytes = allBytes - (layerBytes[0] ?? 0);
  return {
    wastedBytes,
    efficiency: allBytes === 0 ? 1 : (allBytes - wastedBytes) / allBytes,
    userWastedRatio: userBytes === 0 ? 0 : wastedBytes / userBytes,
  };
}

/** Contents that the image shows under several paths, by what links would save. */
export function findDuplicates({ paths, entries, versions }: ImageFiles): DuplicateContent[] {
  const bySize = new Map<number, number[]>();
  for (const path of paths.from(rootPath)) {
    const entry = versions.newest(path)?.entry;
    if (entry?.type !== 'file' || entry.sizeBytes === 0) continue;
    const sameSize = bySize.get(entry.sizeBytes);
    if (sameSize === undefined) bySize.set(entry.sizeBytes, [entry.id]);
    else sameSize.push(entry.id);
  }
  const duplicates: DuplicateContent[] = [];
  for (const [sizeBytes, ids] of bySize) {
    if (ids.length < 2) continue;
    for (const same of Map.groupBy(ids, (id) => entries.at(id).digest).values())
      if (same.length > 1)
        duplicates.push({ sizeBytes, paths: same.map((id) => paths.text(entries.at(id).path)).sort() });
  }
  const saving = ({ sizeBytes, paths }: DuplicateContent): number => sizeBytes * (paths.length - 1);
  return duplicates.sort((a, b) => saving(b) - saving(a));
}

/** By entries that have hard links: the layer that hid the last of the links, or that one of them shows still. */
type Links = ReadonlyMap<number, number | 'shown'>;

function linksOf({ paths, versions }: ImageFiles): Links {
  const links = new Map<number, number | 'shown'>();
  for (const path of paths.from(rootPath)) {
    const shown = versions.newest(path)?.entry?.linked;
    if (shown !== undefined) links.set(shown.id, 'shown');
    for (const { version, below } of versions.history(path)) {
      const file = below?.entry?.linked;
      if (file === undefined) continue;
      const known = links.get(file.id) ?? -1;
      if (known !== 'shown') links.set(file.id, Math.max(known, version.layer));
    }
  }
  return links;
}

function hiddenCopy(hidden: Version, hiding: Version, links: Links): HiddenCopy | undefined {
  const { entry, layer } = hidden;
  const sizeBytes = entry === undefined ? 0 : storedBytes(entry);
  if (entry === undefined || sizeBytes === 0) return undefined;
  const linkHiddenBy = links.get(entry.id) ?? -1;
  if (linkHiddenBy === 'shown') return undefined;
  const hiddenBy = Math.max(hiding.layer, linkHiddenBy);
  return { layer, hiddenBy, reason: reasonOf(entry, hiding.entry), sizeBytes };
}

function reasonOf(hidden: LayerEntry, hiding: LayerEntry | undefined): WasteReason {
  if (hiding === undefined) return 'removed';
  if (!isFile(hiding)) return 'replaced';
  if (!hasSameContent(hidden, hiding)) return 'changed';
  return isSameEntry(hidden, hiding) ? 'same' : 'metadata';
}
