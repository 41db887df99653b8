import type { FieldsView } from './fieldsView.ts';
import type { Filtering } from './filtering.ts';
import type { FindBox } from './findBox.ts';
import type { GoToTime } from './goToTime.ts';
import type { HistoryWish } from './historyWish.ts';
import type { KeySheet } from './keySheet.ts';
import { listenToKeys } from './keys.ts';
import type { LogRows } from './logRows.ts';
import type { LookSwitches } from './lookSwitches.ts';

/** What the keys of the page do. */
export function listenForScreen(screen: {
  readonly rows: LogRows;
  readonly find: FindBox;
  readonly filtering: Filtering;
  readonly goTo: GoToTime;
  readonly fields: FieldsView;
  readonly switches: LookSwitches;
  readonly sheet: KeySheet;
  readonly wish: HistoryWish;
}): void {
  const { find, filtering, goTo, fields, switches, sheet, wish } = screen;
  const { list, pointed, selection, jumps, bookmarks, contexts, clearing, folding } = screen.rows;
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
      filtering.bar.open();
    },
    end: () => {
      pointed.clear();
      list.follow();
    },
    home: () => {
      pointed.clear();
      wish.all();
      list.scrollToTop();
    },
    nextError: () => void jumps.toError('next'),
    previousError: () => void jumps.toError('previous'),
    goToTime: () => {
      goTo.open();
    },
    fold: () => {
      folding.toggleHere();
    },
    context: () => {
      contexts.widenHere();
    },
    noContext: () => {
      contexts.removeHere();
    },
    wholeLog: () => {
      filtering.whole.toggle();
    },
    clear: () => {
      clearing.toggle();
    },
    raw: () => {
      fields.toggleRaw();
    },
    columns: () => {
      fields.togglePicker();
    },
    bookmark: () => {
      const row = pointed.current?.row;
      if (row !== undefined) bookmarks.toggle(row);
      list.redraw();
    },
    nextBookmark: () => void jumps.toBookmark('next'),
    previousBookmark: () => void jumps.toBookmark('previous'),
    wrap: () => {
      switches.wrap();
    },
    timestamps: () => {
      switches.timestamps();
    },
    keys: () => {
      sheet.open();
    },
    select: (move) => {
      selection.move(move);
    },
    selectAll: () => {
      selection.all();
    },
  });
}
