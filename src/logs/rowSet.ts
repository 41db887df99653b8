/** Some of a block's rows, one bit each. */
export class RowSet {
  private readonly bits: Uint8Array;

  /** For rows below `count`; begins with those of a smaller set. */
  constructor(count: number, smaller?: RowSet) {
    this.bits = new Uint8Array(Math.ceil(count / 8));
    if (smaller !== undefined) this.bits.set(smaller.bits);
  }

  add(row: number): void {
    this.bits[row >> 3] = (this.bits[row >> 3] ?? 0) | (1 << (row & 7));
  }

  has(row: number): boolean {
    return ((this.bits[row >> 3] ?? 0) & (1 << (row & 7))) !== 0;
  }

  /** Rising. */
  *all(): Generator<number, void> {
    for (const [at, byte] of this.bits.entries())
      for (let bit = 0; byte >> bit > 0; bit++) if (((byte >> bit) & 1) === 1) yield at * 8 + bit;
  }
}
