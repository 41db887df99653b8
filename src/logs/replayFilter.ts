import type { StampedLine } from './lineSplitter.ts';
import { compareStamps, minusMilliseconds, printStamp, type Stamp } from './stamp.ts';

/** stdout and stderr are stamped by two readers in the engine: a line may come after one with a later stamp. */
const disorderMs = 250;
const maxRemembered = 100_000;
const maxRememberedBytes = 8_000_000;
/** Per remembered line beside its text. */
const overheadBytes = 64;

/**
 * Makes a log that was read in several connections one: asks each new one for what came since shortly before the end
 * of the last, and knows which of its first lines were read already, by stamp, stream and text. Lines that are equal
 * in all three are counted, so none is lost either.
 */
export class ReplayFilter {
  private remembered: StampedLine[] = [];
  private first = 0;
  private bytes = 0;
  private newest: Stamp | undefined;
  /** The latest stamp there ever was: a clock that was set back is behind it. */
  private latest: Stamp | undefined;
  /** What came before is remembered no longer, or never was. */
  private floor: Stamp | undefined;
  private expected = new Map<string, number>();
  private expectedUntil: Stamp | undefined;
  private hasJoined = true;

  /** No line before the newest has a later stamp: whatever comes next is told from what was read by its stamp alone. */
  get isInOrder(): boolean {
    const { newest, latest } = this;
    return newest !== undefined && latest !== undefined && compareStamps(newest, latest) >= 0;
  }

  /** Where the next connection must begin; undefined as long as nothing was read. */
  get since(): string | undefined {
    const { newest, floor } = this;
    if (newest === undefined || floor === undefined) return undefined;
    const start = minusMilliseconds(newest, disorderMs);
    return printStamp(compareStamps(floor, start) > 0 ? floor : start);
  }

  /** A connection begins at `since`: what is remembered is expected to come again. */
  expectReplay(): void {
    this.expected = new Map();
    this.expectedUntil = this.latest;
    for (let at = this.first; at < this.remembered.length; at++) {
      const line = this.remembered[at];
      if (line === undefined) continue;
      const key = identity(line);
      this.expected.set(key, (this.expected.get(key) ?? 0) + 1);
    }
    this.hasJoined = this.expected.size === 0;
  }

  /**
   * `old`: read before, or from before all that was read. `gap`: new, but the end of what was read did not come again,
   * so there may be lines between.
   */
  judge(line: StampedLine): 'new' | 'old' | 'gap' {
    if (this.expected.size === 0) return 'new';
    const key = identity(line);
    const count = this.expected.get(key);
    if (count !== undefined) {
      this.hasJoined = true;
      if (count === 1) this.expected.delete(key);
      else this.expected.set(key, count - 1);
      return 'old';
    }
    const { stamp } = line;
    const { expectedUntil } = this;
    const isLater =
      stamp === undefined || expectedUntil === undefined || compareStamps(stamp, expectedUntil) > 0;
    // An engine always tells a log in the same order: what it has before the first known line is older than that.
    if (!isLater) return this.hasJoined ? 'new' : 'old';
    const joined = this.hasJoined;
    this.expected.clear();
    this.hasJoined = true;
    return joined ? 'new' : 'gap';
  }

  /** A new line, or one from just before the first that counts. */
  remember(line: StampedLine): void {
    const { stamp } = line;
    if (stamp === undefined) return;
    this.remembered.push(line);
    this.bytes += line.data.length + overheadBytes;
    const isSetBack = this.newest !== undefined && toMs(this.newest) - toMs(stamp) > disorderMs + 1;
    if (isSetBack) this.floor = stamp;
    else this.floor ??= stamp;
    if (isSetBack || this.newest === undefined || compareStamps(stamp, this.newest) > 0) this.newest = stamp;
    if (this.latest === undefined || compareStamps(stamp, this.latest) > 0) this.latest = stamp;
    this.forgetOld(this.newest);
  }

  private forgetOld(newest: Stamp): void {
    for (;;) {
      const oldest = this.remembered[this.first];
      if (oldest?.stamp === undefined) break;
      const isOld = toMs(newest) - toMs(oldest.stamp) > disorderMs + 1;
      const isTooMuch =
        this.remembered.length - this.first > maxRemembered || this.bytes > maxRememberedBytes;
      if (!isOld && !isTooMuch) break;
      if (!isOld) this.floor = oldest.stamp;
      this.bytes -= oldest.data.length + overheadBytes;
      this.first++;
    }
    if (this.first > 4096 && this.first * 2 > this.remembered.length) {
      this.remembered = this.remembered.slice(this.first);
      this.first = 0;
    }
  }
}

function toMs({ seconds, nanos }: Stamp): number {
  return seconds * 1000 + nanos / 1_000_000;
}

function identity({ stamp, stream, isContinuation, text }: StampedLine): string {
  return `${stamp === undefined ? '' : printStamp(stamp)} ${stream} ${String(isContinuation)} ${text}`;
}
