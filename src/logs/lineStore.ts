import type { LogExtent, LogRow } from '../model/log.ts';

export interface LineStoreLimits {
  readonly maxRows: number;
  readonly maxBytes: number;
}

/** What the process spends on a row beside its text, roughly. */
const rowOverheadBytes = 96;
const maxBlockRows = 1024;
const maxBlockBytes = 256_000;

interface Block {
  readonly firstRow: number;
  readonly rows: LogRow[];
  lines: number;
  bytes: number;
}

/** The newest rows of a log, within a number and a size. The oldest go in whole blocks, and are counted. */
export class LineStore {
  private readonly limits: LineStoreLimits;
  private readonly blocks: Block[] = [];
  private bytes = 0;
  private endRow = 0;
  private lines = 0;
  private droppedLines = 0;
  private hasEarlier = false;

  constructor(limits: LineStoreLimits) {
    this.limits = limits;
  }

  get extent(): LogExtent {
    const { endRow, lines, droppedLines, hasEarlier } = this;
    return { firstRow: this.firstRow, endRow, lines, droppedLines, hasEarlier };
  }

  get firstRow(): number {
    return this.blocks[0]?.firstRow ?? this.endRow;
  }

  get end(): number {
    return this.endRow;
  }

  /** The engine has lines from before the first one. */
  markEarlier(): void {
    this.hasEarlier = true;
  }

  append(row: LogRow, sizeBytes: number): void {
    let block = this.blocks.at(-1);
    if (block === undefined || block.rows.length >= maxBlockRows || block.bytes >= maxBlockBytes) {
      block = { firstRow: this.endRow, rows: [], lines: 0, bytes: 0 };
      this.blocks.push(block);
    }
    block.rows.push(row);
    this.endRow++;
    const bytes = sizeBytes + rowOverheadBytes;
    block.bytes += bytes;
    this.bytes += bytes;
    if (row.kind === 'line' && !row.isContinuation) {
      block.lines++;
      this.lines++;
    }
    this.dropOldest();
  }

  row(number: number): LogRow | undefined {
    const block = this.blocks[this.blockOf(number)];
    return block?.rows[number - block.firstRow];
  }

  private dropOldest(): void {
    for (;;) {
      const [oldest, next] = this.blocks;
      if (oldest === undefined || next === undefined) return;
      const isOver = this.endRow - next.firstRow >= this.limits.maxRows || this.bytes > this.limits.maxBytes;
      if (!isOver) return;
      this.blocks.shift();
      this.bytes -= oldest.bytes;
      this.lines -= oldest.lines;
      this.droppedLines += oldest.lines;
    }
  }

  /** Index of the last block that begins at or before the row. */
  private blockOf(number: number): number {
    let low = 0;
    let high = this.blocks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.blocks[middle]?.firstRow ?? 0) <= number) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
