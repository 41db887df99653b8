import { type Disposable, toDisposable } from './lifecycle.ts';

/** A subscription function, of the same shape as `vscode.Event`. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

/** The firing side of an event. A listener that throws does not keep the others from hearing. */
export class Emitter<T> implements Disposable {
  private readonly listeners = new Set<{ listener: (value: T) => void }>();
  private readonly onError: (error: unknown) => void;

  constructor(onError: (error: unknown) => void = reportAsync) {
    this.onError = onError;
  }

  readonly event: Event<T> = (listener) => {
    const entry = { listener };
    this.listeners.add(entry);
    return toDisposable(() => this.listeners.delete(entry));
  };

  fire(value: T): void {
    for (const entry of [...this.listeners]) {
      try {
        entry.listener(value);
      } catch (error) {
        this.onError(error);
      }
    }
  }

  dispose(): void {
    this.listeners.clear();
  }
}

/** Hands the error to the runtime's own reporting without breaking the loop that found it. */
function reportAsync(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
