import type { LayerContent } from './layerContent.ts';
import type { LayerEntry, PathNode, Version } from './pathNode.ts';

/** Lays the layers on each other, the lowest first: after that each path knows what it was from which layer on. */
export function stackLayers(root: PathNode, layers: readonly LayerContent[]): void {
  root.version = { layer: -1, entry: folder(root), below: undefined };
  layers.forEach((content, layer) => {
    // Whiteouts hide what is below, wherever the archive has them: what the layer adds itself comes after.
    for (const node of content.opaque) removeContent(node, layer);
    for (const node of content.removed) if (node.parent !== undefined) remove(node, layer);
    for (const entry of content.entries) put(entry, layer);
  });
}

function put(entry: LayerEntry, layer: number): void {
  const { node } = entry;
  if (node.parent === undefined && entry.type !== 'directory') return;
  ensureFolder(node.parent, layer);
  if (entry.type !== 'directory' && node.version?.entry?.type === 'directory') removeContent(node, layer);
  setVersion(node, layer, entry);
}

/** Archives may leave out folders; one over something else takes its place. */
function ensureFolder(node: PathNode | undefined, layer: number): void {
  const missing: PathNode[] = [];
  for (let at = node; at !== undefined && at.version?.entry?.type !== 'directory'; at = at.parent)
    missing.push(at);
  for (const each of missing) setVersion(each, layer, folder(each));
}

function remove(node: PathNode, layer: number): void {
  if (node.version?.entry === undefined) return;
  removeContent(node, layer);
  setVersion(node, layer, undefined);
}

/** What is not there has nothing below it either: a path is only gone through when it goes. */
function removeContent(top: PathNode, layer: number): void {
  const waiting = [top];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop())
    for (const child of node.children?.values() ?? []) {
      if (child.version?.entry === undefined) continue;
      setVersion(child, layer, undefined);
      waiting.push(child);
    }
}

/** A layer has one say about a path: the last. */
function setVersion(node: PathNode, layer: number, entry: LayerEntry | undefined): void {
  const { version } = node;
  const below: Version | undefined = version?.layer === layer ? version.below : version;
  node.version = { layer, entry, below };
}

function folder(node: PathNode): LayerEntry {
  return {
    node,
    type: 'directory',
    sizeBytes: 0,
    mode: 0o755,
    uid: 0,
    gid: 0,
    modifiedAt: 0,
    linkTarget: '',
    digest: 0,
    linked: undefined,
  };
}
