import { CancelledError } from './cancellation.ts';

/** Time as the code sees it; tests pass their own. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls back once after `ms`; the returned function cancels it. */
  after(ms: number, callback: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => {
      clearTimeout(timer);
    };
  },
};

/** Waits `ms`; rejects with `CancelledError` as soon as the signal aborts. */
export function delay(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(new CancelledError());
      return;
    }
    const onAbort = (): void => {
      cancel();
      reject(new CancelledError());
    };
    const cancel = clock.after(ms, () => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    });
    signal.addEventListener('abort', onAbort, { once: true });
  });
}

/** The promise's outcome; rejects with `CancelledError` as soon as the signal aborts. */
export async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const onAbort = (): void => {
    aborted.reject(new CancelledError());
  };
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** Runs `work` on every item, at most `limit` at a time; results keep the order of the items. */
export async function mapLimited<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const entries = items.entries();
  const lane = async (): Promise<void> => {
    for (const [index, item] of entries) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, lane));
  return results;
}

/**
 * Calls through at once, and gathers what comes during the milliseconds that `callback` returns into one more call
 * after them. The first call of a burst is never late, and the last one is never lost.
 */
export function throttle(clock: Clock, callback: () => number): Throttled {
  let cancel: (() => void) | undefined;
  let isPending = false;
  const pass = (): void => {
    isPending = false;
    const ms = callback();
    if (ms > 0) cancel = clock.after(ms, open);
  };
  const open = (): void => {
    cancel = undefined;
    if (isPending) pass();
  };
  return {
    call() {
      if (cancel === undefined) pass();
      else isPending = true;
    },
    dispose() {
      cancel?.();
      cancel = undefined;
      isPending = false;
    },
  };
}

export interface Throttled {
  call(): void;
  dispose(): void;
}
