import type { StampedLine } from './lineSplitter.ts';
import { compareStamps, type Stamp } from './stamp.ts';

/** Lines whose stamps decide where the next request ends: two readers in the engine stamp them, a little out of order. */
const disorderLines = 8;

/** The lines at the beginning of what is held of one container's log: where an older part must join. */
export class HistoryEdge {
  private stamps: Stamp[] = [];
  private latest: Stamp | undefined;
  private isClosed = false;
  private records = 0;

  /** Log records held, all to the end: the engine counts a tail in these. */
  get heldRecords(): number {
    return this.records;
  }

  /** A line behind all that are held. */
  add({ stamp, records }: StampedLine): void {
    this.records += records;
    if (this.isClosed || stamp === undefined) return;
    this.stamps.push(stamp);
    if (this.stamps.length <= disorderLines) {
      if (this.latest === undefined || compareStamps(stamp, this.latest) > 0) this.latest = stamp;
    }
    // One later than the end of the request is all that is needed to know how many lines it will bring again.
    else this.isClosed = this.latest !== undefined && compareStamps(stamp, this.latest) > 0;
  }

  /** Puts another edge's lines before these. */
  prepend(older: HistoryEdge): void {
    this.records += older.records;
    if (older.stamps.length === 0) return;
    this.stamps = older.isClosed ? older.stamps : [...older.stamps, ...this.stamps];
    // An older part may be too short to stand for itself.
    this.latest = this.stamps
      .slice(0, disorderLines)
      .reduce((latest, stamp) => (compareStamps(stamp, latest) > 0 ? stamp : latest));
    this.isClosed = older.isClosed || this.isClosed;
  }

  /** Where a request for what is older must end; undefined when no line has a stamp. */
  get until(): Stamp | undefined {
    return this.latest;
  }

  /** How many of the lines held come again at the end of that request: the engine stops before the first later one. */
  get overlap(): number {
    const { latest } = this;
    if (latest === undefined) return 0;
    const end = this.stamps.findIndex((stamp) => compareStamps(stamp, latest) > 0);
    return end < 0 ? this.stamps.length : end;
  }
}
