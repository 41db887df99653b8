import { setTimeout as pause } from 'node:timers/promises';

export interface Patience {
  /** What is being waited for, for the message of a time-out. */
  readonly what: string;
  readonly deadlineMs: number;
  readonly everyMs?: number;
  /** Ends the wait early, with an error, when the thing can't come any more (its process ended, say). */
  readonly hopeless?: () => string | undefined;
}

/** Polls `probe` until it returns something other than undefined or false; a probe that throws counts as "not yet". */
export async function waitFor<T>(
  patience: Patience,
  probe: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<T> {
  const end = Date.now() + patience.deadlineMs;
  let lastError: unknown;
  for (;;) {
    try {
      const value = await probe();
      if (value !== undefined && value !== false) return value;
      lastError = undefined;
    } catch (error) {
      lastError = error;
    }
    const reason = patience.hopeless?.();
    if (reason !== undefined) throw new Error(`${patience.what}: ${reason}`);
    if (Date.now() >= end) {
      const detail = lastError instanceof Error ? ` (${lastError.message})` : '';
      throw new Error(`${patience.what}: not within ${patience.deadlineMs} ms${detail}`);
    }
    await pause(patience.everyMs ?? 25);
  }
}
