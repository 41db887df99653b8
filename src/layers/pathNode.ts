import type { PathEntry } from '../model/imageLayers.ts';
import type { TarEntryType } from '../archive/tarReader.ts';

/** What one layer has at one path. */
export interface LayerEntry {
  readonly node: PathNode;
  readonly type: TarEntryType;
  /** Of a file and of a hard link, whose size is that of the file it leads to. */
  readonly sizeBytes: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
  readonly linkTarget: string;
  /** Of a file's content: with the size, it tells contents apart. */
  readonly digest: number;
  /** The file of the same layer that a hard link is another name of. */
  readonly linked: LayerEntry | undefined;
}

/** What a path has been from one layer on: an entry, or nothing any more. */
export interface Version {
  readonly layer: number;
  readonly entry: LayerEntry | undefined;
  /** What it was before; undefined where no layer had anything there. */
  readonly below: Version | undefined;
}

/** A path of an image. It is there whether a file is or not: what is at it, layer by layer, its versions say. */
export interface PathNode {
  readonly name: string;
  readonly parent: PathNode | undefined;
  children: Map<string, PathNode> | undefined;
  /** The newest. */
  version: Version | undefined;
}

export function pathOf(node: PathNode): string {
  const names: string[] = [];
  for (let at: PathNode = node; at.parent !== undefined; at = at.parent) names.push(at.name);
  return names.reverse().join('/');
}

/** The node and all below it, a folder before what is in it. */
export function* nodesFrom(top: PathNode): Generator<PathNode> {
  const waiting = [top];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    yield node;
    for (const child of node.children?.values() ?? []) waiting.push(child);
  }
}

/** What is at a path once the layers up to this one lie on each other; -1 is before the first. */
export function versionAt(node: PathNode, layer: number): Version | undefined {
  let version = node.version;
  while (version !== undefined && version.layer > layer) version = version.below;
  return version;
}

/** Bytes that an entry takes in its layer: a hard link has none of its own. */
export function storedBytes({ type, sizeBytes }: LayerEntry): number {
  return type === 'file' ? sizeBytes : 0;
}

/** The same to who looks, whenever and in whichever layer it was written. */
export function isSameEntry(one: LayerEntry, other: LayerEntry): boolean {
  return (
    one.mode === other.mode && one.uid === other.uid && one.gid === other.gid && hasSameContent(one, other)
  );
}

/** A hard link has the content of the file that it names. */
export function hasSameContent(one: LayerEntry, other: LayerEntry): boolean {
  if (isFile(one) && isFile(other)) return one.sizeBytes === other.sizeBytes && one.digest === other.digest;
  return one.type === other.type && one.linkTarget === other.linkTarget;
}

export function isFile({ type }: LayerEntry): boolean {
  return type === 'file' || type === 'hardlink';
}

/** What is told of an entry to who looks at it. */
export function toPathEntry(entry: LayerEntry): PathEntry {
  const { type, sizeBytes, mode, uid, gid, modifiedAt, linkTarget } = entry;
  return { type, sizeBytes, mode, uid, gid, modifiedAt, linkTarget };
}
