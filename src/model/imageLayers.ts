/*
 * The layers of an image as a panel shows them: what made each, what it changed, what of it nobody sees. All sizes are of
 * unpacked contents, as `docker history` counts them.
 */

export type PathType = 'file' | 'hardlink' | 'symlink' | 'device' | 'directory' | 'fifo';

/** `rewritten`: a layer holds the file once more, and nothing but its time differs from what was there. */
export const pathChanges = ['added', 'changed', 'rewritten', 'removed'] as const;

export type PathChange = (typeof pathChanges)[number];

/** Files by what happened to them; folders are not counted. */
export type ChangeCounts = Readonly<Record<PathChange, number>>;

export interface ImageLayers {
  /** `linux/amd64`; empty where the image does not say. */
  readonly platform: string;
  /** The lowest first. */
  readonly layers: readonly LayerInfo[];
  /** The history, the oldest first; without one, a step for each layer. */
  readonly steps: readonly ImageStep[];
  /** Of all layers together. */
  readonly sizeBytes: number;
  readonly waste: WasteTotals;
  /** Of which layer how much each one hides. */
  readonly hidings: readonly Hiding[];
}

/** Bytes that one layer holds and another one hides. */
export interface Hiding {
  readonly layer: number;
  readonly hiddenBy: number;
  readonly sizeBytes: number;
}

export interface LayerInfo {
  /** Digest of the unpacked layer, `sha256:…`; empty where the image does not say. */
  readonly diffId: string;
  readonly sizeBytes: number;
  readonly changes: ChangeCounts;
  /** Bytes of this layer that later ones hide. */
  readonly hiddenBytes: number;
  /** Bytes of layers below that this one hides for good. */
  readonly hidingBytes: number;
}

export interface ImageStep {
  /** As the builder wrote it; empty where it wrote nothing. */
  readonly instruction: string;
  readonly createdAt: number | undefined;
  /** The layer that it made, by number; undefined for one that changed no file (ENV, CMD, …). */
  readonly layer: number | undefined;
}

export interface WasteTotals {
  /** Bytes in layers that the image does not show: the sum over all hidden copies. */
  readonly wastedBytes: number;
  /** Shown bytes to all bytes; 1 for an image without any. */
  readonly efficiency: number;
  /** Wasted bytes to those of all layers but the first, which is taken for the base; 0 where there is no other. */
  readonly userWastedRatio: number;
}

/**
 * Why a copy of a file is hidden. `removed`: by itself or with its folder; `replaced`: something that is no file has its
 * path; `changed`: its content was written anew; `metadata`: its mode or owner was changed, which copied the content;
 * `same`: written again as it was.
 */
export type WasteReason = 'removed' | 'replaced' | 'changed' | 'metadata' | 'same';

/** One copy of a file that takes room although nobody sees it. */
export interface HiddenCopy {
  /** The layer that holds it. */
  readonly layer: number;
  /** The one that hides it. */
  readonly hiddenBy: number;
  readonly reason: WasteReason;
  readonly sizeBytes: number;
}

export interface WastedPath {
  readonly path: string;
  readonly sizeBytes: number;
  /** The newest first. */
  readonly copies: readonly HiddenCopy[];
}

/** One content that an image shows under several paths. It is no waste: but links would take no room. */
export interface DuplicateContent {
  /** Of one copy. */
  readonly sizeBytes: number;
  readonly paths: readonly string[];
}

/** A file system: an image's layers up to and with one; -1 is the empty one below the first. */
export interface LayerState {
  readonly imageId: string;
  readonly layer: number;
}

export interface PathEntry {
  readonly type: PathType;
  readonly sizeBytes: number;
  /** Permission bits with setuid, setgid and sticky. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly modifiedAt: number;
  /** Empty for what is no link. */
  readonly linkTarget: string;
}

/** What shows in a tree of paths: those that match and their folders. */
export interface TreeFilter {
  /** A part of the path, in whatever case; empty for all. */
  readonly text: string;
  /** Undefined for all, unchanged ones too. */
  readonly changes: readonly PathChange[] | undefined;
}

export type TreeSort = 'name' | 'size';

/** What the files in a folder come to; of a file, what it comes to itself. */
export interface TreeSum {
  /** By what happened to them. */
  readonly counts: ChangeCounts;
  /** Bytes of those that are there afterwards; a hard link has none of its own. */
  readonly sizeBytes: number;
  /** Bytes of those that are gone. */
  readonly removedBytes: number;
}

/** Which folders of a tree are open: all but these, or these only. */
export interface Folding {
  readonly isOpen: boolean;
  /** Paths. */
  readonly except: readonly string[];
}

/** One row of a tree between two states of file systems, as it is drawn. Sums are of what shows. */
export interface TreeRow extends TreeSum {
  readonly path: string;
  readonly name: string;
  /** 1 at the root. */
  readonly level: number;
  /** Place among what shows in its folder, from 0, and how many there are. */
  readonly place: number;
  readonly siblings: number;
  readonly change: PathChange | undefined;
  /** What is there, or was there when it is gone. */
  readonly entry: PathEntry;
  /** What was there before it was changed; undefined for all other rows. */
  readonly before: PathEntry | undefined;
  readonly hasChildren: boolean;
  readonly isOpen: boolean;
}

export interface PathDifference {
  readonly path: string;
  readonly change: PathChange;
  readonly before: PathEntry | undefined;
  readonly after: PathEntry | undefined;
}

/** Part of a list, and how long the whole is. */
export interface Window<T> {
  readonly rows: readonly T[];
  readonly total: number;
}

/** What is at a path in a state, and the layer that holds it. */
export interface PathVersion {
  readonly layer: number;
  readonly entry: PathEntry;
}

/** One path in two states. */
export interface PathVersions {
  readonly before: PathVersion | undefined;
  readonly after: PathVersion | undefined;
  /** Nothing but times, mode or owner differs. */
  readonly hasSameContent: boolean;
}

/** What can be done with a path that is shown: its changes or itself opened, itself opened, its name copied. */
export const layersActs = ['open', 'openFile', 'copyPath'] as const;

export type LayersAct = (typeof layersActs)[number];
