import type {
  DuplicateContent,
  HiddenCopy,
  WastedPath,
  WasteReason,
  WasteTotals,
} from '../model/imageLayers.ts';
import {
  hasSameContent,
  isFile,
  isSameEntry,
  type LayerEntry,
  nodesFrom,
  type PathNode,
  pathOf,
  storedBytes,
  type Version,
} from './pathNode.ts';

/**
 * All copies of files that take room in a layer and that the image does not show, by path, the most bytes first. A copy
 * of which one hard link still shows is none.
 */
export function findWaste(root: PathNode): WastedPath[] {
  const links = linksOf(root);
  const wasted: WastedPath[] = [];
  for (const node of nodesFrom(root)) {
    const copies: HiddenCopy[] = [];
    for (const { hidden, hiding } of hiddenVersions(node)) {
      const copy = hiddenCopy(hidden, hiding, links);
      if (copy !== undefined) copies.push(copy);
    }
    if (copies.length === 0) continue;
    const sizeBytes = copies.reduce((sum, copy) => sum + copy.sizeBytes, 0);
    wasted.push({ path: pathOf(node), sizeBytes, copies });
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
export function findDuplicates(root: PathNode): DuplicateContent[] {
  const bySize = new Map<number, LayerEntry[]>();
  for (const { version } of nodesFrom(root)) {
    const entry = version?.entry;
    if (entry?.type !== 'file' || entry.sizeBytes === 0) continue;
    const sameSize = bySize.get(entry.sizeBytes);
    if (sameSize === undefined) bySize.set(entry.sizeBytes, [entry]);
    else sameSize.push(entry);
  }
  const duplicates: DuplicateContent[] = [];
  for (const [sizeBytes, entries] of bySize) {
    if (entries.length < 2) continue;
    for (const same of Map.groupBy(entries, ({ digest }) => digest).values())
      if (same.length > 1) duplicates.push({ sizeBytes, paths: same.map(({ node }) => pathOf(node)).sort() });
  }
  const saving = ({ sizeBytes, paths }: DuplicateContent): number => sizeBytes * (paths.length - 1);
  return duplicates.sort((a, b) => saving(b) - saving(a));
}

interface Hidden {
  readonly hidden: Version;
  readonly hiding: Version;
}

function* hiddenVersions(node: PathNode): Generator<Hidden> {
  let hiding = node.version;
  for (let hidden = hiding?.below; hiding !== undefined && hidden !== undefined; hidden = hiding.below) {
    yield { hidden, hiding };
    hiding = hidden;
  }
}

/** Of files that have hard links: the layer that hid the last of the links, or that one of them shows still. */
function linksOf(root: PathNode): ReadonlyMap<LayerEntry, number | 'shown'> {
  const links = new Map<LayerEntry, number | 'shown'>();
  for (const node of nodesFrom(root)) {
    const shown = node.version?.entry?.linked;
    if (shown !== undefined) links.set(shown, 'shown');
    for (const { hidden, hiding } of hiddenVersions(node)) {
      const file = hidden.entry?.linked;
      if (file === undefined) continue;
      const known = links.get(file) ?? -1;
      if (known !== 'shown') links.set(file, Math.max(known, hiding.layer));
    }
  }
  return links;
}

function hiddenCopy(
  hidden: Version,
  hiding: Version,
  links: ReadonlyMap<LayerEntry, number | 'shown'>,
): HiddenCopy | undefined {
  const { entry, layer } = hidden;
  const sizeBytes = entry === undefined ? 0 : storedBytes(entry);
  if (entry === undefined || sizeBytes === 0) return undefined;
  const linkHiddenBy = links.get(entry) ?? -1;
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
