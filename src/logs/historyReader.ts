import type { LogHistory } from '../model/log.ts';
import { hasReason } from '../model/engineError.ts';
import { historyFailure } from './historyFailure.ts';
import { readOlder } from './history.ts';
import type { HistoryEdge } from './historyEdge.ts';
import type { LogEngine } from './logSource.ts';
import { RowMaker } from './rowMaker.ts';
import type { Spool } from './spool/spool.ts';

/** Lines asked for with one request after the other; the last asks for all there is. */
const steps: readonly (number | undefined)[] = [5000, 50_000, 250_000, undefined];

/** Reads what a log has before its first row, as far as somebody wants it, and puts it before the spool's rows. */
export class HistoryReader {
  private readonly engine: LogEngine;
  private readonly containerId: string;
  private readonly source: number;
  private readonly edge: HistoryEdge;
  private readonly spool: Spool;
  private readonly onChange: (history: LogHistory) => void;
  private readonly signal: AbortSignal;
  private step = 0;
  private wantedSteps = 0;
  private hasBegun = false;
  private isReading = false;
  private isOver = false;

  constructor(options: {
    readonly engine: LogEngine;
    readonly containerId: string;
    readonly source: number;
    /** Knows the lines that the spool holds of this container; kept up by whoever adds newer ones. */
    readonly edge: HistoryEdge;
    readonly spool: Spool;
    readonly onChange: (history: LogHistory) => void;
    readonly signal: AbortSignal;
  }) {
    this.engine = options.engine;
    this.containerId = options.containerId;
    this.source = options.source;
    this.edge = options.edge;
    this.spool = options.spool;
    this.onChange = options.onChange;
    this.signal = options.signal;
  }

  /** The newest lines are here: goes on with what is wanted by now. */
  begin(): void {
    this.hasBegun = true;
    this.want(0);
  }

  /** One more step, or all there is. */
  more(isAll: boolean): void {
    this.want(isAll ? steps.length : this.step + 1);
  }

  private want(count: number): void {
    this.wantedSteps = Math.max(this.wantedSteps, count);
    // Before the newest lines are here it is not known what is older than they.
    if (!this.hasBegun || this.isReading || this.isOver) return;
    this.isReading = true;
    void this.read().finally(() => {
      this.isReading = false;
    });
  }

  private async read(): Promise<void> {
    while (!this.isOver && this.step < this.wantedSteps && !this.signal.aborted) {
      try {
        const count = steps[this.step];
        const lines = await this.takeStep(count);
        this.step++;
        if (count === undefined || lines >= count / 2) continue;
        // Less than asked for: the beginning is near, and asking for all the rest makes sure of it.
        this.step = steps.length - 1;
        this.wantedSteps = steps.length;
      } catch (error) {
        if (hasReason(error, 'cancelled')) return;
        // What is there no more needs no second try; all else has one when somebody wants more.
        this.isOver = hasReason(error, 'notFound');
        this.wantedSteps = this.step;
        this.onChange(historyFailure(error));
        return;
      }
    }
    if (!this.isOver) this.onChange({ phase: 'partial', pendingLines: 0 });
  }

  private async takeStep(count: number | undefined): Promise<number> {
    let rows = new RowMaker(this.source);
    let older = this.spool.older();
    const full = new AbortController();
    this.onChange({ phase: 'reading', pendingLines: 0 });
    try {
      const part = await readOlder(
        this.engine,
        this.containerId,
        this.edge,
        count,
        {
          begin: () => {
            older.discard();
            rows = new RowMaker(this.source);
            older = this.spool.older();
          },
          lines: (lines) => {
            if (this.spool.isFull) full.abort();
            for (const line of lines) older.add(rows.row(line));
            this.onChange({ phase: 'reading', pendingLines: older.count });
          },
        },
        AbortSignal.any([this.signal, full.signal]),
      );
      if (!older.commit()) return this.endFull();
      this.edge.prepend(part.edge);
      if (count === undefined) {
        this.isOver = true;
        this.onChange({ phase: 'complete', pendingLines: 0 });
      }
      return part.lines;
    } catch (error) {
      older.discard();
      if (!full.signal.aborted) throw error;
      return this.endFull();
    }
  }

  /** There is no room for more. */
  private endFull(): number {
    this.isOver = true;
    this.onChange({ phase: 'full', pendingLines: 0 });
    return 0;
  }
}
