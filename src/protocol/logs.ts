import type {
  FindQuery,
  FindState,
  FindStep,
  FindStepResult,
  LogUpdate,
  LogView,
  RowWindow,
} from '../model/log.ts';
import { maxWindowRows } from '../model/log.ts';
import type { Contract } from './channel.ts';
import { isCount, isFlag, isRecord, isText, oneOf, optional, shape, type Guard } from './shape.ts';

/** Between a log page and its host. */
export type LogsContract = {
  readonly requests: {
    /** The page is new, or has lost its place: answers all there is to show; deltas count on from `seq`. */
    readonly ready: { readonly params: LogView; readonly result: LogsSnapshot };
    /** May answer fewer rows than asked: what is no longer held is left out, and very long rows end it early. */
    readonly rows: { readonly params: RowsRequest; readonly result: RowWindow };
    /** Replaces the search; without a query it ends. */
    readonly find: { readonly params: FindRequest; readonly result: FindState };
    readonly step: { readonly params: FindStep; readonly result: FindStepResult };
  };
  readonly toPage: {
    readonly delta: LogsDelta;
    /** The log was read anew from the start: nothing shown holds any more. Ask `ready`. */
    readonly reset: undefined;
  };
  readonly toHost: {
    readonly acknowledge: { readonly seq: number };
    readonly view: LogView;
  };
};

/** Proves that the contract is one. */
export type LogsContractCheck = LogsContract extends Contract ? true : never;

export interface LogsSnapshot extends LogUpdate {
  readonly seq: number;
  readonly strings: LogsStrings;
  readonly target: LogsPageTarget;
}

export interface LogsDelta extends LogUpdate {
  readonly seq: number;
}

/** `ref` is `engineId/container/id`; the page keeps it for the next window and does nothing else with it. */
export interface LogsPageTarget {
  readonly ref: string;
  readonly name: string;
}

export interface RowsRequest {
  readonly firstRow: number;
  readonly count: number;
}

export interface FindRequest {
  /** Chosen by the page; comes back with the rows whose marks belong to this search. */
  readonly findId: number;
  readonly query: FindQuery | undefined;
}

export const timestampModes = ['off', 'local', 'utc'] as const;
export type TimestampMode = (typeof timestampModes)[number];

/** What a page keeps over a reload of the window: where it was, and no content. */
export interface LogsPageState {
  readonly version: 1;
  readonly target: LogsPageTarget;
  readonly wrap: boolean;
  readonly timestamps: TimestampMode;
  readonly find: FindQuery;
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
  readonly wrapLines: string;
  readonly timestampsOff: string;
  readonly timestampsLocal: string;
  readonly timestampsUtc: string;
  readonly showKeys: string;
  readonly jumpToEnd: string;
  readonly newLines: string;
  readonly oneNewLine: string;
  readonly lines: string;
  readonly oneLine: string;
  readonly connecting: string;
  readonly following: string;
  readonly paused: string;
  readonly stopped: string;
  readonly unreachable: string;
  readonly refused: string;
  readonly removed: string;
  readonly broken: string;
  readonly noOutput: string;
  readonly earlierNotLoaded: string;
  readonly linesDropped: string;
  readonly linesDroppedAndEarlier: string;
  readonly eventStarted: string;
  readonly eventExited: string;
  readonly eventExitedOutOfMemory: string;
  readonly eventStopped: string;
  readonly eventRemoved: string;
  readonly eventConnectionLost: string;
  readonly eventUnreachable: string;
  readonly eventReachable: string;
  readonly eventRefused: string;
  readonly eventReaderRestarted: string;
  readonly eventReaderBroken: string;
  readonly keysTitle: string;
  readonly close: string;
  readonly keyFind: string;
  readonly keyNext: string;
  readonly keyPrevious: string;
  readonly keyEndFind: string;
  readonly keyEnd: string;
  readonly keyHome: string;
  readonly keyWrap: string;
  readonly keyTimestamps: string;
  readonly keyKeys: string;
}

const maxPatternLength = 10_000;

const isPattern: Guard<string> = (value): value is string =>
  isText(value) && value.length <= maxPatternLength;
const isWindowSize: Guard<number> = (value): value is number => isCount(value) && value <= maxWindowRows;

export const isFindQuery = shape<FindQuery>({ pattern: isPattern, isRegex: isFlag, matchCase: isFlag });
export const isLogView = shape<LogView>({ tailRows: isWindowSize });
export const isRowsRequest = shape<RowsRequest>({ firstRow: isCount, count: isWindowSize });
export const isFindRequest = shape<FindRequest>({ findId: isCount, query: optional(isFindQuery) });
export const isFindStep = shape<FindStep>({
  row: isCount,
  ordinal: optional(isCount),
  direction: oneOf('next', 'previous'),
});
export const isAcknowledgement = shape<{ readonly seq: number }>({ seq: isCount });

const isPageTarget = shape<LogsPageTarget>({ ref: isText, name: isText });

/** For the host on a window's reload and for the page on its own: an older or foreign state is no state. */
export const isLogsPageState = shape<LogsPageState>({
  version: (value): value is 1 => value === 1,
  target: isPageTarget,
  wrap: isFlag,
  timestamps: oneOf(...timestampModes),
  find: isFindQuery,
});

/** The host made it: only its outline is looked at. */
export function isLogsDelta(value: unknown): value is LogsDelta {
  return isRecord(value) && isCount(value['seq']) && isRecord(value['state']) && isRecord(value['tail']);
}

/** Two updates as one: the newer state, and the rows of both where they join. */
export function mergeUpdates(earlier: LogUpdate, later: LogUpdate): LogUpdate {
  const before = earlier.tail;
  const after = later.tail;
  if (after.rows.length === 0) return { state: later.state, tail: before };
  const joins = before.findId === after.findId && before.firstRow + before.rows.length === after.firstRow;
  if (!joins) return later;
  const rows = [...before.rows, ...after.rows].slice(-maxWindowRows);
  const firstRow = after.firstRow + after.rows.length - rows.length;
  return { state: later.state, tail: { firstRow, rows, findId: after.findId } };
}
