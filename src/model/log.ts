/** What happened to a container or to the way to it, told between the lines of its log. */
export type LogEvent =
  | { readonly kind: 'started' }
  | { readonly kind: 'exited'; readonly exitCode: number | undefined; readonly outOfMemory: boolean }
  | { readonly kind: 'removed' }
  /** The kernel ended one of its processes for want of memory. */
  | { readonly kind: 'outOfMemory' }
  | { readonly kind: 'health'; readonly status: 'starting' | 'healthy' | 'unhealthy' }
  /** Without a reason: the connection broke off. */
  | { readonly kind: 'unreachable'; readonly reason: string }
  | { readonly kind: 'reachable' }
  /** The engine answers, but not with this log. `driver`: the logging driver, when it is one that cannot be read. */
  | { readonly kind: 'refused'; readonly reason: string; readonly driver?: string }
  /** Quayside's own reader of the log broke and was started again. */
  | { readonly kind: 'readerRestarted' }
  /** … and was not, because it breaks again and again. */
  | { readonly kind: 'readerBroken' }
  /** What was read finds no room on the disk any more, so nothing more is read. */
  | { readonly kind: 'diskFull' }
  | { readonly kind: 'diskRoom' }
  /** What was read can't be written to its folder, so nothing more is read. */
  | { readonly kind: 'spoolFailed'; readonly folder: string; readonly reason: string }
  | { readonly kind: 'spoolWorks' };

/** How grave a line is, as far as it says so. */
export const logLevels = ['unknown', 'trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
export type LogLevel = (typeof logLevels)[number];

/** One line as a container wrote it. */
export interface LogLine {
  readonly kind: 'line';
  readonly stream: 'stdout' | 'stderr';
  /** Milliseconds since the epoch, by the engine's clock; undefined when the engine stamped nothing. */
  readonly at: number | undefined;
  /** Raw: escape sequences and control characters are in it. */
  readonly text: string;
  /** The piece of a very long line that goes on from the row before. */
  readonly isContinuation: boolean;
  /** Index into `logLevels`. */
  readonly level: number;
  /** Index of its container in the log's sources. */
  readonly source: number;
  /** Belongs to a stack trace that an earlier row began. */
  readonly isTraceLine: boolean;
}

export interface LogEventRow {
  readonly kind: 'event';
  readonly source: number;
  readonly at: number;
  readonly event: LogEvent;
}

/**
 * Rows are numbered in the order they came, from 0; those that were read later but are older have negative numbers. A
 * row keeps its number for as long as the log is open.
 */
export type LogRow = LogLine | LogEventRow;

/** A container that a log has lines of. */
export interface LogSourceInfo {
  /** `engineId/container/id`. */
  readonly ref: string;
  readonly name: string;
}

/** Where the log comes from just now. `stopped`: the container is not running; it goes on by itself. */
export const logPhases = [
  'connecting',
  'following',
  'stopped',
  'unreachable',
  'refused',
  'removed',
  'broken',
] as const;
export type LogPhase = (typeof logPhases)[number];

/** How much of the log is held. For a page first and end are positions: those of the rows that are shown. */
export interface LogExtent {
  /** Number of the oldest row that is held. */
  readonly firstRow: number;
  /** Number of the row that comes next: `endRow - firstRow` rows are held. */
  readonly endRow: number;
  /** Lines held; events and continuations are none. */
  readonly lines: number;
  /** Lines that were held and had to go, because only so much is kept. */
  readonly droppedLines: number;
}

/**
 * What there is of a log before its first row. `partial`: the engine may have more, which nobody needs yet. `full`: it
 * has more than the disk budget leaves room for. `unreachable`: the engine went, and when it is back there may be more;
 * `failed`: asking for more went wrong; `diskFull`: there was no room on the disk. `gone`: the container was removed, and what was not read with it.
 */
export const historyPhases = [
  'partial',
  'reading',
  'complete',
  'full',
  'unreachable',
  'failed',
  'diskFull',
  'gone',
] as const;
export type HistoryPhase = (typeof historyPhases)[number];

export interface LogHistory {
  readonly phase: HistoryPhase;
  /** Lines that were read but do not show yet, while `reading`. */
  readonly pendingLines: number;
  /** Why it `failed`, in the engine's words. */
  readonly reason?: string;
}

export const emptyExtent: LogExtent = {
  firstRow: 0,
  endRow: 0,
  lines: 0,
  droppedLines: 0,
};

/** What a line must have, or with `isInverse` must not have, to be shown. */
export type LogCondition =
  | {
      readonly kind: 'text';
      readonly pattern: string;
      readonly isRegex: boolean;
      readonly matchCase: boolean;
      readonly isInverse: boolean;
    }
  /** Of a structured line: a field whose value has this text in it, or is it when `isExact`, in whatever case. */
  | {
      readonly kind: 'field';
      readonly name: string;
      readonly value: string;
      readonly isExact: boolean;
      readonly isInverse: boolean;
    };

/** All parts must hold. */
export interface LogFilter {
  /** Index into `logLevels`: the least grave that shows. 0 shows lines of unknown level too. */
  readonly minLevel: number;
  readonly stream: 'both' | 'stdout' | 'stderr';
  readonly hiddenSources: readonly number[];
  readonly conditions: readonly LogCondition[];
}

/** What a filter asks of a line, whichever container of whichever log wrote it. */
export type LineFilter = Omit<LogFilter, 'hiddenSources'>;

export const noFilter: LogFilter = { minLevel: 0, stream: 'both', hiddenSources: [], conditions: [] };

export function isFiltering({ minLevel, stream, hiddenSources, conditions }: LogFilter): boolean {
  return minLevel > 0 || stream !== 'both' || hiddenSources.length > 0 || conditions.length > 0;
}

/** A row around which the log shows although the filter is against it: so many rows before and after. */
export interface LogContext {
  readonly row: number;
  readonly lines: number;
}

/** Which of the log's rows are shown. */
export interface LogShow {
  readonly filter: LogFilter;
  /** A stack trace is one row. */
  readonly isFolding: boolean;
  /** Rows of the traces that show their lines all the same. */
  readonly unfolded: readonly number[];
  readonly contexts: readonly LogContext[];
  /** What came before this row was cleared from the view; undefined: nothing was. */
  readonly fromRow: number | undefined;
}

export const showAll: LogShow = {
  filter: noFilter,
  isFolding: false,
  unfolded: [],
  contexts: [],
  fromRow: undefined,
};

export interface FindQuery {
  readonly pattern: string;
  readonly isRegex: boolean;
  readonly matchCase: boolean;
}

/** One match: the `ordinal`-th (from 0) in its row. On its way to a page `row` is a position. */
export interface MatchPosition {
  readonly row: number;
  readonly ordinal: number;
}

export type FindProblem =
  | { readonly kind: 'invalid'; readonly message: string }
  /** Searching was given up at this row, because the expression needs too long for it. */
  | { readonly kind: 'tooSlow'; readonly row: number };

export interface FindState {
  /** Matches in what was searched. */
  readonly total: number;
  /** Every held row was searched. */
  readonly isComplete: boolean;
  readonly problem: FindProblem | undefined;
}

/** Matches of one row, as start and end offsets in its visible text, one after the other. */
export type Marks = readonly number[];

/** A place in a program's source that a line names: offsets in its visible text, line and column from 1. */
export interface LogLink {
  readonly start: number;
  readonly end: number;
  /** As the program knows it. */
  readonly path: string;
  readonly line: number;
  readonly column: number | undefined;
}

/** What a row has to do with the rows around which the log shows. */
export interface ContextMarks {
  /** Rows before and after it that show although the filter is against them. */
  readonly contextLines?: number;
  /** It shows only as one of those. */
  readonly isContext?: boolean;
  /** Beside a context: rows of the log are left out before it. */
  readonly isAfterGap?: boolean;
}

/** A row as a page gets it. */
export type MarkedRow = LogRow &
  ContextMarks & {
    /** Its number. */
    readonly row: number;
    readonly marks?: Marks;
    /** Lines of the trace that it begins, which are folded away or, when `isUnfolded`, follow it. */
    readonly traceLines?: number;
    readonly isUnfolded?: boolean;
    readonly links?: readonly LogLink[];
  };

/** Rows that follow each other as they are shown, beginning at the position `firstRow`. */
export interface RowWindow {
  /** Number of the `LogShow` that the positions belong to. */
  readonly showId: number;
  readonly firstRow: number;
  readonly rows: readonly MarkedRow[];
  /** Number of the search that the marks belong to. */
  readonly findId: number;
}

/** What was cleared from the view: the rows before this one, with so many lines. */
export interface LogCleared {
  readonly fromRow: number;
  readonly lines: number;
}

/** All about an open log but its rows. */
export interface LogState {
  readonly showId: number;
  /** Every row that is held was looked at: all that pass the filter are shown. */
  readonly isShowComplete: boolean;
  /** Why the filter shows nothing, or not all. */
  readonly showProblem: FindProblem | undefined;
  readonly extent: LogExtent;
  readonly cleared: LogCleared | undefined;
  /** Number of the row that comes next, whether it will show or not. */
  readonly nextRow: number;
  /** Lines that pass the filter, as far as it was looked: those that are folded away count, events do not. */
  readonly shownLines: number;
  readonly history: LogHistory;
  /** Why reading waits, with nothing lost, until it is mended and somebody says so. */
  readonly halt: 'diskFull' | 'spoolFailed' | undefined;
  /** Of all sources together. */
  readonly phase: LogPhase;
  /** The rows' `source` is an index into this. */
  readonly sources: readonly LogSourceInfo[];
  readonly find: FindState;
}

/** The newest state, and the newest rows where they were asked for. */
export interface LogUpdate {
  readonly state: LogState;
  readonly tail: RowWindow;
}

/** What is on screen: whether the newest rows are wanted as they come, and how many of them. */
export interface LogView {
  readonly tailRows: number;
}

/** Where a search goes on: after or before one match, or from a row whose own matches count. */
export interface FindStep {
  readonly row: number;
  readonly ordinal: number | undefined;
  readonly direction: 'next' | 'previous';
}

export interface FindStepResult {
  readonly position: MatchPosition | undefined;
  /** The match's row by its number. */
  readonly row: number | undefined;
  /** The row of the trace in which it is folded away. */
  readonly foldedIn: number | undefined;
  /** Which one it is, from 1, of all in `state`. */
  readonly number: number;
  /** It went past the end or the beginning. */
  readonly hasWrapped: boolean;
  readonly state: FindState;
}

export const nothingFound = {
  position: undefined,
  row: undefined,
  foldedIn: undefined,
  number: 0,
  hasWrapped: false,
} as const;
export const noFields: LogFieldSample = { lines: 0, fields: [] };
export const noMatches: FindState = { total: 0, isComplete: true, problem: undefined };
export const noRows: RowWindow = { showId: 0, firstRow: 0, rows: [], findId: 0 };

/** Lines by time and level. */
export interface LogHistogram {
  /** Milliseconds since the epoch: the beginning of the first part and the end of the last. */
  readonly from: number;
  readonly to: number;
  /** For each part, the lines by level as indexed by `logLevels`. */
  readonly parts: readonly (readonly number[])[];
}

/** Fields of a log, by a sample of its lines. */
export interface LogFieldSample {
  /** Structured lines in the sample. */
  readonly lines: number;
  /** Those of the most lines first. */
  readonly fields: readonly SampledField[];
}

export interface SampledField {
  readonly name: string;
  /** Lines of the sample that have it. */
  readonly lines: number;
  /** Characters that nearly all of its values have room in. */
  readonly width: number;
  /** All of its values are numbers. */
  readonly isNumeric: boolean;
}

/** Where a row stands among those that show; undefined when nobody asked, or nothing shows. */
export interface LogPlace {
  readonly position: number | undefined;
}

/** With the number of the row that was asked for: it may be one that does not show. */
export interface LocatedRow extends LogPlace {
  readonly row: number | undefined;
}

/** How a log is written to a file: as shown, with its escape sequences, or one JSON object a line. */
export const saveFormats = ['plain', 'ansi', 'json'] as const;
export type SaveFormat = (typeof saveFormats)[number];

/** What the menu of a log offers. `copyLine`: the line as its container wrote it. */
export type LogAct = 'copy' | 'copyLine' | 'copyLink' | 'save' | 'openDocument';

/** Nothing older is known of. */
export const noHistory: LogHistory = { phase: 'partial', pendingLines: 0 };

/** Most rows that one window holds; more than any screen shows. */
export const maxWindowRows = 1000;
