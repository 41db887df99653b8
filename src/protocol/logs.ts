import {
  type FindQuery,
  type FindStep,
  type LineFilter,
  type LogCondition,
  type LogContext,
  type LogFilter,
  logLevels,
  type LogShow,
  type LogUpdate,
  type LogView,
  maxWindowRows,
  showAll,
} from '../model/log.ts';
import { type TimestampMode, timestampModes } from '../model/logTime.ts';
import type {
  CopyRequest,
  FindRequest,
  LinePlace,
  LinkRequest,
  LocateRequest,
  LogQuestions,
  PartsRequest,
  RowsRequest,
  ShowRequest,
  SnapshotRequest,
} from '../model/logQuestions.ts';
import type { Contract } from './channel.ts';
import {
  either,
  isCount,
  isFlag,
  isRecord,
  isText,
  isWhole,
  listOf,
  oneOf,
  optional,
  shape,
  type Guard,
} from './shape.ts';

/** Between a log page and its host. */
export type LogsContract = {
  readonly requests: Omit<LogQuestions, 'snapshot' | 'link' | 'save' | 'copy' | 'line'> & {
    /**
     * The page is new, or has lost its place: answers all there is to show; deltas count on from `seq`. Undefined: it was
     * sent as `snapshot` before, and holds.
     */
    readonly ready: { readonly params: SnapshotRequest; readonly result: LogsSnapshot | undefined };
  };
  readonly toPage: {
    /** What a new page would ask for, sent while the editor still makes the page. */
    readonly snapshot: LogsSnapshot;
    readonly delta: LogsDelta;
    /** The log was read anew from the start: nothing shown holds any more. Ask `ready`. */
    readonly reset: undefined;
    /** What is saved has changed, here or in another panel. */
    readonly savedFilters: readonly SavedFilter[];
    /** Copy what is selected, as if by the key. */
    readonly copy: undefined;
    /** So many lines are in the clipboard. */
    readonly copied: { readonly lines: number };
    /** Show a line that a link names. */
    readonly reveal: LinePlace;
  };
  readonly toHost: {
    readonly acknowledge: { readonly seq: number };
    readonly view: LogView;
    /** What is older than the first row is wanted: some of it, or all there is. */
    readonly more: { readonly isAll: boolean };
    /** Puts the text of rows into the clipboard. */
    readonly copy: CopyRequest;
    /** There is room on the disk again. */
    readonly resume: undefined;
    /** A click on a source position of a row, by their numbers: a page names no path. */
    readonly openLink: LinkRequest;
    /** Asks where to, and writes the log there. */
    readonly save: undefined;
    /** For all log panels of the workspace; takes the place of the one with this name. */
    readonly saveFilter: SavedFilter;
    readonly deleteFilter: { readonly name: string };
    /** Shows the log as a text document. */
    readonly openDocument: undefined;
  };
};

/** Proves that the contract is one. */
export type LogsContractCheck = LogsContract extends Contract ? true : never;

export interface LogsSnapshot extends LogUpdate {
  readonly seq: number;
  readonly strings: LogsStrings;
  readonly target: LogsPageTarget;
  readonly savedFilters: readonly SavedFilter[];
  /** A line that a link names, to be shown first. */
  readonly reveal: LinePlace | undefined;
}

/** A filter that somebody wants to have again: what it asks of lines, and nothing of one log's containers. */
export interface SavedFilter {
  readonly name: string;
  readonly filter: LineFilter;
}

export const maxSavedFilters = 100;
/** In characters. */
export const maxFilterName = 100;

export interface LogsDelta extends LogUpdate {
  readonly seq: number;
}

/** `ref` is `engineId/container/id`; the page keeps it for the next window and does nothing else with it. */
export interface LogsPageTarget {
  readonly ref: string;
  readonly name: string;
}

/** What a page keeps over a reload of the window: where it was, and no content. */
export interface LogsPageState {
  readonly version: 3;
  readonly target: LogsPageTarget;
  readonly wrap: boolean;
  readonly timestamps: TimestampMode;
  readonly histogram: boolean;
  readonly find: FindQuery;
  readonly filter: LogFilter;
  readonly isFolding: boolean;
  /** Structured lines are shown as they were written. */
  readonly isRaw: boolean;
  /** Names of fields that have a column, in the order in which they were chosen. */
  readonly columns: readonly string[];
  readonly onlyColumns: boolean;
}

/** Every word of the page. Names in braces are filled in by the page. */
export interface LogsStrings {
  readonly listName: string;
  readonly toolbarName: string;
  readonly find: string;
  readonly findPlaceholder: string;
  readonly matchCase: string;
  readonly useRegex: string;
  readonly nextMatch: string;
  readonly previousMatch: string;
  readonly noMatches: string;
  readonly oneMatch: string;
  readonly matches: string;
  readonly matchOf: string;
  readonly searching: string;
  readonly invalidExpression: string;
  readonly expressionTooSlow: string;
  readonly showFilter: string;
  readonly showFilterOn: string;
  readonly filterName: string;
  readonly filterLevel: string;
  readonly levelAll: string;
  readonly filterStream: string;
  readonly streamBoth: string;
  readonly filterInput: string;
  readonly filterPlaceholder: string;
  readonly filterHint: string;
  readonly filterNot: string;
  readonly not: string;
  readonly filterTooSlow: string;
  readonly editCondition: string;
  readonly removeCondition: string;
  readonly clearAll: string;
  readonly savedFilters: string;
  readonly saveFilter: string;
  readonly filterNameLabel: string;
  readonly save: string;
  readonly replace: string;
  readonly replacesFilter: string;
  readonly tooManyFilters: string;
  readonly deleteFilter: string;
  readonly noSavedFilters: string;
  readonly filterAgain: string;
  readonly showContext: string;
  readonly hideContext: string;
  readonly clearView: string;
  readonly linesCleared: string;
  readonly oneLineCleared: string;
  readonly showClearedLines: string;
  readonly showClearedLine: string;
  readonly foldTraces: string;
  readonly trace: string;
  readonly traceOfOne: string;
  readonly showFields: string;
  readonly showColumns: string;
  readonly columns: string;
  readonly findField: string;
  readonly columnsHint: string;
  readonly onlyColumns: string;
  readonly noFields: string;
  readonly percent: string;
  readonly fieldMenu: string;
  readonly filterOnly: string;
  readonly filterOut: string;
  readonly addColumn: string;
  readonly removeColumn: string;
  readonly showHistogram: string;
  readonly histogramName: string;
  readonly countsBetween: string;
  readonly errors: string;
  readonly oneError: string;
  readonly warnings: string;
  readonly oneWarning: string;
  readonly goToTime: string;
  readonly goToTimeHint: string;
  readonly notATime: string;
  readonly wrapLines: string;
  readonly timestampsOff: string;
  readonly timestampsLocal: string;
  readonly timestampsUtc: string;
  readonly timestampsRelative: string;
  readonly showKeys: string;
  readonly jumpToEnd: string;
  readonly newLines: string;
  readonly oneNewLine: string;
  readonly lines: string;
  readonly oneLine: string;
  readonly shownLines: string;
  readonly filtering: string;
  readonly connecting: string;
  readonly following: string;
  readonly paused: string;
  readonly stopped: string;
  readonly unreachable: string;
  readonly refused: string;
  readonly removed: string;
  readonly broken: string;
  readonly diskFull: string;
  readonly spoolFailed: string;
  readonly noOutput: string;
  readonly copied: string;
  readonly copiedOne: string;
  readonly linkedReading: string;
  readonly linkedMissing: string;
  readonly linesDropped: string;
  readonly nothingPasses: string;
  readonly historyPartial: string;
  readonly readAll: string;
  readonly historyReading: string;
  readonly historyFull: string;
  readonly historyUnreachable: string;
  readonly historyFailed: string;
  readonly historyDiskFull: string;
  readonly historyGone: string;
  readonly tryAgain: string;
  readonly eventStarted: string;
  readonly eventExited: string;
  readonly eventExitedOutOfMemory: string;
  readonly eventStopped: string;
  readonly eventOutOfMemory: string;
  readonly eventHealthStarting: string;
  readonly eventHealthy: string;
  readonly eventUnhealthy: string;
  readonly legendName: string;
  readonly showSource: string;
  readonly saveLog: string;
  readonly openDocument: string;
  readonly eventRemoved: string;
  readonly eventConnectionLost: string;
  readonly eventUnreachable: string;
  readonly eventReachable: string;
  readonly eventRefused: string;
  readonly eventUnreadable: string;
  readonly eventReaderRestarted: string;
  readonly eventReaderBroken: string;
  readonly eventDiskFull: string;
  readonly eventDiskRoom: string;
  readonly eventSpoolFailed: string;
  readonly eventSpoolWorks: string;
  readonly keysTitle: string;
  readonly close: string;
  readonly keyFind: string;
  readonly keyNext: string;
  readonly keyPrevious: string;
  readonly keyEndFind: string;
  readonly keyFilter: string;
  readonly keySavedFilters: string;
  readonly keyErrors: string;
  readonly keyGoToTime: string;
  readonly keyFold: string;
  readonly keyContext: string;
  readonly keyWholeLog: string;
  readonly keyClear: string;
  readonly keyRaw: string;
  readonly keyColumns: string;
  readonly keyValues: string;
  readonly keyBookmark: string;
  readonly keyBookmarks: string;
  readonly keySelect: string;
  readonly keySelectAll: string;
  readonly keyCopy: string;
  readonly keyEnd: string;
  readonly keyHome: string;
  readonly keyWrap: string;
  readonly keyTimestamps: string;
  readonly keyKeys: string;
}

/** More than any screen has room for. */
export const maxColumns = 50;
export const maxPatternLength = 10_000;
/** Of a histogram: no screen shows more bars. */
const maxParts = 2000;

const isPattern: Guard<string> = (value): value is string =>
  isText(value) && value.length <= maxPatternLength;
/** Around a row. */
const isLineCount: Guard<number> = (value): value is number => isCount(value) && value <= 1000;
const isWindowSize: Guard<number> = (value): value is number => isCount(value) && value <= maxWindowRows;

export const isFindQuery = shape<FindQuery>({ pattern: isPattern, isRegex: isFlag, matchCase: isFlag });
export const isLogView = shape<LogView>({ tailRows: isWindowSize });
const isLevel: Guard<number> = (value): value is number => isCount(value) && value < logLevels.length;
const isCondition: Guard<LogCondition> = either(
  shape<LogCondition & { readonly kind: 'text' }>({
    kind: oneOf('text'),
    pattern: isPattern,
    isRegex: isFlag,
    matchCase: isFlag,
    isInverse: isFlag,
  }),
  shape<LogCondition & { readonly kind: 'field' }>({
    kind: oneOf('field'),
    name: isPattern,
    value: isPattern,
    isExact: isFlag,
    isInverse: isFlag,
  }),
);
const lineFilter = {
  minLevel: isLevel,
  stream: oneOf('both', 'stdout', 'stderr'),
  conditions: listOf(isCondition, 50),
};
const isLogFilter = shape<LogFilter>({ ...lineFilter, hiddenSources: listOf(isCount, 1000) });
const isContext = shape<LogContext>({ row: isWhole, lines: isLineCount });
const isLogShow = shape<LogShow>({
  filter: isLogFilter,
  isFolding: isFlag,
  unfolded: listOf(isWhole, 10_000),
  contexts: listOf(isContext, 1000),
  fromRow: optional(isWhole),
});

export const isSnapshotRequest = shape<SnapshotRequest>({ view: isLogView, show: isLogShow });
export const isRowsRequest = shape<RowsRequest>({ firstRow: isWhole, count: isWindowSize });
export const isShowRequest = shape<ShowRequest>({
  showId: isCount,
  show: isLogShow,
  anchorRow: optional(isWhole),
});
export const isFindRequest = shape<FindRequest>({ findId: isCount, query: optional(isFindQuery) });
export const isFindStep = shape<FindStep>({
  row: isWhole,
  ordinal: optional(isCount),
  direction: oneOf('next', 'previous'),
});
const isTime: Guard<number> = (value): value is number => typeof value === 'number' && Number.isFinite(value);
export const isLocateRequest = shape<LocateRequest>({ at: optional(isTime), row: optional(isWhole) });
const isPartCount: Guard<number> = (value): value is number =>
  isCount(value) && value > 0 && value <= maxParts;
export const isPartsRequest = shape<PartsRequest>({ parts: isPartCount });
export const isLinkRequest = shape<LinkRequest>({ row: isWhole, index: isCount });
const isName: Guard<string> = (value): value is string => isText(value) && value.length <= 100;
export const isCopyRequest = shape<CopyRequest>({
  from: isWhole,
  to: isWhole,
  timestamps: oneOf(...timestampModes),
  timeZone: isName,
  language: isName,
});
export const isLinePlace = shape<LinePlace>({ at: isTime, textHash: isName });
export const isCopied = shape<{ readonly lines: number }>({ lines: isCount });
export const isMore = shape<{ readonly isAll: boolean }>({ isAll: isFlag });
export const isAcknowledgement = shape<{ readonly seq: number }>({ seq: isCount });

const isFilterName: Guard<string> = (value): value is string =>
  isText(value) && value.trim() === value && value !== '' && value.length <= maxFilterName;
export const isSavedFilter = shape<SavedFilter>({
  name: isFilterName,
  filter: shape<LineFilter>(lineFilter),
});
export const isSavedFilters = listOf(isSavedFilter, maxSavedFilters);
export const isFilterDeletion = shape<{ readonly name: string }>({ name: isFilterName });

const isPageTarget = shape<LogsPageTarget>({ ref: isText, name: isText });

/** For the host on a window's reload and for the page on its own: an older or foreign state is no state. */
export const isLogsPageState = shape<LogsPageState>({
  version: (value): value is 3 => value === 3,
  target: isPageTarget,
  wrap: isFlag,
  timestamps: oneOf(...timestampModes),
  histogram: isFlag,
  find: isFindQuery,
  filter: isLogFilter,
  isFolding: isFlag,
  isRaw: isFlag,
  columns: listOf(isPattern, maxColumns),
  onlyColumns: isFlag,
});

/** The host made it: only its outline is looked at. */
export function isLogsSnapshot(value: unknown): value is LogsSnapshot {
  return isLogsDelta(value) && 'strings' in value && 'target' in value && 'savedFilters' in value;
}

/** As above. */
export function isLogsDelta(value: unknown): value is LogsDelta {
  return isRecord(value) && isCount(value['seq']) && isRecord(value['state']) && isRecord(value['tail']);
}

/** What a page asks for that nobody has used yet. */
export const newPageRequest: SnapshotRequest = {
  // More than most screens have: how many rows this one has is not known yet.
  view: { tailRows: 120 },
  show: { ...showAll, isFolding: true },
};

/** Two updates as one: the newer state, and the rows of both where they join. */
export function mergeUpdates(earlier: LogUpdate, later: LogUpdate): LogUpdate {
  const before = earlier.tail;
  const after = later.tail;
  if (after.rows.length === 0) return { state: later.state, tail: before };
  const joins =
    before.showId === after.showId &&
    before.findId === after.findId &&
    before.firstRow + before.rows.length === after.firstRow;
  if (!joins) return later;
  const rows = [...before.rows, ...after.rows].slice(-maxWindowRows);
  const firstRow = after.firstRow + after.rows.length - rows.length;
  return { state: later.state, tail: { ...after, firstRow, rows } };
}
