import type { LogContext } from '../model/log.ts';
import { Contexts } from './contexts.ts';
import type { BlockFilter } from './filter.ts';
import { writerOf } from './filter.ts';
import type { TimeLimit } from './timeLimit.ts';
import { type BlockReader, maxBlockRows, mostBlockRows } from './spool/block.ts';
import type { Block, Spool } from './spool/spool.ts';

/** What is shown of one block. */
interface Shown {
  readonly firstRow: number;
  /** How many of the block's rows were looked at: the last block grows. */
  readonly rows: number;
  /** The rows that show, counted from the block's first. */
  readonly visible: Uint16Array;
  /** Those and the ones that are folded away. */
  readonly passing: Uint16Array;
  /** Those of them that the filter is against. */
  readonly context: Uint16Array;
  /** How many of those that pass are lines: continuations and events are none. */
  readonly lines: number;
  /** Of the first that shows. */
  readonly position: number;
}

/** Blocks looked at in one go, so that lines and questions get their turn in between. */
const sliceBlocks = 24;

/**
 * The rows of a log that a filter lets through and that are not folded away, with positions of their own: 0 is the first
 * that comes after this began, what shows of the log before that has negative ones. Looks at the newest rows first, and
 * keeps up with rows that come at both ends, so that a position stays with its row.
 */
export class VisibleRows {
  private readonly spool: Spool;
  private readonly filter: BlockFilter | undefined;
  /** Rows around which the log shows; none without a filter. */
  readonly contexts: Contexts;
  /** Rows before this one do not show. */
  readonly fromRow: number;
  private readonly isFolding: boolean;
  private readonly limit: TimeLimit;
  private readonly unfolded = new Set<number>();
  private readonly start: number;
  /** Blocks from `start` on, in order. */
  private newer: Shown[] = [];
  /** Blocks before `start`, the newest first. */
  private older: Shown[] = [];
  private tooSlowAt: number | undefined;
  private looking = 0;
  private lines = 0;
  /** Every row of a block. */
  private readonly all = Uint16Array.from({ length: mostBlockRows }, (_, row) => row);
  /** Of a block as most are: ten thousand of them share this. */
  private readonly whole = this.all.subarray(0, maxBlockRows);
  private readonly none = new Uint16Array(0);

  constructor(options: {
    readonly spool: Spool;
    /** Undefined lets every row through. */
    readonly filter: BlockFilter | undefined;
    readonly isFolding: boolean;
    /** Heads of traces that show their lines all the same. */
    readonly unfolded: Iterable<number>;
    readonly contexts: readonly LogContext[];
    /** Undefined: nothing was cleared away. */
    readonly fromRow: number | undefined;
    readonly limit: TimeLimit;
  }) {
    this.spool = options.spool;
    this.filter = options.filter;
    this.contexts = new Contexts(options.filter === undefined ? [] : options.contexts);
    this.fromRow = options.fromRow ?? Number.NEGATIVE_INFINITY;
    this.isFolding = options.isFolding;
    this.limit = options.limit;
    for (const row of options.unfolded) this.unfolded.add(row);
    this.start = this.spool.blockOf(this.spool.end - 1)?.firstRow ?? this.spool.end;
  }

  /** A filter's expression took too long for a row of this block; it lets nothing through any more. */
  get tooSlow(): number | undefined {
    return this.tooSlowAt;
  }

  get isComplete(): boolean {
    return this.nextBlock() === undefined;
  }

  get first(): number {
    this.forgetDropped();
    return this.older.at(-1)?.position ?? this.newer[0]?.position ?? 0;
  }

  get end(): number {
    const last = this.newer.at(-1);
    return last === undefined ? 0 : last.position + last.visible.length;
  }

  /** Lines that pass the filter, those that are folded away among them. */
  get shownLines(): number {
    this.forgetDropped();
    return this.lines;
  }

  /** The rows that were looked at lie between these two. */
  get lookedFrom(): number {
    return this.older.at(-1)?.firstRow ?? this.start;
  }

  /** Looks at all that came at the end. */
  catchUp(): void {
    if (this.nextNewer() === undefined) return;
    this.limited(() => {
      for (let block = this.nextNewer(); block !== undefined; block = this.nextNewer()) this.look(block);
    });
  }

  /** Looks at the older blocks of which it is known without reading them what shows. */
  lookAtKnown(): void {
    for (let block = this.nextBlock(); block !== undefined; block = this.nextBlock()) {
      if (!this.isWholeShown(block)) return;
      this.look(block);
    }
  }

  /** Looks at some more blocks, newer or older. */
  lookOn(): void {
    this.limited(() => {
      for (let reads = 0; reads < sliceBlocks; ) {
        const block = this.nextBlock();
        if (block === undefined) return;
        if (!this.isWholeShown(block)) reads++;
        this.look(block);
      }
    });
  }

  /** The row at a position, when it is known already. */
  rowAt(position: number): number | undefined {
    const shown = this.find(
      (entry) => position - entry.position,
      (entry) => entry.visible.length,
    );
    const relative = shown?.visible[position - shown.position];
    return shown === undefined || relative === undefined ? undefined : shown.firstRow + relative;
  }

  /** The position of a row, or of the next one that shows; past the end when none does. */
  positionOf(row: number): number {
    const shown = this.shownWith(row);
    if (shown === undefined) return row < (this.newer[0]?.firstRow ?? this.start) ? this.first : this.end;
    return shown.position + firstFrom(shown.visible, row - shown.firstRow);
  }

  /** Whether a row that was looked at is not left out, folded away or not. */
  passes(row: number): boolean {
    if (this.filter === undefined) return row >= this.fromRow;
    const shown = this.shownWith(row);
    return shown !== undefined && has(shown.passing, row - shown.firstRow);
  }

  /** Whether a row shows only because it is near another one. */
  isContext(row: number): boolean {
    const shown = this.shownWith(row);
    return shown !== undefined && has(shown.context, row - shown.firstRow);
  }

  /** Whether rows are left out before the one at a position, where it or the one before belongs to a context. */
  isAfterGap(position: number): boolean {
    const row = this.rowAt(position);
    if (row === undefined || this.contexts.isEmpty) return false;
    const before = this.rowAt(position - 1);
    const isNear = (each: number | undefined): boolean =>
      each !== undefined && (this.contexts.has(each) || this.isContext(each));
    if (!isNear(row) && !isNear(before)) return false;
    const first = before === undefined ? Math.max(this.spool.firstRow, this.fromRow) : before + 1;
    for (let at = row - 1; at >= first; at--) if (!this.passes(at)) return true;
    return false;
  }

  private shownWith(row: number): Shown | undefined {
    return this.find(
      (entry) => row - entry.firstRow,
      (entry) => entry.rows,
    );
  }

  /** The rows that were looked at and show, the newest first. */
  *fromNewest(): Generator<number, void> {
    for (const { firstRow, visible } of [...this.newer.toReversed(), ...this.older])
      for (const relative of visible.toReversed()) yield firstRow + relative;
  }

  /** The rows from one to another that were looked at and pass the filter, folded away or not. */
  *passingRows(from: number, to: number): Generator<number, void> {
    for (const { firstRow, rows, passing } of [...this.older.toReversed(), ...this.newer]) {
      if (firstRow + rows <= from) continue;
      if (firstRow > to) return;
      for (const relative of passing) {
        const row = firstRow + relative;
        if (row >= from && row <= to) yield row;
      }
    }
  }

  private find(offset: (entry: Shown) => number, length: (entry: Shown) => number): Shown | undefined {
    const isOlder = (this.newer[0] === undefined ? 0 : offset(this.newer[0])) < 0 || this.newer.length === 0;
    const list = isOlder ? this.older : this.newer;
    let low = 0;
    let high = list.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const entry = list[middle];
      if (entry === undefined) return undefined;
      const at = offset(entry);
      if (at >= 0 && at < length(entry)) return entry;
      if (at < 0 === isOlder) low = middle + 1;
      else high = middle - 1;
    }
    return undefined;
  }

  /** One limit for many blocks: setting it takes as long as looking at half of one. */
  private limited(work: () => void): void {
    if (this.filter === undefined || this.tooSlowAt !== undefined) work();
    else if (!this.limit(work)) {
      this.tooSlowAt = this.looking;
      work();
    }
  }

  private nextNewer(): Block | undefined {
    const { spool } = this;
    const last = this.newer.at(-1);
    const lookedTo = last === undefined ? this.start : last.firstRow + last.rows;
    return lookedTo < spool.end ? spool.blockOf(Math.max(lookedTo, spool.firstRow)) : undefined;
  }

  private nextBlock(): Block | undefined {
    const { spool } = this;
    const newer = this.nextNewer();
    if (newer !== undefined) return newer;
    return this.lookedFrom > Math.max(spool.firstRow, this.fromRow)
      ? spool.blockOf(this.lookedFrom - 1)
      : undefined;
  }

  private look(block: Block): void {
    const { firstRow, count: rows } = block;
    const last = this.newer.at(-1);
    // The last block has grown: what showed of it goes on showing where it is.
    const before = last?.firstRow === firstRow ? last : undefined;
    const shown = this.visibleIn(block, before);
    const { visible } = shown;
    this.lines += shown.lines - (before?.lines ?? 0);
    if (firstRow >= this.start) {
      if (before !== undefined) this.newer.pop();
      this.newer.push({ firstRow, rows, ...shown, position: this.end });
    } else {
      this.older.push({ firstRow, rows, ...shown, position: this.first - visible.length });
    }
  }

  /** Known without reading it. */
  private isWholeShown(block: Block): boolean {
    const isCut = block.firstRow < this.fromRow;
    return this.filter === undefined && !isCut && !(this.isFolding && block.hasTrace);
  }

  private visibleIn(
    block: Block,
    before: Shown | undefined,
  ): Pick<Shown, 'visible' | 'passing' | 'context' | 'lines'> {
    if (this.isWholeShown(block)) {
      const all = block.count === maxBlockRows ? this.whole : this.all.subarray(0, block.count);
      return { visible: all, passing: all, context: this.none, lines: block.lines };
    }
    const reader = this.spool.read(block);
    this.looking = block.firstRow;
    const accepted =
      this.tooSlowAt === undefined
        ? this.filter?.passes(reader, 0, block.isPlain)
        : new Uint8Array(reader.count);
    const near = this.contexts.rowsIn(reader, block.firstRow);
    if (before !== undefined && accepted !== undefined) {
      // A later line can change the verdict on its whole trace, but positions that were told stay.
      accepted.fill(0, 0, before.rows);
      near.fill(0, 0, before.rows);
      for (const row of before.passing) accepted[row] = 1;
      for (const row of before.context) {
        accepted[row] = 0;
        near[row] = 1;
      }
    }
    const visible: number[] = [];
    const passing: number[] = [];
    const context: number[] = [];
    let lines = 0;
    const heads = new Map<number, number>();
    for (let row = Math.max(0, this.fromRow - block.firstRow); row < reader.count; row++) {
      const isAccepted = accepted === undefined || accepted[row] === 1;
      if (!isAccepted && near[row] !== 1) {
        if (this.isFolding) this.leaveOut(reader, row, heads);
        continue;
      }
      passing.push(row);
      if (!isAccepted) context.push(row);
      if (reader.isLine(row) && !reader.isContinuation(row)) lines++;
      if (!this.isFolding || !this.isFolded(reader, block, row, heads)) visible.push(row);
    }
    return {
      visible: Uint16Array.from(visible),
      passing: Uint16Array.from(passing),
      context: context.length === 0 ? this.none : Uint16Array.from(context),
      lines,
    };
  }

  /** What follows on a line that is left out stands under none that came before it. */
  private leaveOut(reader: BlockReader, row: number, heads: Map<number, number>): void {
    if (reader.isLine(row) && !reader.isTraceLine(row) && !reader.isContinuation(row))
      heads.delete(writerOf(reader, row));
  }

  private isFolded(reader: BlockReader, block: Block, row: number, heads: Map<number, number>): boolean {
    if (!reader.isLine(row)) return false;
    const writer = writerOf(reader, row);
    if (!reader.isTraceLine(row)) {
      if (!reader.isContinuation(row)) heads.set(writer, row);
      return false;
    }
    // The head may be in the block before: then the trace's first line here stands for it.
    const head = heads.get(writer);
    if (head === undefined) {
      heads.set(writer, row);
      return false;
    }
    return !this.unfolded.has(block.firstRow + head);
  }

  private forgetDropped(): void {
    const { firstRow } = this.spool;
    while ((this.older.at(-1)?.firstRow ?? firstRow) < firstRow) this.lines -= this.older.pop()?.lines ?? 0;
    while (
      this.older.length === 0 &&
      (this.newer[0]?.firstRow ?? firstRow) < firstRow &&
      this.newer.length > 1
    )
      this.lines -= this.newer.shift()?.lines ?? 0;
  }
}

/** The index of the first of these rising numbers that is not below a value; their count when all are. */
function firstFrom(numbers: Uint16Array, value: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function has(numbers: Uint16Array, value: number): boolean {
  return numbers[firstFrom(numbers, value)] === value;
}
