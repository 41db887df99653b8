import type { MarkedRow } from '../../model/log.ts';
import type { Sight } from './anchor.ts';
import type { LogList } from './list.ts';
import type { Pointed } from './pointed.ts';
import type { RowCache } from './rowCache.ts';
import type { Shows } from './shows.ts';

/** Most traces that are open one by one; the protocol has a limit, and nobody opens so many. */
const maxUnfolded = 5000;

/** Stack traces as one row or as all their lines. */
export class Folding {
  private readonly list: LogList;
  private readonly shows: Shows;
  private readonly cache: RowCache;
  private readonly pointed: Pointed;

  constructor(options: {
    readonly list: LogList;
    readonly shows: Shows;
    readonly cache: RowCache;
    readonly pointed: Pointed;
  }) {
    this.list = options.list;
    this.shows = options.shows;
    this.cache = options.cache;
    this.pointed = options.pointed;
    this.list.rows.body.addEventListener('click', ({ target }) => {
      const isButton = target instanceof Element && target.closest('.fold') !== null;
      const row = isButton ? this.list.rows.rowAround(target) : undefined;
      if (row !== undefined) void this.toggle(row, true);
    });
  }

  /** The log is another one: its rows have other numbers. */
  forget(): void {
    this.shows.show = { ...this.shows.show, unfolded: [] };
  }

  /** All traces at once. */
  toggleAll(): void {
    const { show } = this.shows;
    const sight = this.list.sight();
    void this.shows.change({ ...show, isFolding: !show.isFolding, unfolded: [] }, sight);
  }

  /** The trace of the row that keys are meant for, or the first on screen. */
  toggleHere(): void {
    const row = this.headOf(this.pointed.current) ?? this.firstOnScreen();
    if (row !== undefined) void this.toggle(row, false);
  }

  /** Shows the lines of one trace. Answers where the row in sight is then. */
  unfold(head: number, sight: Sight): Promise<number | undefined> {
    const { show } = this.shows;
    const unfolded = [...show.unfolded.filter((row) => row !== head), head].slice(-maxUnfolded);
    return this.shows.change({ ...show, unfolded }, sight);
  }

  private async toggle(head: MarkedRow, takesFocus: boolean): Promise<void> {
    const sight = this.list.sightOf(head.row);
    if (head.isUnfolded === true) await this.fold(head.row, sight);
    else await this.unfold(head.row, sight);
    if (!takesFocus) return;
    const position = this.list.rows.positionOf(head.row);
    const drawn = position === undefined ? undefined : this.list.rows.at(position);
    drawn?.element.querySelector<HTMLElement>('.fold')?.focus({ preventScroll: true });
  }

  private fold(head: number, sight: Sight): Promise<number | undefined> {
    const { show } = this.shows;
    // Where all are open, those that the page holds stay so.
    const open = show.isFolding
      ? show.unfolded
      : this.cache.values().flatMap(({ row, traceLines = 0 }) => (traceLines > 0 ? [row] : []));
    const unfolded = open.filter((row) => row !== head);
    return this.shows.change({ ...show, isFolding: true, unfolded }, sight);
  }

  /** The row itself, or the head of the trace that it stands in. */
  private headOf(row: MarkedRow | undefined): MarkedRow | undefined {
    if (row === undefined) return undefined;
    if ((row.traceLines ?? 0) > 0) return row;
    if (row.kind !== 'line' || !row.isTraceLine) return undefined;
    const { stream, source } = row;
    return this.cache
      .values()
      .filter(
        (each) =>
          each.kind === 'line' &&
          each.stream === stream &&
          each.source === source &&
          each.row < row.row &&
          (each.traceLines ?? 0) > 0,
      )
      .sort((a, b) => b.row - a.row)[0];
  }

  private firstOnScreen(): MarkedRow | undefined {
    const [first, end] = this.list.screen;
    for (let position = first; position < end; position++) {
      const row = this.cache.get(position);
      if ((row?.traceLines ?? 0) > 0) return row;
    }
    return undefined;
  }
}
