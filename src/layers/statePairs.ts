import type { PathChange } from '../model/imageLayers.ts';
import type { ImageFiles } from './imageFiles.ts';
import type { LayerEntry } from './layerEntry.ts';
import { changeOf } from './pathChange.ts';
import { type PathId, rootPath } from './pathTree.ts';
import type { Version } from './versionTable.ts';

/** An image's file system once the layers up to this one lie on each other; -1 is the empty one below the first. */
export interface TreeState {
  readonly files: ImageFiles;
  readonly layer: number;
}

/** A pair by one number: of its path after, or with a minus before it, of the path before, where that is all there is. */
export type PairId = number;

/** One path of both states, with what is there; one of the entries at least is there. */
export interface Pair {
  readonly id: PairId;
  /** In the files of either state: the same one where the states are of one image. */
  readonly beforePath: PathId | undefined;
  readonly afterPath: PathId | undefined;
  readonly before: LayerEntry | undefined;
  readonly after: LayerEntry | undefined;
  readonly change: PathChange | undefined;
}

/** The paths of two states of file systems, beside each other. */
export class StatePairs {
  private readonly before: TreeState;
  private readonly after: TreeState;
  private readonly isOneImage: boolean;

  constructor(before: TreeState, after: TreeState) {
    this.before = before;
    this.after = after;
    this.isOneImage = before.files === after.files;
  }

  get root(): Pair {
    return this.pair(rootPath, rootPath);
  }

  nameOf({ beforePath, afterPath }: Pair): string {
    if (afterPath !== undefined) return this.after.files.paths.name(afterPath);
    return this.before.files.paths.name(beforePath ?? rootPath);
  }

  in(folder: Pair, id: PairId): Pair {
    return id < 0 ? this.pair(-id, undefined) : this.pair(this.sameBefore(folder, id), id);
  }

  /** In no order. */
  *below(folder: Pair): Generator<Pair> {
    const { beforePath, afterPath } = folder;
    const [before, after] = [this.before.files.paths, this.after.files.paths];
    for (const path of afterPath === undefined ? [] : after.children(afterPath)) {
      const pair = this.pair(this.sameBefore(folder, path), path);
      if (pair.before !== undefined || pair.after !== undefined) yield pair;
    }
    if (this.isOneImage) return;
    for (const path of beforePath === undefined ? [] : before.children(beforePath)) {
      if (afterPath !== undefined && after.child(afterPath, before.name(path)) !== undefined) continue;
      const pair = this.pair(path, undefined);
      if (pair.before !== undefined) yield pair;
    }
  }

  /** Whether there may be something. */
  hasBelow({ beforePath, afterPath }: Pair): boolean {
    if (afterPath !== undefined && this.after.files.paths.hasChildren(afterPath)) return true;
    return beforePath !== undefined && this.before.files.paths.hasChildren(beforePath);
  }

  /** The path before that has the same name in the same folder as one after. */
  private sameBefore({ beforePath }: Pair, path: PathId): PathId | undefined {
    if (this.isOneImage) return path;
    if (beforePath === undefined) return undefined;
    return this.before.files.paths.child(beforePath, this.after.files.paths.name(path));
  }

  private pair(beforePath: PathId | undefined, afterPath: PathId | undefined): Pair {
    const from = versionIn(this.before, beforePath);
    const to = versionIn(this.after, afterPath);
    return {
      id: afterPath ?? -(beforePath ?? rootPath),
      beforePath,
      afterPath,
      before: from?.entry,
      after: to?.entry,
      change: this.changeOf(from, to),
    };
  }

  private changeOf(from: Version | undefined, to: Version | undefined): PathChange | undefined {
    // Of one path, a layer has one version.
    if (this.isOneImage && from?.layer === to?.layer) return undefined;
    const change = changeOf(from?.entry, to?.entry);
    // Two images were written separately anyway: what is the same in both did not change.
    return change === 'rewritten' && !this.isOneImage ? undefined : change;
  }
}

function versionIn({ files, layer }: TreeState, path: PathId | undefined): Version | undefined {
  return path === undefined ? undefined : files.versions.at(path, layer);
}
