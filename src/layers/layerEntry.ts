import type { PathEntry, PathType } from '../model/imageLayers.ts';
import type { PathId } from './pathTree.ts';

/** What one layer has at one path. */
export interface EntryFacts {
  readonly path: PathId;
  readonly type: PathType;
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

export interface LayerEntry extends EntryFacts {
  /** Its number among all entries of the image. */
  readonly id: number;
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
