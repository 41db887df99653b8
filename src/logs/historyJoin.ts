import type { HistoryEdge } from './historyEdge.ts';
import type { StampedLine } from './lineSplitter.ts';
import { compareStamps, type Stamp } from './stamp.ts';

/** Finds, in a log that is read from some older place on, where the lines begin that are held already. */
export class HistoryJoin {
  private readonly stamps: readonly Stamp[];
  private readonly isWhole: boolean;
  private waiting: StampedLine[] = [];
  private hasJoined = false;

  constructor({ stamps, isWhole }: HistoryEdge) {
    this.stamps = stamps.slice();
    this.isWhole = isWhole;
  }

  /** The held lines have come: nothing after them is of interest. */
  get isJoined(): boolean {
    return this.hasJoined;
  }

  /** Takes in some lines; answers those that are older than all that are held, for sure. */
  push(lines: readonly StampedLine[]): readonly StampedLine[] {
    const { stamps, isWhole, waiting } = this;
    const all = waiting.length === 0 ? [...lines] : waiting.concat(lines);
    // While the next line may be one of theirs too, as where all have one stamp, it is waited for.
    const last = isWhole ? all.length : all.length - 1;
    for (let end = Math.max(waiting.length, stamps.length); end <= last; end++) {
      if (!this.isEdge(all, end) || (!isWhole && this.isEdge(all, end + 1))) continue;
      this.hasJoined = true;
      this.waiting = [];
      return all.slice(0, end - stamps.length);
    }
    const ready = all.slice(0, Math.max(0, all.length - stamps.length));
    this.waiting = all.slice(ready.length);
    return ready;
  }

  /** Nothing more comes. */
  end(): void {
    this.hasJoined ||= this.isEdge(this.waiting, this.waiting.length);
  }

  private isEdge(lines: readonly StampedLine[], end: number): boolean {
    const start = end - this.stamps.length;
    if (start < 0) return false;
    for (let at = this.stamps.length - 1; at >= 0; at--) {
      const stamp = this.stamps[at];
      const found = lines[start + at]?.stamp;
      if (stamp === undefined || found === undefined || compareStamps(stamp, found) !== 0) return false;
    }
    return true;
  }
}
