/**
 * The host's end of a numbered stream of changes: never more than `maxUnacknowledged` on their way; what comes
 * meanwhile is merged into one that waits. So a slow page costs one delta of memory, and a hidden one nothing.
 */
export class DeltaSender<Delta> {
  private readonly maxUnacknowledged: number;
  private readonly merge: (earlier: Delta, later: Delta) => Delta;
  private readonly post: (seq: number, delta: Delta) => void;
  private isOpen = false;
  private seq = 0;
  private acknowledged = 0;
  private waiting: Delta | undefined;

  constructor(options: {
    readonly maxUnacknowledged: number;
    readonly merge: (earlier: Delta, later: Delta) => Delta;
    readonly post: (seq: number, delta: Delta) => void;
  }) {
    this.maxUnacknowledged = options.maxUnacknowledged;
    this.merge = options.merge;
    this.post = options.post;
  }

  /** Nothing is sent until the next snapshot: there is no page, or it has asked to begin anew. */
  close(): void {
    this.isOpen = false;
    this.waiting = undefined;
  }

  /** A snapshot goes out that holds all so far. Returns its number; the deltas after it count on from there. */
  open(): number {
    this.isOpen = true;
    this.waiting = undefined;
    this.acknowledged = this.seq;
    return this.seq;
  }

  offer(delta: Delta): void {
    if (!this.isOpen) return;
    this.waiting = this.waiting === undefined ? delta : this.merge(this.waiting, delta);
    this.flush();
  }

  acknowledge(seq: number): void {
    if (seq > this.seq || seq <= this.acknowledged) return;
    this.acknowledged = seq;
    this.flush();
  }

  private flush(): void {
    if (this.waiting === undefined || this.seq - this.acknowledged >= this.maxUnacknowledged) return;
    const delta = this.waiting;
    this.waiting = undefined;
    this.post(++this.seq, delta);
  }
}

/** The page's end: says of each delta whether it follows on what is shown. */
export class DeltaReceiver {
  private expected: number | undefined;

  /** A snapshot with this number is shown. */
  restart(seq: number): void {
    this.expected = seq + 1;
  }

  /** `gap`: something is missing, ask for a snapshot; `stale`: from before the snapshot that is shown or asked for. */
  accept(seq: number): 'next' | 'stale' | 'gap' {
    if (this.expected === undefined || seq < this.expected) return 'stale';
    if (seq > this.expected) {
      this.expected = undefined;
      return 'gap';
    }
    this.expected++;
    return 'next';
  }
}
