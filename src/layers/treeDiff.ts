import type {
  ChangeCounts,
  PathChange,
  PathDifference,
  TreeFilter,
  TreeSort,
  TreeSum,
  Window,
} from '../model/imageLayers.ts';
import { changeOf } from './pathChange.ts';
import { type LayerEntry, type PathNode, storedBytes, toPathEntry, versionAt } from './pathNode.ts';
import type { PathTree } from './pathTree.ts';

/** An image's file system once the layers up to this one lie on each other; -1 is the empty one below the first. */
export interface TreeState {
  readonly tree: PathTree;
  readonly layer: number;
}

/** One path of both states, with what is there; one of the entries at least is there. */
export interface Pair {
  readonly name: string;
  /** Nodes of either tree: the same one where the states are of one image. */
  readonly beforeNode: PathNode | undefined;
  readonly afterNode: PathNode | undefined;
  readonly before: LayerEntry | undefined;
  readonly after: LayerEntry | undefined;
  readonly change: PathChange | undefined;
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
  private readonly text: string;
  private readonly changes: ReadonlySet<PathChange> | undefined;
  /** Of all nodes that have something below. */
  private readonly sums = new Map<PathNode, Sum>();
  private readonly whole: Sum;
  private list: readonly PathDifference[] | undefined;

  constructor(before: TreeState, after: TreeState, filter: TreeFilter) {
    this.before = before;
    this.after = after;
    this.text = filter.text.toLowerCase();
    this.changes = filter.changes === undefined ? undefined : new Set(filter.changes);
    this.whole = this.sumOf(this.root, '');
  }

  get total(): TreeSum {
    return toSum(this.whole);
  }

  get root(): Pair {
    return this.pair('', this.before.tree.root, this.after.tree.root);
  }

  /** What shows directly below a folder. */
  shownBelow(folder: Pair, path: string, sort: TreeSort): Pair[] {
    const shown = [...this.pairsBelow(folder)].filter(
      (pair) => this.matches(pair, join(path, pair.name)) || this.hasShownBelow(pair),
    );
    if (sort === 'name') return shown.sort(byName);
    const bytes = new Map(shown.map((pair) => [pair, this.bytesOf(pair)]));
    return shown.sort((a, b) => (bytes.get(b) ?? 0) - (bytes.get(a) ?? 0) || byName(a, b));
  }

  /** The pair of one path in a folder, by a node of either tree. */
  pairIn({ beforeNode, afterNode }: Pair, node: PathNode): Pair {
    const { name } = node;
    if (beforeNode === afterNode) return this.pair(name, node, node);
    return this.pair(name, beforeNode?.children?.get(name), afterNode?.children?.get(name));
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
      const below = this.text === '' ? '' : join(path, pair.name);
      const isMatch = this.matches(pair, below);
      if (isMatch) addPair(sum, pair);
      const inner = hasNodesBelow(pair) ? this.sumOf(pair, below) : undefined;
      if (inner !== undefined) addSum(sum, inner);
      if (isMatch || inner?.hasShown === true) sum.hasShown = true;
    }
    const node = folder.afterNode ?? folder.beforeNode;
    if (node !== undefined) this.sums.set(node, sum);
    return sum;
  }

  private bytesOf(pair: Pair): number {
    const { sizeBytes, removedBytes } = this.sumFrom(pair);
    return sizeBytes + removedBytes;
  }

  private *changedBelow(folder: Pair, path: string): Generator<PathDifference> {
    for (const pair of [...this.pairsBelow(folder)].sort(byCode)) {
      const { change, before, after } = pair;
      const below = join(path, pair.name);
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

  private *pairsBelow({ beforeNode, afterNode }: Pair): Generator<Pair> {
    for (const [name, node] of afterNode?.children ?? []) {
      const other = beforeNode === afterNode ? node : beforeNode?.children?.get(name);
      const pair = this.pair(name, other, node);
      if (pair.before !== undefined || pair.after !== undefined) yield pair;
    }
    if (beforeNode === afterNode) return;
    for (const [name, node] of beforeNode?.children ?? []) {
      if (afterNode?.children?.has(name) === true) continue;
      const pair = this.pair(name, node, undefined);
      if (pair.before !== undefined) yield pair;
    }
  }

  private pair(name: string, beforeNode: PathNode | undefined, afterNode: PathNode | undefined): Pair {
    const before = beforeNode && versionAt(beforeNode, this.before.layer);
    const after = afterNode && versionAt(afterNode, this.after.layer);
    const change = changeOf(before, after);
    // Two images were written separately anyway: what is the same in both did not change.
    const isOneImage = this.before.tree === this.after.tree;
    return {
      name,
      beforeNode,
      afterNode,
      before: before?.entry,
      after: after?.entry,
      change: change === 'rewritten' && !isOneImage ? undefined : change,
    };
  }

  private matches({ change }: Pair, path: string): boolean {
    if (this.changes !== undefined && (change === undefined || !this.changes.has(change))) return false;
    return this.text === '' || path.toLowerCase().includes(this.text);
  }

  private sumBelow({ beforeNode, afterNode }: Pair): Sum | undefined {
    const node = afterNode ?? beforeNode;
    return node && this.sums.get(node);
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

function hasNodesBelow({ beforeNode, afterNode }: Pair): boolean {
  return beforeNode?.children !== undefined || afterNode?.children !== undefined;
}

export function join(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** Folders first, as the editor's own Explorer has them. */
function byName(a: Pair, b: Pair): number {
  const isFolder = ({ before, after }: Pair): number => ((after ?? before)?.type === 'directory' ? 0 : 1);
  return isFolder(a) - isFolder(b) || byCode(a, b);
}

function byCode(a: Pair, b: Pair): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
