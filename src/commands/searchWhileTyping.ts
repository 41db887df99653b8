import type { Clock } from '../base/async.ts';

/** A pause in typing: each search goes over the network. */
const pauseMs = 300;

/** Searches for what was typed last, once typing pauses. What comes of an older search is dropped, and it is given up. */
export class SearchWhileTyping<T> {
  private readonly clock: Clock;
  private readonly search: (text: string, signal: AbortSignal) => Promise<T>;
  private readonly show: (found: T) => void;
  private cancelTimer: () => void = () => undefined;
  private running = new AbortController();

  /** `search` rejects only when it was given up. */
  constructor(
    clock: Clock,
    search: (text: string, signal: AbortSignal) => Promise<T>,
    show: (found: T) => void,
  ) {
    this.clock = clock;
    this.search = search;
    this.show = show;
  }

  type(text: string): void {
    this.dispose();
    const { signal } = (this.running = new AbortController());
    this.cancelTimer = this.clock.after(pauseMs, () => {
      this.search(text, signal).then(
        (found) => {
          if (!signal.aborted) this.show(found);
        },
        () => undefined,
      );
    });
  }

  dispose(): void {
    this.cancelTimer();
    this.running.abort();
  }
}
