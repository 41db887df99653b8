import type { LogState } from '../../model/log.ts';
import type { Sight } from './anchor.ts';
import type { LogList } from './list.ts';
import type { Shows } from './shows.ts';

/** What was shown so far put out of sight, as a terminal does it. The log is still held. */
export class Clearing {
  private readonly list: LogList;
  private readonly shows: Shows;
  private readonly state: () => LogState | undefined;

  constructor(options: {
    readonly list: LogList;
    readonly shows: Shows;
    readonly state: () => LogState | undefined;
  }) {
    this.list = options.list;
    this.shows = options.shows;
    this.state = options.state;
  }

  /** With nothing to clear, what was cleared shows again. */
  toggle(): void {
    const state = this.state();
    if (state === undefined) return;
    const { extent, nextRow, cleared } = state;
    if (extent.endRow > extent.firstRow)
      void this.shows.change({ ...this.shows.show, fromRow: nextRow }, undefined);
    else if (cleared !== undefined) this.undo(this.list.sight());
  }

  /** Everything shows again. */
  undo(sight: Sight | undefined): void {
    void this.shows.change({ ...this.shows.show, fromRow: undefined }, sight);
  }

  hides(row: number): boolean {
    return row < (this.shows.show.fromRow ?? Number.NEGATIVE_INFINITY);
  }
}
