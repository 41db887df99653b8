import type {
  ChangeCounts,
  PathChange,
  PathDifference,
  TreeFilter,
  TreeSort,
  TreeSum,
  Window,
} from '../model/imageLayers.ts';
import type { ImageFiles } from './imageFiles.ts';
import { type LayerEntry, storedBytes, toPathEntry } from './layerEntry.ts';
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

interface Shown {
  readonly id: PairId;
  readonly name: string;
  /** 0 where they do not matter. */
  readonly bytes: number;
  readonly isFolder: boolean;
}

interface Sum {
  readonly counts: { -readonly [K in PathChange]: number };
  sizeBytes: number;
  removedBytes: number;
  /** Something below shows. */
  hasShown: boolean;
}

/**
 * The difference between two states of file systems, as a tree and as a list, through a filter. A layer is the
 * difference between the states with and without it; an image up to a layer, that to the empty state. It is worked
 * out once, when it is made.
 */
export class TreeDiff {
  private readonly before: TreeState;
  private readonly after: TreeState;
  private readonly isOneImage: boolean;
  private readonly text: string;
  private readonly changes: ReadonlySet<PathChange> | undefined;
  /** Of all paths that have something below. */
  private readonly sums = new Map<PairId, Sum>();
  private readonly whole: Sum;
  private list: readonly PathDifference[] | undefined;

  constructor(before: TreeState, after: TreeState, filter: TreeFilter) {
    this.before = before;
    this.after = after;
    this.isOneImage = before.files === after.files;
    this.text = filter.text.toLowerCase();
    this.changes = filter.changes === undefined ? undefined : new Set(filter.changes);
    this.whole = this.sumOf(this.root, '');
  }

  get total(): TreeSum {
    return toSum(this.whole);
  }

  get root(): Pair {
    return this.pair(rootPath, rootPath);
  }

  nameOf({ beforePath, afterPath }: Pair): string {
    if (afterPath !== undefined) return this.after.files.paths.name(afterPath);
    return this.before.files.paths.name(beforePath ?? rootPath);
  }

  /** What shows directly below a folder: folders first, as the editor's own Explorer has them, or the largest first. */
  shownBelow(folder: Pair, path: string, sort: TreeSort): PairId[] {
    const shown: Shown[] = [];
    for (const pair of this.pairsBelow(folder)) {
      const name = this.nameOf(pair);
      if (!this.matches(pair, join(path, name)) && !this.hasShownBelow(pair)) continue;
      const bytes = sort === 'size' ? this.bytesOf(pair) : 0;
      shown.push({ id: pair.id, name, bytes, isFolder: isFolder(pair) });
    }
    return shown.sort(inOrder).map(({ id }) => id);
  }

  pairIn(folder: Pair, id: PairId): Pair {
    return id < 0 ? this.pair(-id, undefined) : this.pair(this.sameBefore(folder, id), id);
  }

  hasShownBelow(pair: Pair): boolean {
    return this.sumBelow(pair)?.hasShown === true;
  }

  /** Of a path and all that shows below it. */
  sumFrom(pair: Pair): TreeSum {
    const sum: Sum = { counts: noChanges(), sizeBytes: 0, removedBytes: 0, hasShown: false };
    addPair(sum, pair);
    const inner = this.sumBelow(pair);
    if (inner !== undefined) addSum(sum, inner);
    return toSum(sum);
  }

  /** All paths that changed and match, in their order. */
  differences(first: number, count: number): Window<PathDifference> {
    this.list ??= [...this.changedBelow(this.root, '')];
    return { rows: this.list.slice(first, first + count), total: this.list.length };
  }

  private sumOf(folder: Pair, path: string): Sum {
    const sum: Sum = { counts: noChanges(), sizeBytes: 0, removedBytes: 0, hasShown: false };
    for (const pair of this.pairsBelow(folder)) {
      // Only a search for text needs the paths.
      const below = this.text === '' ? '' : join(path, this.nameOf(pair));
      const isMatch = this.matches(pair, below);
      if (isMatch) addPair(sum, pair);
      const inner = this.hasPathsBelow(pair) ? this.sumOf(pair, below) : undefined;
      if (inner !== undefined) addSum(sum, inner);
      if (isMatch || inner?.hasShown === true) sum.hasShown = true;
    }
    this.sums.set(folder.id, sum);
    return sum;
  }

  private bytesOf(pair: Pair): number {
    const { sizeBytes, removedBytes } = this.sumFrom(pair);
    return sizeBytes + removedBytes;
  }

  private *changedBelow(folder: Pair, path: string): Generator<PathDifference> {
    const pairs = [...this.pairsBelow(folder)].map((pair) => ({ pair, name: this.nameOf(pair) }));
    for (const { pair, name } of pairs.sort(byCode)) {
      const { change, before, after } = pair;
      const below = join(path, name);
      if (change !== undefined && this.matches(pair, below))
        yield {
          path: below,
          change,
          before: before && toPathEntry(before),
          after: after && toPathEntry(after),
        };
      if (this.hasShownBelow(pair)) yield* this.changedBelow(pair, below);
    }
  }

  private *pairsBelow(folder: Pair): Generator<Pair> {
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

  /** The path before that has the same name in the same folder as one after. */
  private sameBefore({ beforePath }: Pair, path: PathId): PathId | undefined {
    if (this.isOneImage) return path;
    if (beforePath === undefined) return undefined;
    return this.before.files.paths.child(beforePath, this.after.files.paths.name(path));
  }

  private pair(beforePath: PathId | undefined, afterPath: PathId | undefined): Pair {
    const from =
      beforePath === undefined ? undefined : this.before.files.versions.at(beforePath, this.before.layer);
    const to =
      afterPath === undefined ? undefined : this.after.files.versions.at(afterPath, this.after.layer);
    const [before, after] = [from?.entry, to?.entry];
    const id = afterPath ?? -(beforePath ?? rootPath);
    return { id, beforePath, afterPath, before, after, change: this.changeOf(from, to) };
  }

  private changeOf(from: Version | undefined, to: Version | undefined): PathChange | undefined {
    // Of one path, a layer has one version.
    if (this.isOneImage && from?.layer === to?.layer) return undefined;
    const change = changeOf(from?.entry, to?.entry);
    // Two images were written separately anyway: what is the same in both did not change.
    return change === 'rewritten' && !this.isOneImage ? undefined : change;
  }

  private matches({ change }: Pair, path: string): boolean {
    if (this.changes !== undefined && (change === undefined || !this.changes.has(change))) return false;
    return this.text === '' || path.toLowerCase().includes(this.text);
  }

  private sumBelow({ id }: Pair): Sum | undefined {
    return this.sums.get(id);
  }

  private hasPathsBelow({ beforePath, afterPath }: Pair): boolean {
    if (afterPath !== undefined && this.after.files.paths.hasChildren(afterPath)) return true;
    return beforePath !== undefined && this.before.files.paths.hasChildren(beforePath);
  }
}

function addPair(sum: Sum, { before, after, change }: Pair): void {
  const entry = after ?? before;
  if (entry === undefined || entry.type === 'directory') return;
  if (change !== undefined) sum.counts[change]++;
  if (after !== undefined) sum.sizeBytes += storedBytes(after);
  else if (before !== undefined) sum.removedBytes += storedBytes(before);
}

function addSum(sum: Sum, inner: Sum): void {
  sum.counts.added += inner.counts.added;
  sum.counts.changed += inner.counts.changed;
  sum.counts.rewritten += inner.counts.rewritten;
  sum.counts.removed += inner.counts.removed;
  sum.sizeBytes += inner.sizeBytes;
  sum.removedBytes += inner.removedBytes;
}

function toSum({ counts, sizeBytes, removedBytes }: Sum): TreeSum {
  return { counts: { ...counts }, sizeBytes, removedBytes };
}

function noChanges(): { -readonly [K in keyof ChangeCounts]: number } {
  return { added: 0, changed: 0, rewritten: 0, removed: 0 };
}

export function join(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

function isFolder({ before, after }: Pair): boolean {
  return (after ?? before)?.type === 'directory';
}

function inOrder(a: Shown, b: Shown): number {
  return b.bytes - a.bytes || Number(b.isFolder) - Number(a.isFolder) || byCode(a, b);
}

function byCode(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
