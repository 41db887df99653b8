import type { FieldsView } from './fieldsView.ts';
import type { Filtering } from './filtering.ts';
import type { FindBox } from './findBox.ts';
import { GoToTime } from './goToTime.ts';
import type { KeySheet } from './keySheet.ts';
import type { LogRows } from './logRows.ts';
import type { LookSwitches } from './lookSwitches.ts';
import { Notice } from './notice.ts';
import type { ScreenParts } from './screenParts.ts';
import { StatusLine } from './statusLine.ts';
import { timeOf } from './timeInput.ts';
import { Toolbar } from './toolbar.ts';

/** The buttons above the log. */
export function createToolbar(
  { strings, channel }: ScreenParts,
  screen: {
    readonly filterBarId: string;
    readonly columnPickerId: string;
    readonly rows: LogRows;
    readonly find: FindBox;
    readonly filtering: Filtering;
    readonly fields: FieldsView;
    readonly switches: LookSwitches;
    readonly sheet: KeySheet;
  },
): Toolbar {
  const { filterBarId, columnPickerId, rows, find, filtering, fields, switches, sheet } = screen;
  return new Toolbar({
    strings,
    find: find.element,
    filterBarId,
    columnPickerId,
    onFilter: () => {
      filtering.toggleBar();
    },
    onFold: () => {
      rows.folding.toggleAll();
    },
    onFields: () => {
      fields.toggleRaw();
    },
    onColumns: () => {
      fields.togglePicker();
    },
    onHistogram: () => {
      switches.showHistogram();
    },
    onWrap: () => {
      switches.wrap();
    },
    onTimestamps: () => {
      switches.timestamps();
    },
    onClear: () => {
      rows.clearing.toggle();
    },
    onSave: () => {
      channel.tell('save', undefined);
    },
    onDocument: () => {
      channel.tell('openDocument', undefined);
    },
    onKeys: () => {
      sheet.open();
    },
  });
}

/** The line below the log. */
export function createStatusLine(
  { strings, formatCount, channel }: ScreenParts,
  screen: { readonly rows: LogRows; readonly filtering: Filtering },
): StatusLine {
  const { rows, filtering } = screen;
  return new StatusLine({
    strings,
    formatCount,
    onFilterAgain: () => {
      filtering.whole.toggle();
      rows.focus();
    },
    onJump: () => {
      rows.list.follow();
      rows.focus();
    },
    onResume: () => {
      channel.tell('resume', undefined);
      rows.focus();
    },
  });
}

/** The box over the log. A time of day is one near the rows on screen. */
export function createGoToTime({ strings, kept, wish }: ScreenParts, rows: LogRows): GoToTime {
  return new GoToTime({
    strings,
    timeOf: (text) => {
      const now = Date.now();
      const isUtc = kept.now.timestamps === 'utc';
      return timeOf(text, { now, near: rows.list.topRow?.at ?? now, isUtc });
    },
    onTime: (at) => {
      wish.all();
      void rows.jumps.toTime(at);
    },
    onLeave: () => {
      rows.focus();
    },
  });
}

/** `onShowCleared`: what was cleared from the view is wanted again. */
export function createNotice({ strings, formatCount, wish }: ScreenParts, onShowCleared: () => void): Notice {
  return new Notice({
    strings,
    formatCount,
    onAll: () => {
      wish.all();
    },
    onAgain: () => {
      wish.again();
    },
    onShowCleared,
  });
}
