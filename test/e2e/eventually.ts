import { expect } from 'vitest';

const patienceMs = 15_000;
const everyMs = 50;

/** An expectation of something that is about to come true; it is asked again until it is, within a bound. */
export function eventually<T>(probe: () => T): ReturnType<typeof expect.poll<T>> {
  return expect.poll(probe, { timeout: patienceMs, interval: everyMs });
}
