/** Rows that somebody wants to come back to, by their numbers. */
export class Bookmarks {
  private rows: readonly number[] = [];

  has(row: number): boolean {
    return this.rows.includes(row);
  }

  toggle(row: number): void {
    this.rows = this.has(row)
      ? this.rows.filter((each) => each !== row)
      : [...this.rows, row].sort((a, b) => a - b);
  }

  clear(): void {
    this.rows = [];
  }

  /** Round the end if need be. */
  from(row: number, direction: 'next' | 'previous'): number | undefined {
    if (direction === 'next') return this.rows.find((each) => each > row) ?? this.rows[0];
    return this.rows.findLast((each) => each < row) ?? this.rows.at(-1);
  }
}
