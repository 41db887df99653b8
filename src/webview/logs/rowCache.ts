import { type MarkedRow, maxWindowRows, type RowWindow } from '../../model/log.ts';

/** Rows to ask for before and after those on screen, so that scrolling finds them there. */
const marginRows = 150;

/**
 * The few rows that the page holds: those on screen and a margin. What is missing is asked for, one window at a time;
 * by the time it is there the page may look elsewhere, and asks again.
 */
export class RowCache {
  private readonly fetch: (firstRow: number, count: number) => Promise<RowWindow>;
  private readonly onRows: () => void;
  private readonly rows = new Map<number, { readonly row: MarkedRow; readonly findId: number }>();
  private showId = 0;
  private findId = 0;
  private epoch = 0;
  private isFetching = false;

  constructor(fetch: (firstRow: number, count: number) => Promise<RowWindow>, onRows: () => void) {
    this.fetch = fetch;
    this.onRows = onRows;
  }

  get(position: number): MarkedRow | undefined {
    return this.rows.get(position)?.row;
  }

  values(): readonly MarkedRow[] {
    return [...this.rows.values()].map(({ row }) => row);
  }

  /** False for rows whose positions are not those of what is shown. */
  put({ showId, firstRow, rows, findId }: RowWindow): boolean {
    if (showId !== this.showId) return false;
    rows.forEach((row, at) => {
      const known = this.rows.get(firstRow + at);
      if (known === undefined || known.findId <= findId) this.rows.set(firstRow + at, { row, findId });
    });
    return true;
  }

  /** Rows whose marks belong to an earlier search are shown until they came again. */
  setFind(findId: number): void {
    this.findId = findId;
  }

  /** Positions begin anew: what is on its way is of the old ones. */
  restart(showId: number): void {
    this.showId = showId;
    this.epoch++;
    this.isFetching = false;
    this.rows.clear();
  }

  /** Lets go of what is far from these rows and asks for what is missing among them. */
  need(first: number, end: number, oldest: number, newest: number): void {
    for (const row of this.rows.keys())
      if (row < first - 2 * marginRows || row >= end + 2 * marginRows) this.rows.delete(row);
    if (this.isFetching) return;
    let missing = first;
    while (missing < end && this.isFresh(missing)) missing++;
    if (missing >= end) return;
    const from = Math.max(oldest, missing === first ? first - marginRows : missing);
    const count = Math.min(newest, end + marginRows) - from;
    if (count > 0) void this.load(from, Math.min(count, maxWindowRows));
  }

  private isFresh(row: number): boolean {
    return (this.rows.get(row)?.findId ?? -1) >= this.findId;
  }

  private async load(firstRow: number, count: number): Promise<void> {
    const { epoch } = this;
    this.isFetching = true;
    try {
      const window = await this.fetch(firstRow, count);
      if (epoch !== this.epoch) return;
      this.isFetching = false;
      if (this.put(window) && window.rows.length > 0) this.onRows();
    } catch {
      // The host said no or is gone: the rows stay blank until they are needed again.
      if (epoch === this.epoch) this.isFetching = false;
    }
  }
}
