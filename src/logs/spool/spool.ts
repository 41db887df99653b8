import type { Disposable } from '../../base/lifecycle.ts';
import { type LogExtent, logLevels, type LogRow } from '../../model/log.ts';
import { BlockBuilder, BlockReader, type SpoolRow } from './block.ts';
import type { SpoolFiles, SpoolPlace } from './spoolFiles.ts';
import { SpoolWriteError } from './spoolWriteError.ts';

/** Rows that follow each other, as one piece of the spool. */
export interface Block {
  readonly firstRow: number;
  readonly count: number;
  /** Continuations and events are no lines. */
  readonly lines: number;
  /** The earliest and the latest time in it; NaN when no row has one. */
  readonly from: number;
  readonly to: number;
  /** No text has a control character. */
  readonly isPlain: boolean;
  readonly hasTrace: boolean;
  /** Lines by level, as indexed by `logLevels`. */
  readonly levels: Uint16Array;
  /** Undefined: not on disk yet. */
  readonly place: SpoolPlace | undefined;
}

/** Blocks kept in memory after they were read: what is on screen, and what a search has just been in. */
const maxOpenBlocks = 12;

/**
 * A log of any length: its rows in blocks on disk, of which memory holds only where they are. Rows are numbered from 0
 * in the order in which they came; what is older than the first goes before it, with negative numbers, so that a row
 * keeps its number for as long as the log is open. When the disk budget is spent, the oldest blocks go, and are counted.
 */
export class Spool implements Disposable {
  private readonly files: SpoolFiles;
  private readonly maxBytes: number;
  private sealed: Block[] = [];
  private readonly open = new BlockBuilder();
  private openSummary = new Summary();
  private endRow = 0;
  private lines = 0;
  private droppedLines = 0;
  private hasDropped = false;
  private readonly cache = new Map<Block, BlockReader>();

  constructor(files: SpoolFiles, maxBytes: number) {
    this.files = files;
    this.maxBytes = maxBytes;
  }

  get firstRow(): number {
    return this.sealed[0]?.firstRow ?? this.endRow - this.open.count;
  }

  get end(): number {
    return this.endRow;
  }

  get extent(): LogExtent {
    const { firstRow, endRow, lines, droppedLines } = this;
    return { firstRow, endRow, lines, droppedLines };
  }

  /** Nothing more can be put before the first row: the budget is spent, or what was next to it had to go. */
  get isFull(): boolean {
    return this.hasDropped || this.files.usedBytes >= this.maxBytes;
  }

  /** From the oldest to the newest. */
  get blocks(): readonly Block[] {
    if (this.open.count === 0) return this.sealed;
    return [...this.sealed, this.openBlock()];
  }

  /** Throws `SpoolWriteError`, and has not taken the row then. */
  append(row: SpoolRow): void {
    // It is full already when there was no room for it on the disk.
    if (this.open.isFull) this.seal();
    this.take(row);
    if (!this.open.isFull) return;
    try {
      this.seal();
    } catch (error) {
      // This row is taken: the next one will not be.
      if (!(error instanceof SpoolWriteError)) throw error;
    }
  }

  /** Needs no room on the disk. One row only can be taken so after `append` threw. */
  appendLast(row: SpoolRow): void {
    this.take(row);
  }

  /** Collects rows that are older than all others; they are rows of the log once it is committed. */
  older(): OlderRows {
    return new OlderRows(this.files, (blocks) => {
      if (this.hasDropped) return false;
      let at = this.firstRow;
      at -= blocks.reduce((sum, { count }) => sum + count, 0);
      const numbered = blocks.map((block) => {
        const made = { ...block, firstRow: at };
        at += block.count;
        this.lines += block.lines;
        return made;
      });
      this.sealed = [...numbered, ...this.sealed];
      return true;
    });
  }

  row(number: number): LogRow | undefined {
    const block = this.blockOf(number);
    return block === undefined ? undefined : this.read(block).row(number - block.firstRow);
  }

  /** Lines that are held before a row. */
  linesBefore(number: number): number {
    if (number >= this.endRow) return this.lines;
    const block = this.blockOf(number);
    if (block === undefined) return 0;
    let lines = 0;
    for (const { firstRow, lines: own } of this.sealed) {
      if (firstRow >= block.firstRow) break;
      lines += own;
    }
    const reader = this.read(block);
    for (let row = 0; row < number - block.firstRow; row++)
      if (reader.isLine(row) && !reader.isContinuation(row)) lines++;
    return lines;
  }

  blockOf(number: number): Block | undefined {
    if (number >= this.endRow || number < this.firstRow) return undefined;
    if (number >= this.endRow - this.open.count) return this.openBlock();
    let low = 0;
    let high = this.sealed.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.sealed[middle]?.firstRow ?? 0) <= number) low = middle;
      else high = middle - 1;
    }
    return this.sealed[low];
  }

  read(block: Block): BlockReader {
    if (block.place === undefined) return this.open.reader;
    const known = this.cache.get(block);
    const reader = known ?? new BlockReader(this.files.read(block.place));
    this.cache.delete(block);
    this.cache.set(block, reader);
    for (const oldest of this.cache.keys()) {
      if (this.cache.size <= maxOpenBlocks) break;
      this.cache.delete(oldest);
    }
    return reader;
  }

  dispose(): void {
    this.cache.clear();
    this.files.dispose();
  }

  private take(row: SpoolRow): void {
    this.open.add(row);
    this.openSummary.add(row);
    this.endRow++;
    if (isLine(row)) this.lines++;
  }

  private seal(): void {
    const place = this.files.append(this.open.build());
    this.sealed.push({ ...this.openBlock(), place });
    this.open.clear();
    this.openSummary = new Summary();
    this.dropOldest();
  }

  private openBlock(): Block {
    const { count } = this.open;
    return { firstRow: this.endRow - count, count, ...this.openSummary.values, place: undefined };
  }

  private dropOldest(): void {
    while (this.files.usedBytes > this.maxBytes) {
      const oldest = this.sealed.shift();
      if (oldest?.place === undefined) return;
      this.files.release(oldest.place);
      this.cache.delete(oldest);
      this.hasDropped = true;
      this.lines -= oldest.lines;
      this.droppedLines += oldest.lines;
    }
  }
}

/** Rows from before the first one, in their own order, on disk already but not part of the log yet. */
export class OlderRows {
  private readonly files: SpoolFiles;
  private readonly onCommit: (blocks: readonly Block[]) => boolean;
  private readonly blocks: Block[] = [];
  private readonly open = new BlockBuilder();
  private summary = new Summary();
  private total = 0;

  constructor(files: SpoolFiles, onCommit: (blocks: readonly Block[]) => boolean) {
    this.files = files;
    this.onCommit = onCommit;
  }

  get count(): number {
    return this.total;
  }

  /** Throws `SpoolWriteError`. */
  add(row: SpoolRow): void {
    this.open.add(row);
    this.summary.add(row);
    this.total++;
    if (this.open.isFull) this.seal();
  }

  /** False: what they would stand before was dropped meanwhile, so they are gone too. Throws `SpoolWriteError`. */
  commit(): boolean {
    this.seal();
    const isTaken = this.onCommit(this.blocks);
    if (!isTaken) this.discard();
    return isTaken;
  }

  discard(): void {
    for (const { place } of this.blocks.toReversed()) if (place !== undefined) this.files.release(place);
  }

  private seal(): void {
    const { count } = this.open;
    if (count === 0) return;
    this.blocks.push({
      firstRow: 0,
      count,
      ...this.summary.values,
      place: this.files.append(this.open.build()),
    });
    this.open.clear();
    this.summary = new Summary();
  }
}

/** What is known of a block's rows without reading it. */
class Summary {
  private lines = 0;
  private from = Number.NaN;
  private to = Number.NaN;
  private isPlain = true;
  private hasTrace = false;
  private readonly levels = new Uint16Array(logLevels.length);

  get values(): Omit<Block, 'firstRow' | 'count' | 'place'> {
    const { lines, from, to, isPlain, hasTrace, levels } = this;
    return { lines, from, to, isPlain, hasTrace, levels };
  }

  add(row: SpoolRow): void {
    if (isLine(row)) this.lines++;
    this.isPlain &&= row.isPlain;
    this.hasTrace ||= row.isTraceLine;
    if (row.kind === 'line') this.levels[row.level] = (this.levels[row.level] ?? 0) + 1;
    const { at } = row;
    if (at === undefined) return;
    if (!(this.from <= at)) this.from = at;
    if (!(this.to >= at)) this.to = at;
  }
}

function isLine({ kind, isContinuation }: SpoolRow): boolean {
  return kind === 'line' && !isContinuation;
}
