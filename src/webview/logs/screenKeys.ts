import type { Bookmarks } from './bookmarks.ts';
import type { FilterBar } from './filterBar.ts';
import type { FindBox } from './findBox.ts';
import type { GoToTime } from './goToTime.ts';
import type { Jumps } from './jumps.ts';
import { listenToKeys } from './keys.ts';
import type { LogList } from './list.ts';
import type { Pointed } from './pointed.ts';
import type { Selection } from './selection.ts';

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
  /** The whole log is wanted. */
  readonly onAll: () => void;
  readonly onFold: () => void;
  readonly onWrap: () => void;
  readonly onTimestamps: () => void;
  readonly onKeys: () => void;
}): void {
  const { list, find, filter, pointed, selection, jumps, goTo, bookmarks } = options;
  listenToKeys({
    find: () => {
      find.focus();
    },
    next: () => void find.step('next'),
    previous: () => void find.step('previous'),
    endFind: () => {
      if (selection.isEmpty) find.end();
      else selection.clear();
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
