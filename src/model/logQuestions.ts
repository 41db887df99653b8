import type {
  FindQuery,
  FindState,
  FindStep,
  FindStepResult,
  LocatedRow,
  LogEvent,
  LogFieldSample,
  LogHistogram,
  LogLine,
  LogLink,
  LogPlace,
  LogShow,
  LogSourceInfo,
  LogUpdate,
  LogView,
  RowWindow,
  SaveFormat,
} from './log.ts';
import type { TimestampMode } from './logTime.ts';

/** What can be asked of the reader of a log, from the page through the host to the reader's thread. */
export type LogQuestions = {
  /** A page begins: answers all there is to show. */
  readonly snapshot: { readonly params: SnapshotRequest; readonly result: LogUpdate };
  /** May answer fewer rows than asked: what is no longer held is left out, and very long rows end it early. */
  readonly rows: { readonly params: RowsRequest; readonly result: RowWindow };
  /** Shows other rows: positions begin anew. */
  readonly show: { readonly params: ShowRequest; readonly result: LogUpdate & LogPlace };
  /** Replaces the search; without a query it ends. */
  readonly find: { readonly params: FindRequest; readonly result: FindState };
  readonly step: { readonly params: FindStep; readonly result: FindStepResult };
  /** Where the first row from a time on is, or a certain row, or the next one that shows. */
  readonly locate: { readonly params: LocateRequest; readonly result: LocatedRow };
  /** Which fields the log has; asked with nothing. */
  readonly fields: { readonly params: undefined; readonly result: LogFieldSample };
  /** Of what was not cleared from the view. */
  readonly histogram: { readonly params: PartsRequest; readonly result: LogHistogram | undefined };
  /** A link of a row by their numbers, with the container that wrote it. */
  readonly link: { readonly params: LinkRequest; readonly result: SourceLink | undefined };
  /** The text of rows as they show, those that are folded away among them; undefined when it is too much. */
  readonly copy: { readonly params: CopyRequest; readonly result: CopiedRows | undefined };
  /** The line that a row is, or is a piece of. */
  readonly line: { readonly params: LineRequest; readonly result: WrittenLine | undefined };
  /** Where the line is that a link names. */
  readonly seek: { readonly params: LinePlace; readonly result: SeekResult };
  /** Writes the rows that show, or all there are, to a file; answers the number of lines. Asked by the host alone. */
  readonly save: { readonly params: SaveRequest; readonly result: number };
  /** How many rows with matches lie in each part of what shows. */
  readonly density: { readonly params: PartsRequest; readonly result: readonly number[] };
};

export interface SnapshotRequest {
  readonly view: LogView;
  readonly show: LogShow;
}

export interface RowsRequest {
  readonly firstRow: number;
  readonly count: number;
}

export interface ShowRequest {
  /** Chosen by the page; comes back with all that has positions in it. */
  readonly showId: number;
  readonly show: LogShow;
  /** Number of a row whose new position the page wants to know. */
  readonly anchorRow: number | undefined;
}

export interface FindRequest {
  /** Chosen by the page; comes back with the rows whose marks belong to this search. */
  readonly findId: number;
  readonly query: FindQuery | undefined;
}

/** One of the two: milliseconds since the epoch, or a row's number. */
export interface LocateRequest {
  readonly at: number | undefined;
  readonly row: number | undefined;
}

export interface LinkRequest {
  readonly row: number;
  readonly index: number;
}

export interface SourceLink {
  readonly link: LogLink;
  readonly source: LogSourceInfo;
}

export interface SaveRequest {
  /** A file that is written anew. */
  readonly path: string;
  readonly format: SaveFormat;
  /** Also what the filter leaves out. */
  readonly isAll: boolean;
  /** One container's lines only, without its name before each. */
  readonly source: number | undefined;
  /** Time and container before each line. */
  readonly hasPrefix: boolean;
}

export interface PartsRequest {
  readonly parts: number;
}

/** Rows from one to another, both included. */
export interface CopyRequest {
  readonly from: number;
  readonly to: number;
  readonly timestamps: TimestampMode;
  /** IANA's name of the zone that local times are shown in. */
  readonly timeZone: string;
  readonly language: string;
}

/** Text as it is, or what happened to a container, which has its words elsewhere. */
export type CopiedPart = string | { readonly event: LogEvent; readonly name: string };

export interface CopiedRows {
  /** One after the other they are the text. */
  readonly parts: readonly CopiedPart[];
  readonly lines: number;
}

export interface LineRequest {
  readonly row: number;
}

export interface WrittenLine {
  /** With its escape sequences, and whole. */
  readonly line: LogLine;
  readonly source: LogSourceInfo;
}

/** By which a line is known: its time in milliseconds since the epoch, and the hash of its text as it was written. */
export interface LinePlace {
  readonly at: number;
  readonly textHash: string;
}

/**
 * `found`: it shows at this position, or is folded away in the trace of the row `foldedIn`. `next`: it is not there, or does
 * not show; this is the next row that does. `older`: it may be among what is not read yet.
 */
export type SeekResult =
  | { readonly kind: 'older' }
  | {
      readonly kind: 'found' | 'next';
      readonly row: number | undefined;
      readonly position: number | undefined;
      readonly foldedIn: number | undefined;
    };
