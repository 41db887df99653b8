import type { Folding, TreeRow, TreeSort, Window } from '../model/imageLayers.ts';
import { toPathEntry } from './layerEntry.ts';
import { NumberColumn } from './numberColumn.ts';
import type { Pair, PairId } from './statePairs.ts';
import { join, type TreeDiff } from './treeDiff.ts';

/** What shows in one folder, sorted. Of hundreds of thousands of paths no more is kept than where they are. */
interface Folder {
  readonly folder: Pair;
  readonly path: string;
  /** Of the rows in it. */
  readonly level: number;
  readonly pairs: readonly PairId[];
}

/** The rows that show, each by its folder and its place in that: an image has hundreds of thousands. */
interface Shown {
  readonly key: string;
  readonly opened: Opened;
  readonly folders: readonly Folder[];
  readonly folderOf: NumberColumn;
  readonly placeOf: NumberColumn;
}

/** The rows of a tree of which some folders are open. What is in a folder is sorted once, when it is opened first. */
export class OpenTree {
  private readonly diff: TreeDiff;
  private readonly sort: TreeSort;
  private readonly folders = new Map<string, Folder>();
  /** As they were asked for last: a list that scrolls asks for the next ones of the same. */
  private shown: Shown | undefined;

  constructor(diff: TreeDiff, sort: TreeSort) {
    this.diff = diff;
    this.sort = sort;
  }

  rows(folding: Folding, first: number, count: number): Window<TreeRow> {
    const shown = this.show(folding);
    const total = shown.placeOf.length;
    const rows: TreeRow[] = [];
    for (let at = Math.max(first, 0); at < Math.min(first + count, total); at++) {
      const row = this.row(shown, at);
      if (row !== undefined) rows.push(row);
    }
    return { rows, total };
  }

  /** Undefined where the path has no row. */
  positionOf(path: string, folding: Folding): number | undefined {
    const { folders, folderOf, placeOf } = this.show(folding);
    const slash = path.lastIndexOf('/');
    const index = folders.findIndex((each) => each.path === path.slice(0, Math.max(slash, 0)));
    const folder = folders[index];
    if (folder === undefined) return undefined;
    const name = path.slice(slash + 1);
    const place = folder.pairs.findIndex(
      (id) => this.diff.pairs.nameOf(this.diff.pairs.in(folder.folder, id)) === name,
    );
    for (let position = 0; position < placeOf.length; position++)
      if (folderOf.at(position) === index && placeOf.at(position) === place) return position;
    return undefined;
  }

  private show(folding: Folding): Shown {
    const key = JSON.stringify(folding);
    if (this.shown?.key !== key) this.shown = this.flatten(key, new Opened(folding));
    return this.shown;
  }

  private flatten(key: string, opened: Opened): Shown {
    const folders: Folder[] = [];
    const folderOf = new NumberColumn(Int32Array);
    const placeOf = new NumberColumn(Int32Array);
    const waiting: { readonly index: number; readonly folder: Folder; place: number }[] = [];
    const enter = (folder: Folder): void => {
      waiting.push({ index: folders.push(folder) - 1, folder, place: 0 });
    };
    enter(this.below(this.diff.pairs.root, '', 1));
    for (let at = waiting.at(-1); at !== undefined; at = waiting.at(-1)) {
      const { folder, index } = at;
      const id = folder.pairs[at.place];
      if (id === undefined) {
        waiting.pop();
        continue;
      }
      folderOf.push(index);
      placeOf.push(at.place++);
      const pair = this.diff.pairs.in(folder.folder, id);
      if (!this.diff.hasShownBelow(pair)) continue;
      const path = join(folder.path, this.diff.pairs.nameOf(pair));
      if (opened.has(path)) enter(this.below(pair, path, folder.level + 1));
    }
    return { key, opened, folders, folderOf, placeOf };
  }

  private below(folder: Pair, path: string, level: number): Folder {
    const known = this.folders.get(path);
    if (known !== undefined) return known;
    const made = { folder, path, level, pairs: this.diff.shownBelow(folder, path, this.sort) };
    this.folders.set(path, made);
    return made;
  }

  private row({ folders, folderOf, placeOf, opened }: Shown, at: number): TreeRow | undefined {
    const [folder, place] = [folders[folderOf.at(at)], placeOf.at(at)];
    const id = folder?.pairs[place];
    if (folder === undefined || id === undefined) return undefined;
    const pair = this.diff.pairs.in(folder.folder, id);
    const { change, before, after } = pair;
    const entry = after ?? before;
    if (entry === undefined) return undefined;
    const name = this.diff.pairs.nameOf(pair);
    const path = join(folder.path, name);
    const hasChildren = this.diff.hasShownBelow(pair);
    return {
      path,
      name,
      level: folder.level,
      place,
      siblings: folder.pairs.length,
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
