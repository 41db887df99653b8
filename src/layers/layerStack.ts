import type { ImageFiles } from './imageFiles.ts';
import type { LayerContent } from './layerContent.ts';
import type { LayerEntry } from './layerEntry.ts';
import { type PathId, rootPath } from './pathTree.ts';

/** Lays the layers on each other, the lowest first: after that each path has its versions. */
export function stackLayers(files: ImageFiles, layers: readonly LayerContent[]): void {
  files.versions.set(rootPath, -1, addFolder(files, rootPath));
  layers.forEach((content, layer) => {
    // Whiteouts hide what is below, wherever the archive has them: what the layer adds itself comes after.
    for (const path of content.opaque) removeContent(files, path, layer);
    for (const path of content.removed) if (path !== rootPath) remove(files, path, layer);
    for (const entry of content.entries) put(files, entry, layer);
  });
}

function put(files: ImageFiles, entry: LayerEntry, layer: number): void {
  const { path, type } = entry;
  if (path === rootPath && type !== 'directory') return;
  ensureFolder(files, files.paths.parent(path), layer);
  if (type !== 'directory' && isFolder(files, path)) removeContent(files, path, layer);
  files.versions.set(path, layer, entry);
}

/** Archives may leave out folders; one over something else takes its place. */
function ensureFolder(files: ImageFiles, path: PathId | undefined, layer: number): void {
  const missing: PathId[] = [];
  for (let at = path; at !== undefined && !isFolder(files, at); at = files.paths.parent(at)) missing.push(at);
  for (const each of missing) files.versions.set(each, layer, addFolder(files, each));
}

function remove(files: ImageFiles, path: PathId, layer: number): void {
  if (!isThere(files, path)) return;
  removeContent(files, path, layer);
  files.versions.set(path, layer, undefined);
}

/** What is not there has nothing below it either: a path is only gone through when it goes. */
function removeContent(files: ImageFiles, top: PathId, layer: number): void {
  const waiting = [top];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop())
    for (const child of files.paths.children(path)) {
      if (!isThere(files, child)) continue;
      files.versions.set(child, layer, undefined);
      waiting.push(child);
    }
}

function isThere({ versions }: ImageFiles, path: PathId): boolean {
  return versions.newest(path)?.entry !== undefined;
}

function isFolder({ versions }: ImageFiles, path: PathId): boolean {
  return versions.newest(path)?.entry?.type === 'directory';
}

function addFolder({ entries }: ImageFiles, path: PathId): LayerEntry {
  return entries.add({
    path,
    type: 'directory',
    sizeBytes: 0,
    mode: 0o755,
    uid: 0,
    gid: 0,
    modifiedAt: 0,
    linkTarget: '',
    digest: 0,
    linked: undefined,
  });
}
