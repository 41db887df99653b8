import type { Bookmarks } from './bookmarks.ts';
import type { Clearing } from './clearing.ts';
import type { ContextLines } from './contextLines.ts';
import type { FilterBar } from './filterBar.ts';
import type { FindBox } from './findBox.ts';
import type { GoToTime } from './goToTime.ts';
import type { Jumps } from './jumps.ts';
import { listenToKeys } from './keys.ts';
import type { LogList } from './list.ts';
import type { Pointed } from './pointed.ts';
import type { Selection } from './selection.ts';
import type { WholeLog } from './wholeLog.ts';

/** What the keys of the page do. */
export function listenForScreen(options: {
  readonly list: LogList;
  readonly find: FindBox;
  readonly filter: FilterBar;
  readonly pointed: Pointed;
  readonly selection: Selection;
  readonly jumps: Jumps;
  readonly goTo: GoToTime;
  readonly bookmarks: Bookmarks;
  readonly contexts: ContextLines;
  readonly whole: WholeLog;
  readonly clearing: Clearing;
  /** The whole log is wanted. */
  readonly onAll: () => void;
  readonly onFold: () => void;
  readonly onRaw: () => void;
  readonly onColumns: () => void;
  readonly onWrap: () => void;
  readonly onTimestamps: () => void;
  readonly onKeys: () => void;
}): void {
  const { list, find, filter, pointed, selection, jumps, goTo, bookmarks } = options;
  const { contexts, whole, clearing } = options;
  listenToKeys({
    find: () => {
      find.focus();
    },
    next: () => void find.step('next'),
    previous: () => void find.step('previous'),
    endFind: () => {
      if (!selection.isEmpty) selection.clear();
      else if (pointed.position === undefined || !contexts.removeHere()) find.end();
    },
    filter: () => {
      filter.open();
    },
    end: () => {
      pointed.clear();
      list.follow();
    },
    home: () => {
      pointed.clear();
      options.onAll();
      list.scrollToTop();
    },
    nextError: () => void jumps.toError('next'),
    previousError: () => void jumps.toError('previous'),
    goToTime: () => {
      goTo.open();
    },
    fold: options.onFold,
    context: () => {
      contexts.widenHere();
    },
    noContext: () => {
      contexts.removeHere();
    },
    wholeLog: () => {
      whole.toggle();
    },
    clear: () => {
      clearing.toggle();
    },
    raw: options.onRaw,
    columns: options.onColumns,
    bookmark: () => {
      const row = pointed.current?.row;
      if (row !== undefined) bookmarks.toggle(row);
      list.redraw();
    },
    nextBookmark: () => void jumps.toBookmark('next'),
    previousBookmark: () => void jumps.toBookmark('previous'),
    wrap: options.onWrap,
    timestamps: options.onTimestamps,
    keys: options.onKeys,
    select: (move) => {
      selection.move(move);
    },
    selectAll: () => {
      selection.all();
    },
  });
}
