import type { LogEvent, LogRow } from '../../model/log.ts';

/** A row on its way into the spool. `data`: the text as UTF-8 bytes as they came; of an event, its JSON. */
export interface SpoolRow {
  readonly kind: 'line' | 'event';
  /** Milliseconds since the epoch. */
  readonly at: number | undefined;
  readonly isStderr: boolean;
  readonly isContinuation: boolean;
  /** Belongs to a trace that an earlier row began. */
  readonly isTraceLine: boolean;
  /** No control character in it, so that it is seen as it is. */
  readonly isPlain: boolean;
  /** Index into `logLevels`. */
  readonly level: number;
  /** Number of the container in the log's list of sources. */
  readonly source: number;
  readonly data: Uint8Array;
}

const countBytes = 4;
const atBytes = 8;
const lengthBytes = 4;
const sourceBytes = 2;
const metaBytes = atBytes + lengthBytes + sourceBytes + 2;

const stderrFlag = 1;
const continuationFlag = 2;
const eventFlag = 4;
const traceFlag = 8;

export const maxBlockRows = 1024;
/** A block that finds no room on the disk takes one more, which says so. */
export const mostBlockRows = maxBlockRows + 1;
const maxBlockBytes = 256_000;
const firstTextBytes = 16_384;
const newline = 0x0a;

/**
 * Gathers rows and makes one block of bytes of them: the count (u32), then column by column the times (f64, NaN for
 * none), text lengths (u32), sources (u16), levels (u8) and flags (u8), then the texts with a line feed after each.
 * Columns let a search read the texts in one go, and a filter only the column that it asks for. Little-endian.
 */
export class BlockBuilder {
  private readonly meta = Buffer.allocUnsafe(countBytes + mostBlockRows * metaBytes);
  private readonly columns = columnsOf(mostBlockRows);
  private text = Buffer.allocUnsafe(firstTextBytes);
  private textBytes = 0;
  private rows = 0;
  private built: Buffer | undefined;
  private read: BlockReader | undefined;

  get count(): number {
    return this.rows;
  }

  get isFull(): boolean {
    return this.rows >= maxBlockRows || this.textBytes >= maxBlockBytes;
  }

  /** Copies what it keeps. */
  add(row: SpoolRow): void {
    const { meta, columns, rows } = this;
    meta.writeDoubleLE(row.at ?? Number.NaN, columns.at + rows * atBytes);
    meta.writeUInt32LE(row.data.length, columns.length + rows * lengthBytes);
    meta.writeUInt16LE(row.source, columns.source + rows * sourceBytes);
    meta[columns.level + rows] = row.level;
    meta[columns.flags + rows] =
      (row.isStderr ? stderrFlag : 0) |
      (row.isContinuation ? continuationFlag : 0) |
      (row.kind === 'event' ? eventFlag : 0) |
      (row.isTraceLine ? traceFlag : 0);
    this.rows++;
    this.reserve(row.data.length + 1);
    this.text.set(row.data, this.textBytes);
    this.textBytes += row.data.length;
    this.text[this.textBytes++] = newline;
    this.built = undefined;
    this.read = undefined;
  }

  /** Of the block as of now: whoever asks for one row after the other gets the same. */
  get reader(): BlockReader {
    this.read ??= new BlockReader(this.build());
    return this.read;
  }

  /** The block as of now. */
  build(): Buffer {
    if (this.built !== undefined) return this.built;
    const { meta, columns: from, rows } = this;
    const to = columnsOf(rows);
    const block = Buffer.allocUnsafe(to.text + this.textBytes);
    block.writeUInt32LE(rows, 0);
    meta.copy(block, to.at, from.at, from.at + rows * atBytes);
    meta.copy(block, to.length, from.length, from.length + rows * lengthBytes);
    meta.copy(block, to.source, from.source, from.source + rows * sourceBytes);
    meta.copy(block, to.level, from.level, from.level + rows);
    meta.copy(block, to.flags, from.flags, from.flags + rows);
    this.text.copy(block, to.text, 0, this.textBytes);
    this.built = block;
    return block;
  }

  /** Empty again, with the memory it has. */
  clear(): void {
    this.rows = 0;
    this.textBytes = 0;
    this.built = undefined;
    this.read = undefined;
  }

  private reserve(bytes: number): void {
    const needed = this.textBytes + bytes;
    if (needed <= this.text.length) return;
    const bigger = Buffer.allocUnsafe(Math.max(needed, 2 * this.text.length));
    this.text.copy(bigger, 0, 0, this.textBytes);
    this.text = bigger;
  }
}

function columnsOf(
  count: number,
): Readonly<Record<'at' | 'length' | 'source' | 'level' | 'flags' | 'text', number>> {
  const at = countBytes;
  const length = at + count * atBytes;
  const source = length + count * lengthBytes;
  const level = source + count * sourceBytes;
  const flags = level + count;
  return { at, length, source, level, flags, text: flags + count };
}

/** Reads what `BlockBuilder` made. Rows are numbered from 0. */
export class BlockReader {
  readonly count: number;
  private readonly bytes: Buffer;
  private readonly columns: ReturnType<typeof columnsOf>;
  private starts: Uint32Array | undefined;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
    this.count = bytes.readUInt32LE(0);
    this.columns = columnsOf(this.count);
  }

  /** All texts, each with a line feed behind. */
  get texts(): Buffer {
    return this.bytes.subarray(this.columns.text);
  }

  /** Where each text begins in `texts`, and behind them where one more would. */
  get textStarts(): Uint32Array {
    if (this.starts !== undefined) return this.starts;
    const starts = new Uint32Array(this.count + 1);
    let start = 0;
    for (let at = 0; at < this.count; at++) {
      starts[at] = start;
      start += this.bytes.readUInt32LE(this.columns.length + at * lengthBytes) + 1;
    }
    starts[this.count] = start;
    this.starts = starts;
    return starts;
  }

  timeOf(row: number): number | undefined {
    const at = this.bytes.readDoubleLE(this.columns.at + row * atBytes);
    return Number.isNaN(at) ? undefined : at;
  }

  levelOf(row: number): number {
    return this.bytes[this.columns.level + row] ?? 0;
  }

  sourceOf(row: number): number {
    return this.bytes.readUInt16LE(this.columns.source + row * sourceBytes);
  }

  isLine(row: number): boolean {
    return (this.flagsOf(row) & eventFlag) === 0;
  }

  isStderr(row: number): boolean {
    return (this.flagsOf(row) & stderrFlag) !== 0;
  }

  isContinuation(row: number): boolean {
    return (this.flagsOf(row) & continuationFlag) !== 0;
  }

  isTraceLine(row: number): boolean {
    return (this.flagsOf(row) & traceFlag) !== 0;
  }

  textOf(row: number): string {
    const starts = this.textStarts;
    return this.texts.toString('utf8', starts[row], (starts[row + 1] ?? 1) - 1);
  }

  row(row: number): LogRow {
    const source = this.sourceOf(row);
    if (!this.isLine(row))
      // Written by us, in the spool's own folder.
      return {
        kind: 'event',
        at: this.timeOf(row) ?? 0,
        source,
        event: JSON.parse(this.textOf(row)) as LogEvent,
      };
    return {
      kind: 'line',
      stream: this.isStderr(row) ? 'stderr' : 'stdout',
      at: this.timeOf(row),
      level: this.levelOf(row),
      source,
      text: this.textOf(row),
      isContinuation: this.isContinuation(row),
      isTraceLine: this.isTraceLine(row),
    };
  }

  private flagsOf(row: number): number {
    return this.bytes[this.columns.flags + row] ?? 0;
  }
}
