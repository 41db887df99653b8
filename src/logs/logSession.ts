import type { Clock } from '../base/async.ts';
import type { Disposable } from '../base/lifecycle.ts';
import {
  type FindQuery,
  type FindState,
  type FindStep,
  type FindStepResult,
  type LogEvent,
  type LogPhase,
  type LogRow,
  type LogUpdate,
  type LogView,
  type MarkedRow,
  maxWindowRows,
  noMatches,
  type RowWindow,
} from '../model/log.ts';
import { compileQuery, FindIndex, type TimeLimit } from './findIndex.ts';
import { LineStore, type LineStoreLimits } from './lineStore.ts';
import type { StampedLine } from './lineSplitter.ts';
import type { LogSink } from './logSource.ts';
import { toMilliseconds } from './stamp.ts';

/** Updates are at least this far apart. */
const updateIntervalMs = 50;
/** Characters in one window of rows. */
const maxWindowLength = 1_000_000;
const eventBytes = 64;

/** One open log: holds what was read, answers windows of it, finds in it, and tells what is new. */
export class LogSession implements LogSink, Disposable {
  private readonly store: LineStore;
  private readonly clock: Clock;
  private readonly limit: TimeLimit;
  private readonly onUpdate: (update: LogUpdate) => void;
  private currentPhase: LogPhase = 'connecting';
  private view: LogView | undefined;
  /** Rows before this one were sent, or are not wanted. */
  private sentTo = 0;
  private lastUpdateAt = Number.NEGATIVE_INFINITY;
  private cancelUpdate: (() => void) | undefined;
  private findId = 0;
  private index: FindIndex | undefined;
  private invalid: FindState | undefined;
  private cancelSearch: (() => void) | undefined;
  private searchWaiters: (() => void)[] = [];

  constructor(options: {
    readonly limits: LineStoreLimits;
    readonly clock: Clock;
    readonly limit: TimeLimit;
    readonly onUpdate: (update: LogUpdate) => void;
  }) {
    this.store = new LineStore(options.limits);
    this.clock = options.clock;
    this.limit = options.limit;
    this.onUpdate = options.onUpdate;
  }

  line({ stream, stamp, text, sizeBytes, isContinuation }: StampedLine): void {
    const at = stamp === undefined ? undefined : toMilliseconds(stamp);
    this.store.append({ kind: 'line', stream, at, text, isContinuation }, sizeBytes);
    this.changed();
  }

  event(event: LogEvent, at = this.clock.now()): void {
    this.store.append({ kind: 'event', at, event }, eventBytes);
    this.changed();
  }

  phase(phase: LogPhase): void {
    this.currentPhase = phase;
    this.changed();
  }

  earlier(): void {
    this.store.markEarlier();
    this.changed();
  }

  /** A page begins: it gets everything it shows, and updates from there on. */
  snapshot(view: LogView): LogUpdate {
    // Its searches are numbered anew.
    this.find(0, undefined);
    this.sentTo = 0;
    this.setView(view);
    return this.takeUpdate();
  }

  setView(view: LogView | undefined): void {
    // Rows that came while nobody wanted them are asked for, not sent.
    if ((this.view?.tailRows ?? 0) === 0) this.sentTo = Math.max(0, this.store.end - (view?.tailRows ?? 0));
    this.view = view;
    this.changed();
  }

  rows(firstRow: number, count: number): RowWindow {
    const rows: LogRow[] = [];
    const first = Math.max(firstRow, this.store.firstRow);
    const end = Math.min(firstRow + Math.min(count, maxWindowRows), this.store.end);
    for (let at = first, length = 0; at < end && length < maxWindowLength; at++) {
      const row = this.store.row(at);
      if (row === undefined) break;
      rows.push(row);
      length += row.kind === 'line' ? row.text.length : 0;
    }
    return { firstRow: first, rows: this.marked(rows), findId: this.findId };
  }

  find(findId: number, query: FindQuery | undefined): FindState {
    this.cancelSearch?.();
    this.cancelSearch = undefined;
    this.findId = findId;
    this.index = undefined;
    this.invalid = undefined;
    if (query !== undefined && query.pattern !== '') {
      const expression = compileQuery(query);
      if (expression instanceof RegExp) this.index = new FindIndex(this.store, expression, this.limit);
      else this.invalid = { ...noMatches, problem: { kind: 'invalid', message: expression.message } };
    }
    this.settleSearch();
    this.search();
    return this.findState;
  }

  /** Waits until all that is held was searched: only then it is known which match comes before the first. */
  async step(step: FindStep): Promise<FindStepResult> {
    const { findId } = this;
    while (this.index?.isComplete === false && this.findId === findId) {
      await new Promise<void>((resolve) => {
        this.searchWaiters.push(resolve);
      });
    }
    const found = this.findId === findId ? this.index?.step(step) : undefined;
    const none = { position: undefined, number: 0, hasWrapped: false };
    return { ...(found ?? none), state: this.findState };
  }

  dispose(): void {
    this.cancelUpdate?.();
    this.cancelSearch?.();
    this.settleSearch();
  }

  private get findState(): FindState {
    return this.index?.state ?? this.invalid ?? noMatches;
  }

  private marked(rows: readonly LogRow[]): readonly MarkedRow[] {
    const marks = this.index?.marksOf(rows) ?? [];
    return rows.map((row, at) => {
      const own = marks[at];
      return own === undefined || own.length === 0 ? row : { ...row, marks: own };
    });
  }

  private changed(): void {
    if (this.index !== undefined && !this.index.isComplete) this.search();
    if (this.view === undefined || this.cancelUpdate !== undefined) return;
    const wait = Math.max(0, this.lastUpdateAt + updateIntervalMs - this.clock.now());
    this.cancelUpdate = this.clock.after(wait, () => {
      this.cancelUpdate = undefined;
      if (this.view !== undefined) this.onUpdate(this.takeUpdate());
    });
  }

  private takeUpdate(): LogUpdate {
    this.cancelUpdate?.();
    this.cancelUpdate = undefined;
    this.lastUpdateAt = this.clock.now();
    const { end } = this.store;
    const tailRows = this.view?.tailRows ?? 0;
    const tail = this.rows(Math.max(this.sentTo, end - tailRows), tailRows);
    this.sentTo = end;
    return { state: { extent: this.store.extent, phase: this.currentPhase, find: this.findState }, tail };
  }

  /** Slice after slice, with room between them for the log and for questions. */
  private search(): void {
    if (this.cancelSearch !== undefined || this.index === undefined || this.index.isComplete) return;
    this.cancelSearch = this.clock.after(0, () => {
      this.cancelSearch = undefined;
      this.index?.searchSlice();
      this.changed();
      if (this.index?.isComplete !== false) this.settleSearch();
    });
  }

  private settleSearch(): void {
    for (const resolve of this.searchWaiters.splice(0)) resolve();
  }
}
