import type {
  ChangeCounts,
  PathChange,
  PathDifference,
  TreeFilter,
  TreeSort,
  TreeSum,
  Window,
} from '../model/imageLayers.ts';
import { storedBytes, toPathEntry } from './layerEntry.ts';
import { type Pair, type PairId, StatePairs, type TreeState } from './statePairs.ts';

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
  readonly pairs: StatePairs;
  private readonly text: string;
  private readonly changes: ReadonlySet<PathChange> | undefined;
  /** Of all paths that have something below. */
  private readonly sums = new Map<PairId, Sum>();
  private readonly whole: Sum;
  private list: readonly PathDifference[] | undefined;

  constructor(before: TreeState, after: TreeState, filter: TreeFilter) {
    this.pairs = new StatePairs(before, after);
    this.text = filter.text.toLowerCase();
    this.changes = filter.changes === undefined ? undefined : new Set(filter.changes);
    this.whole = this.sumOf(this.pairs.root, '');
  }

  get total(): TreeSum {
    return toSum(this.whole);
  }

  /** What shows directly below a folder: folders first, as the editor's own Explorer has them, or the largest first. */
  shownBelow(folder: Pair, path: string, sort: TreeSort): PairId[] {
    const shown: Shown[] = [];
    for (const pair of this.pairs.below(folder)) {
      const name = this.pairs.nameOf(pair);
      if (!this.matches(pair, join(path, name)) && !this.hasShownBelow(pair)) continue;
      const bytes = sort === 'size' ? this.bytesOf(pair) : 0;
      shown.push({ id: pair.id, name, bytes, isFolder: isFolder(pair) });
    }
    return shown.sort(inOrder).map(({ id }) => id);
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
    this.list ??= [...this.changedBelow(this.pairs.root, '')];
    return { rows: this.list.slice(first, first + count), total: this.list.length };
  }

  private sumOf(folder: Pair, path: string): Sum {
    const sum: Sum = { counts: noChanges(), sizeBytes: 0, removedBytes: 0, hasShown: false };
    for (const pair of this.pairs.below(folder)) {
      // Only a search for text needs the paths.
      const below = this.text === '' ? '' : join(path, this.pairs.nameOf(pair));
      const isMatch = this.matches(pair, below);
      if (isMatch) addPair(sum, pair);
      const inner = this.pairs.hasBelow(pair) ? this.sumOf(pair, below) : undefined;
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
    const pairs = [...this.pairs.below(folder)].map((pair) => ({ pair, name: this.pairs.nameOf(pair) }));
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

  private matches({ change }: Pair, path: string): boolean {
    if (this.changes !== undefined && (change === undefined || !this.changes.has(change))) return false;
    return this.text === '' || path.toLowerCase().includes(this.text);
  }

  private sumBelow({ id }: Pair): Sum | undefined {
    return this.sums.get(id);
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
