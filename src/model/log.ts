/** What happened to a container or to the way to it, told between the lines of its log. */
export type LogEvent =
  | { readonly kind: 'started' }
  | { readonly kind: 'exited'; readonly exitCode: number | undefined; readonly outOfMemory: boolean }
  | { readonly kind: 'removed' }
  /** Without a reason: the connection broke off. */
  | { readonly kind: 'unreachable'; readonly reason: string }
  | { readonly kind: 'reachable' }
  /** The engine answers, but not with this log. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Quayside's own reader of the log broke and was started again. */
  | { readonly kind: 'readerRestarted' }
  /** … and was not, because it breaks again and again. */
  | { readonly kind: 'readerBroken' };

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
}

export interface LogEventRow {
  readonly kind: 'event';
  readonly at: number;
  readonly event: LogEvent;
}

/** Rows are numbered in the order they came, from 0, and keep their number for as long as the log is open. */
export type LogRow = LogLine | LogEventRow;

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

/** How much of the log is held. */
export interface LogExtent {
  /** Number of the oldest row that is held. */
  readonly firstRow: number;
  /** Number of the row that comes next: `endRow - firstRow` rows are held. */
  readonly endRow: number;
  /** Lines held; events and continuations are none. */
  readonly lines: number;
  /** Lines that were held and had to go, because only so much is kept. */
  readonly droppedLines: number;
  /** The engine has lines from before the first one read. */
  readonly hasEarlier: boolean;
}

export const emptyExtent: LogExtent = {
  firstRow: 0,
  endRow: 0,
  lines: 0,
  droppedLines: 0,
  hasEarlier: false,
};

export interface FindQuery {
  readonly pattern: string;
  readonly isRegex: boolean;
  readonly matchCase: boolean;
}

/** One match: the `ordinal`-th (from 0) in its row. */
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

export type MarkedRow = LogRow & { readonly marks?: Marks };

/** Rows that follow each other, beginning at `firstRow`. */
export interface RowWindow {
  readonly firstRow: number;
  readonly rows: readonly MarkedRow[];
  /** Number of the search that the marks belong to. */
  readonly findId: number;
}

/** All about an open log but its rows. */
export interface LogState {
  readonly extent: LogExtent;
  readonly phase: LogPhase;
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
  /** Which one it is, from 1, of all in `state`. */
  readonly number: number;
  /** It went past the end or the beginning. */
  readonly hasWrapped: boolean;
  readonly state: FindState;
}

export const noMatches: FindState = { total: 0, isComplete: true, problem: undefined };
export const noRows: RowWindow = { firstRow: 0, rows: [], findId: 0 };

/** Most rows that one window holds; more than any screen shows. */
export const maxWindowRows = 1000;
