import type { LocatedRow, LogState } from '../../model/log.ts';
import type { PageChannel } from '../../protocol/channel.ts';
import type { LogsContract } from '../../protocol/logs.ts';
import type { Bookmarks } from './bookmarks.ts';
import type { Clearing } from './clearing.ts';
import { findError } from './errorSearch.ts';
import type { LogList } from './list.ts';
import type { Pointed } from './pointed.ts';

/** Brings other places of the log on screen: a time, a bookmark, an error. */
export class Jumps {
  private readonly channel: PageChannel<LogsContract>;
  private readonly list: LogList;
  private readonly pointed: Pointed;
  private readonly bookmarks: Bookmarks;
  private readonly clearing: Clearing;
  private readonly state: () => LogState | undefined;

  constructor(options: {
    readonly channel: PageChannel<LogsContract>;
    readonly list: LogList;
    readonly pointed: Pointed;
    readonly bookmarks: Bookmarks;
    readonly clearing: Clearing;
    readonly state: () => LogState | undefined;
  }) {
    this.channel = options.channel;
    this.list = options.list;
    this.pointed = options.pointed;
    this.bookmarks = options.bookmarks;
    this.clearing = options.clearing;
    this.state = options.state;
  }

  async toTime(at: number): Promise<void> {
    const place = await this.locate({ at, row: undefined });
    if (place !== undefined) this.bring(place);
  }

  async toBookmark(direction: 'next' | 'previous'): Promise<void> {
    const row = this.bookmarks.from(this.pointed.current?.row ?? 0, direction);
    const place = row === undefined ? undefined : await this.locate({ at: undefined, row });
    if (row === undefined || place === undefined) return;
    this.pointed.point(row);
    this.bring(place);
  }

  /** Round the end if need be. */
  async toError(direction: 'next' | 'previous'): Promise<void> {
    const state = this.state();
    if (state === undefined) return;
    const { extent, showId } = state;
    const source = {
      rows: (firstRow: number, count: number) => this.channel.ask('rows', { firstRow, count }),
      locate: async (at: number) => (await this.locate({ at, row: undefined }))?.position,
      histogram: (parts: number) => this.channel.ask('histogram', { parts }),
    };
    const from = this.pointed.position ?? (this.list.isFollowing ? extent.endRow : this.list.position);
    const start = direction === 'next' ? extent.firstRow - 1 : extent.endRow;
    const found =
      (await findError(source, extent, from, direction).catch(() => undefined)) ??
      (await findError(source, extent, start, direction).catch(() => undefined));
    if (found === undefined || this.state()?.showId !== showId) return;
    this.pointed.point(found.row.row);
    this.list.scrollTo(found.position);
  }

  /** Also out of what was cleared away. */
  private bring({ position, row }: LocatedRow): void {
    if (row !== undefined && this.clearing.hides(row))
      this.clearing.undo({ row, offset: this.list.thirdOfScreen });
    else if (position !== undefined) this.list.scrollTo(position);
  }

  private async locate(wanted: {
    readonly at: number | undefined;
    readonly row: number | undefined;
  }): Promise<LocatedRow | undefined> {
    const showId = this.state()?.showId;
    const place = await this.channel.ask('locate', wanted).catch(() => undefined);
    // Positions of what is not shown any more are no places.
    return showId === this.state()?.showId ? place : undefined;
  }
}
