import { isCancelled } from '../base/cancellation.ts';
import type { Disposable } from '../base/lifecycle.ts';

/** Does things in the order they are asked for, a few at a time, and only while somebody looks. */
export class WorkQueue<T> implements Disposable {
  private readonly limit: number;
  private readonly work: (item: T, signal: AbortSignal) => Promise<void>;
  private readonly waiting = new Map<string, T>();
  private readonly running = new Set<string>();
  private attention: AbortController | undefined;

  /** `work` rejects for nothing but its signal. */
  constructor(limit: number, work: (item: T, signal: AbortSignal) => Promise<void>) {
    this.limit = limit;
    this.work = work;
  }

  /** Once, however often it is asked for. */
  add(key: string, item: T): void {
    if (this.running.has(key) || this.waiting.has(key)) return;
    this.waiting.set(key, item);
    this.start();
  }

  clear(): void {
    this.waiting.clear();
  }

  resume(): void {
    this.attention ??= new AbortController();
    this.start();
  }

  /** Breaks off what is under way, to be done when somebody looks again. */
  pause(): void {
    this.attention?.abort();
    this.attention = undefined;
  }

  dispose(): void {
    this.clear();
    this.pause();
  }

  private start(): void {
    const { attention } = this;
    if (attention === undefined) return;
    for (const [key, item] of this.waiting) {
      if (this.running.size >= this.limit) return;
      this.waiting.delete(key);
      this.running.add(key);
      void this.run(key, item, attention.signal);
    }
  }

  private async run(key: string, item: T, signal: AbortSignal): Promise<void> {
    try {
      await this.work(item, signal);
      this.running.delete(key);
    } catch (error) {
      this.running.delete(key);
      if (isCancelled(error)) this.waiting.set(key, item);
    }
    this.start();
  }
}
