/** Part of a list that somebody else has, and how long the whole is. */
export interface ListWindow<T> {
  readonly rows: readonly T[];
  readonly total: number;
}

export type FetchWindow<T> = (first: number, count: number) => Promise<ListWindow<T>>;

/** Rows to ask for before and after those on screen, so that scrolling finds them there. */
const marginRows = 100;
/** As many as are answered at once. */
const maxRows = 1000;

/**
 * The few rows of a long list that the page holds: those on screen and a margin. What is missing is asked for, one window
 * at a time; by the time it is there the page may look elsewhere, and asks again.
 */
export class WindowCache<T> {
  private readonly onRows: () => void;
  private readonly rows = new Map<number, T>();
  private fetch: FetchWindow<T> | undefined;
  private epoch = 0;
  private isFetching = false;
  private length = 0;

  constructor(onRows: () => void) {
    this.onRows = onRows;
  }

  get total(): number {
    return this.length;
  }

  get(position: number): T | undefined {
    return this.rows.get(position);
  }

  /**
   * Another list, which takes the place of this one as soon as its rows from `first` on are there: until then the old rows
   * show. False when yet another one was asked for meanwhile.
   */
  async restart(fetch: FetchWindow<T>, first: number, count: number): Promise<boolean> {
    const epoch = ++this.epoch;
    this.isFetching = true;
    const from = Math.max(0, first - marginRows);
    const window = await fetch(from, Math.min(maxRows, first - from + count + marginRows)).catch(
      () => undefined,
    );
    if (epoch !== this.epoch) return false;
    this.isFetching = false;
    this.fetch = fetch;
    this.rows.clear();
    this.length = window?.total ?? 0;
    this.put(from, window?.rows ?? []);
    return true;
  }

  /** Lets go of what is far from these rows and asks for what is missing among them. */
  need(first: number, end: number): void {
    for (const position of this.rows.keys())
      if (position < first - 2 * marginRows || position >= end + 2 * marginRows) this.rows.delete(position);
    if (this.isFetching) return;
    let missing = first;
    while (missing < end && this.rows.has(missing)) missing++;
    if (missing >= end) return;
    const from = Math.max(0, missing === first ? first - marginRows : missing);
    const count = Math.min(this.length, end + marginRows) - from;
    if (count > 0) void this.load(from, Math.min(count, maxRows));
  }

  private async load(first: number, count: number): Promise<void> {
    const { epoch, fetch } = this;
    if (fetch === undefined) return;
    this.isFetching = true;
    // The host said no or is gone: the rows stay blank until they are needed again.
    const window = await fetch(first, count).catch(() => undefined);
    if (epoch !== this.epoch) return;
    this.isFetching = false;
    if (window === undefined || window.rows.length === 0) return;
    this.put(first, window.rows);
    this.onRows();
  }

  private put(first: number, rows: readonly T[]): void {
    rows.forEach((row, at) => this.rows.set(first + at, row));
  }
}
