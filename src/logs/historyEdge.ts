import type { StampedLine } from './lineSplitter.ts';
import { compareStamps, type Stamp } from './stamp.ts';

/** So many stamps, to the nanosecond, in a row are those of one place in a log, whatever its clock did. */
const leastLines = 9;

/** The lines at the beginning of what is held of one container's log: where an older part must join. */
export class HistoryEdge {
  private known: Stamp[] = [];
  private isClosed = false;
  private records = 0;
  private isTimely = true;

  /** Log records held, all to the end: the engine counts a tail in these. */
  get heldRecords(): number {
    return this.records;
  }

  /** The stamps of the first lines. */
  get stamps(): readonly Stamp[] {
    return this.known;
  }

  /** No further line can belong to `stamps`. */
  get isWhole(): boolean {
    return this.isClosed;
  }

  /** No older line that was met has a later stamp than these: a request can end by time. */
  get isInOrder(): boolean {
    return this.isTimely;
  }

  /** The container's clock was set back: what is older may have later stamps. */
  setOutOfOrder(): void {
    this.isTimely = false;
  }

  /** A line behind all that are held. */
  add({ stamp, records }: StampedLine): void {
    this.records += records;
    if (stamp !== undefined) this.push(stamp);
  }

  /** Puts another edge's lines before these. */
  prepend(older: HistoryEdge): void {
    this.records += older.records;
    const behind = this.known;
    this.known = [...older.known];
    this.isClosed = older.isClosed;
    for (const stamp of behind) this.push(stamp);
  }

  /** Where a request for what is older may end; undefined when no line has a stamp. */
  get until(): Stamp | undefined {
    return this.known.reduce<Stamp | undefined>(
      (latest, stamp) => (latest === undefined || compareStamps(stamp, latest) > 0 ? stamp : latest),
      undefined,
    );
  }

  private push(stamp: Stamp): void {
    if (this.isClosed) return;
    const last = this.known.at(-1);
    this.known.push(stamp);
    // Lines of one stamp are told apart by their number: the last of them must be seen to be the last.
    this.isClosed = this.known.length >= leastLines && last !== undefined && compareStamps(stamp, last) !== 0;
  }
}
