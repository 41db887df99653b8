const blockRows = 256;

interface Block {
  /** Height above one line, by row. */
  readonly extras: Map<number, number>;
  sum: number;
}

/**
 * Where each row of a long list is, when most rows are one line high and few were ever measured. Only what differs
 * from one line is kept, and only for rows that were on screen.
 */
export class RowHeights {
  private readonly blocks = new Map<number, Block>();
  private lineHeight: number;

  constructor(lineHeight: number) {
    this.lineHeight = lineHeight;
  }

  /** Width, font or wrapping changed: nothing measured holds any more. */
  reset(lineHeight: number): void {
    this.lineHeight = lineHeight;
    this.blocks.clear();
  }

  /** True when the row turned out to be of another height than it was taken for. */
  measured(row: number, height: number): boolean {
    const key = Math.floor(row / blockRows);
    const extra = height - this.lineHeight;
    let block = this.blocks.get(key);
    const before = block?.extras.get(row) ?? 0;
    if (Math.abs(extra - before) < 0.01) return false;
    if (block === undefined) {
      block = { extras: new Map(), sum: 0 };
      this.blocks.set(key, block);
    }
    block.sum += extra - before;
    if (Math.abs(extra) < 0.01) block.extras.delete(row);
    else block.extras.set(row, extra);
    return true;
  }

  heightOf(row: number): number {
    return this.lineHeight + (this.blocks.get(Math.floor(row / blockRows))?.extras.get(row) ?? 0);
  }

  /** Height of the rows from `first` up to, not including, `end`. */
  between(first: number, end: number): number {
    if (end <= first) return 0;
    return (end - first) * this.lineHeight + this.extraBefore(end) - this.extraBefore(first);
  }

  /** The row at a distance below the top of `first`; never past the last row before `end`. */
  rowAt(distance: number, first: number, end: number): number {
    let low = first;
    let high = Math.max(first, end - 1);
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.between(first, middle) <= distance) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Rows before this one are gone. */
  dropBefore(row: number): void {
    for (const key of this.blocks.keys()) if ((key + 1) * blockRows <= row) this.blocks.delete(key);
  }

  private extraBefore(row: number): number {
    const last = Math.floor(row / blockRows);
    let sum = 0;
    for (const [key, block] of this.blocks) {
      if (key < last) sum += block.sum;
      else if (key === last) for (const [at, extra] of block.extras) if (at < row) sum += extra;
    }
    return sum;
  }
}
