/** Something with an end. Structurally equal to `vscode.Disposable`, so both sides can own each other's things. */
export interface Disposable {
  dispose(): void;
}

/** Makes a disposable of a function; the function runs once, however often `dispose` is called. */
export function toDisposable(end: () => void): Disposable {
  let ended = false;
  return {
    dispose() {
      if (ended) return;
      ended = true;
      end();
    },
  };
}

/** Owns disposables and ends them together, last added first. What is added after the end is ended at once. */
export class DisposableStore implements Disposable {
  private readonly owned = new Set<Disposable>();
  private disposed = false;

  get isDisposed(): boolean {
    return this.disposed;
  }

  add<T extends Disposable>(disposable: T): T {
    if (this.disposed) disposable.dispose();
    else this.owned.add(disposable);
    return disposable;
  }

  /** Ends one owned thing before the store ends. */
  delete(disposable: Disposable): void {
    if (this.owned.delete(disposable)) disposable.dispose();
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    for (const disposable of [...this.owned].reverse()) disposable.dispose();
    this.owned.clear();
  }
}

/** Holds one replaceable disposable: setting a new value ends the one before it. */
export class MutableDisposable<T extends Disposable> implements Disposable {
  private current: T | undefined;
  private disposed = false;

  get value(): T | undefined {
    return this.current;
  }

  set(value: T | undefined): void {
    this.current?.dispose();
    this.current = undefined;
    if (this.disposed) value?.dispose();
    else this.current = value;
  }

  dispose(): void {
    this.disposed = true;
    this.current?.dispose();
    this.current = undefined;
  }
}
