import type { Folding, TreeRow, TreeSort, Window } from '../model/imageLayers.ts';
import { toPathEntry } from './pathNode.ts';
import { join, type Pair, type TreeDiff } from './treeDiff.ts';

/** A path that shows, and where. */
interface Item {
  readonly pair: Pair;
  readonly path: string;
  readonly level: number;
  readonly place: number;
  readonly siblings: number;
  readonly hasChildren: boolean;
}

/** The rows of a tree of which some folders are open. What is in a folder is sorted once, when it is opened first. */
export class OpenTree {
  private readonly diff: TreeDiff;
  private readonly sort: TreeSort;
  private readonly folders = new Map<string, readonly Item[]>();
  /** As they were asked for last: a list that scrolls asks for the next ones of the same. */
  private shown:
    | { readonly key: string; readonly items: readonly Item[]; readonly folding: Opened }
    | undefined;

  constructor(diff: TreeDiff, sort: TreeSort) {
    this.diff = diff;
    this.sort = sort;
  }

  rows(folding: Folding, first: number, count: number): Window<TreeRow> {
    const { items, folding: opened } = this.show(folding);
    const rows = items.slice(first, first + count).flatMap((item) => this.toRow(item, opened) ?? []);
    return { rows, total: items.length };
  }

  /** Undefined where the path has no row. */
  positionOf(path: string, folding: Folding): number | undefined {
    const position = this.show(folding).items.findIndex((item) => item.path === path);
    return position < 0 ? undefined : position;
  }

  private show(folding: Folding): { readonly items: readonly Item[]; readonly folding: Opened } {
    const key = JSON.stringify(folding);
    if (this.shown?.key !== key) {
      const opened = new Opened(folding);
      this.shown = { key, items: this.flatten(opened), folding: opened };
    }
    return this.shown;
  }

  private flatten(opened: Opened): readonly Item[] {
    const items: Item[] = [];
    const waiting = [...this.below(this.diff.root, '', 1)].reverse();
    for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) {
      items.push(item);
      if (!item.hasChildren || !opened.has(item.path)) continue;
      const below = this.below(item.pair, item.path, item.level + 1);
      for (let at = below.length - 1; at >= 0; at--) {
        const child = below[at];
        if (child !== undefined) waiting.push(child);
      }
    }
    return items;
  }

  private below(folder: Pair, path: string, level: number): readonly Item[] {
    const known = this.folders.get(path);
    if (known !== undefined) return known;
    const pairs = this.diff.shownBelow(folder, path, this.sort);
    const items = pairs.map((pair, place) => ({
      pair,
      path: join(path, pair.name),
      level,
      place,
      siblings: pairs.length,
      hasChildren: this.diff.hasShownBelow(pair),
    }));
    this.folders.set(path, items);
    return items;
  }

  private toRow(
    { pair, path, level, place, siblings, hasChildren }: Item,
    opened: Opened,
  ): TreeRow | undefined {
    const { name, change, before, after } = pair;
    const entry = after ?? before;
    if (entry === undefined) return undefined;
    return {
      path,
      name,
      level,
      place,
      siblings,
      change,
      entry: toPathEntry(entry),
      before: change === 'changed' && before !== undefined ? toPathEntry(before) : undefined,
      hasChildren,
      isOpen: hasChildren && opened.has(path),
      ...this.diff.sumFrom(pair),
    };
  }
}

class Opened {
  private readonly isOpen: boolean;
  private readonly except: ReadonlySet<string>;

  constructor({ isOpen, except }: Folding) {
    this.isOpen = isOpen;
    this.except = new Set(except);
  }

  has(path: string): boolean {
    return this.isOpen !== this.except.has(path);
  }
}
