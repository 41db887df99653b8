import type { Clock } from '../base/async.ts';
import type { Disposable } from '../base/lifecycle.ts';
import type { SpoolRow } from './spool/block.ts';

/** Rows wait so long for older ones of other containers, which come over connections of their own. */
export const reorderMs = 200;

interface Held {
  readonly row: SpoolRow;
  /** Never earlier than the row before it of the same container: a clock that goes back does not change their order. */
  readonly time: number;
  readonly arrivedAt: number;
}

/** Puts the new rows of several containers in the order of their times, within a small window. */
export class LiveMerge implements Disposable {
  private readonly clock: Clock;
  private readonly emit: (row: SpoolRow) => void;
  private readonly lastTimes = new Map<number, number>();
  private held: Held[] = [];
  private cancel: (() => void) | undefined;
  private isOpen = false;

  constructor(clock: Clock, emit: (row: SpoolRow) => void) {
    this.clock = clock;
    this.emit = emit;
  }

  /** Until then everything is held. */
  open(): void {
    this.isOpen = true;
    this.schedule();
  }

  push(row: SpoolRow): void {
    const last = this.lastTimes.get(row.source) ?? Number.NEGATIVE_INFINITY;
    const time = Math.max(row.at ?? last, last);
    this.lastTimes.set(row.source, time);
    // A copy: the connection's memory is much larger than a line.
    this.held.push({ row: { ...row, data: Buffer.from(row.data) }, time, arrivedAt: this.clock.now() });
    this.schedule();
  }

  dispose(): void {
    this.cancel?.();
  }

  private schedule(): void {
    const oldest = this.held[0];
    if (!this.isOpen || oldest === undefined || this.cancel !== undefined) return;
    const wait = Math.max(0, oldest.arrivedAt + reorderMs - this.clock.now());
    this.cancel = this.clock.after(wait, () => {
      this.cancel = undefined;
      this.release();
      this.schedule();
    });
  }

  private release(): void {
    const until = this.clock.now() - reorderMs;
    let latest = Number.NEGATIVE_INFINITY;
    for (const { arrivedAt, time } of this.held) if (arrivedAt <= until) latest = Math.max(latest, time);
    // What is not later than a row that goes goes with it, though it came after it.
    const due = this.held.filter(({ time }) => time <= latest);
    this.held = this.held.filter(({ time }) => time > latest);
    due.sort((a, b) => a.time - b.time);
    for (const { row } of due) this.emit(row);
  }
}
