import type { LogHistory } from '../model/log.ts';
import { asEngineError, type EngineError, hasReason } from '../model/engineError.ts';
import { historyFailure } from './historyFailure.ts';
import { readOlder } from './history.ts';
import { HistoryEdge } from './historyEdge.ts';
import type { StampedLine } from './lineSplitter.ts';
import type { LogEngine } from './logSource.ts';
import { RowMaker } from './rowMaker.ts';
import type { SpoolRow } from './spool/block.ts';
import type { Spool } from './spool/spool.ts';

/** Lines of all containers together that one step asks for; a step is held in memory until it is merged. */
const stepLines = 40_000;
const leastLines = 500;
/** A step goes on until so many more show: what one container has is of no use before the others are as far. */
const leastShown = 10_000;
/** So many steps are taken before anybody asks. */
const stepsAhead = 1;

/** What is so new that its order is not settled. `since` in milliseconds since the epoch. */
export interface FreshRows {
  readonly since: number;
  onRow(row: SpoolRow): void;
}

/** One container's part: what was read of it but is older than what can be shown yet. */
class Part {
  readonly engine: LogEngine;
  readonly containerId: string;
  readonly source: number;
  readonly edge = new HistoryEdge();
  /** In order, the oldest first. */
  pending: SpoolRow[] = [];
  /** The engine has nothing older than what is pending. */
  isAll = false;

  constructor(engine: LogEngine, containerId: string, source: number) {
    this.engine = engine;
    this.containerId = containerId;
    this.source = source;
  }

  hold(lines: readonly StampedLine[], rows: RowMaker): SpoolRow[] {
    return lines.map((line) => {
      const row = rows.row(line);
      return { ...row, data: Buffer.from(row.data) };
    });
  }
}

/**
 * The history of several containers as one, in the order of time. What was read of one container shows only as far back
 * as all the others were read too: so nothing is ever put between rows that are there already.
 */
export class MergedHistory {
  private readonly spool: Spool;
  private readonly onChange: (history: LogHistory) => void;
  private readonly signal: AbortSignal;
  private readonly parts: Part[] = [];
  private wantedSteps = 0;
  private hasBegun = false;
  private isReading = false;
  private isOver = false;
  /** A container was removed before its history was read. */
  private isSomeGone = false;

  constructor(options: {
    readonly spool: Spool;
    readonly onChange: (history: LogHistory) => void;
    readonly signal: AbortSignal;
  }) {
    this.spool = options.spool;
    this.onChange = options.onChange;
    this.signal = options.signal;
  }

  /** A container whose newest lines are those of the tail; without one it takes no part in what is older. */
  add(engine: LogEngine, containerId: string, source: number, tail: readonly StampedLine[]): HistoryEdge {
    const part = new Part(engine, containerId, source);
    for (const line of tail) part.edge.add(line);
    part.pending = part.hold(tail, new RowMaker(source));
    part.isAll = tail.length === 0;
    this.parts.push(part);
    return part.edge;
  }

  /** A row that comes right behind a container's tail. */
  hold(source: number, row: SpoolRow): void {
    const part = this.parts.find((each) => each.source === source);
    part?.pending.push({ ...row, data: Buffer.from(row.data) });
  }

  /**
   * All tails are here: shows what can be shown of them, and goes on with some more. Rows from after `fresh.since`,
   * before which others may still be on their way, are handed on instead.
   */
  begin(fresh?: FreshRows): void {
    this.hasBegun = true;
    try {
      this.merge(fresh);
    } catch (error) {
      // It is all there still, and goes to the log with the next step that somebody wants.
      this.onChange(historyFailure(error));
      return;
    }
    this.want(stepsAhead);
  }

  more(isAll: boolean): void {
    this.want(isAll ? Number.POSITIVE_INFINITY : 1);
  }

  private want(steps: number): void {
    this.wantedSteps = Math.max(this.wantedSteps, steps);
    if (!this.hasBegun || this.isReading || this.isOver) return;
    this.isReading = true;
    void this.read().finally(() => {
      this.isReading = false;
    });
  }

  private async read(): Promise<void> {
    try {
      for (; this.wantedSteps > 0 && !this.isOver && !this.signal.aborted; this.wantedSteps--)
        await this.takeStep();
      if (!this.isOver) this.onChange({ phase: 'partial', pendingLines: 0 });
    } catch (error) {
      this.wantedSteps = 0;
      if (!this.signal.aborted) this.onChange(historyFailure(error));
    }
  }

  private async takeStep(): Promise<void> {
    for (let shown = 0; shown < leastShown && !this.isOver; ) {
      this.onChange({ phase: 'reading', pendingLines: this.pendingLines });
      await this.readLacking();
      shown += this.merge();
      if (this.parts.every(({ isAll, pending }) => isAll && pending.length === 0)) {
        this.isOver = true;
        this.onChange({ phase: this.isSomeGone ? 'gone' : 'complete', pendingLines: 0 });
      } else if (this.spool.isFull) {
        this.isOver = true;
        this.onChange({ phase: 'full', pendingLines: 0 });
      }
    }
  }

  private async readLacking(): Promise<void> {
    const lacking = this.parts.filter(({ pending, isAll }) => pending.length === 0 && !isAll);
    const each = Math.max(leastLines, Math.ceil(stepLines / Math.max(1, lacking.length)));
    const failures: EngineError[] = [];
    // Each to its end: the next try must not meet one that still reads.
    await Promise.all(
      lacking.map((part) =>
        this.readPart(part, each).catch((error: unknown) => {
          failures.push(asEngineError(error));
        }),
      ),
    );
    const [failure] = failures;
    if (failure !== undefined) throw failure;
  }

  private async readPart(part: Part, count: number): Promise<void> {
    try {
      // New lines alone may fill the tail: that there is nothing older only the whole log tells.
      if ((await this.readSome(part, count)) > 0) return;
      part.isAll = (await this.readSome(part, undefined)) === 0;
    } catch (error) {
      // What is gone has no history any more; the others go on.
      if (!hasReason(error, 'notFound')) throw error;
      part.isAll = true;
      this.isSomeGone = true;
    }
  }

  private async readSome(part: Part, count: number | undefined): Promise<number> {
    let rows = new RowMaker(part.source);
    let read: SpoolRow[] = [];
    const { lines, edge } = await readOlder(
      part.engine,
      part.containerId,
      part.edge,
      count,
      {
        begin: () => {
          rows = new RowMaker(part.source);
          read = [];
        },
        lines: (lines) => {
          for (const row of part.hold(lines, rows)) read.push(row);
        },
      },
      this.signal,
    );
    part.edge.prepend(edge);
    part.pending = read;
    return lines;
  }

  /** Moves what is complete in time from the parts to the log; returns how many rows that were. */
  private merge(fresh?: FreshRows): number {
    const bound = this.parts.reduce(
      (latest, { pending, isAll }) => (isAll ? latest : Math.max(latest, timeOf(pending[0]))),
      Number.NEGATIVE_INFINITY,
    );
    const ready: { readonly row: SpoolRow; readonly time: number }[] = [];
    const waiting = new Map<Part, SpoolRow[]>();
    for (const part of this.parts) {
      // Stamps may be a little out of order: the first that is late enough takes all after it along.
      const first = part.pending.findIndex((row) => timeOf(row) >= bound);
      const from = first < 0 ? part.pending.length : first;
      let time = Number.NEGATIVE_INFINITY;
      for (const row of part.pending.slice(from)) {
        time = Math.max(time, timeOf(row));
        ready.push({ row, time });
      }
      waiting.set(part, part.pending.slice(0, from));
    }
    ready.sort((a, b) => a.time - b.time);
    const settled = fresh === undefined ? ready : ready.filter(({ time }) => time <= fresh.since);
    const older = this.spool.older();
    try {
      for (const { row } of settled) older.add(row);
      older.commit();
    } catch (error) {
      older.discard();
      throw error;
    }
    for (const [part, pending] of waiting) part.pending = pending;
    for (const { row } of ready.slice(settled.length)) fresh?.onRow(row);
    return ready.length;
  }

  private get pendingLines(): number {
    return this.parts.reduce((sum, { pending }) => sum + pending.length, 0);
  }
}

function timeOf(row: SpoolRow | undefined): number {
  return row?.at ?? Number.NEGATIVE_INFINITY;
}
