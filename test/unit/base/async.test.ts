import { describe, expect, test } from 'vitest';
import { delay, mapLimited, throttle } from '../../../src/base/async.ts';
import { CancelledError, isCancelled, throwIfAborted } from '../../../src/base/cancellation.ts';
import { door } from '../../support/door.ts';
import { FakeClock, settle } from '../../support/fakeClock.ts';

describe('mapLimited', () => {
  test('runs no more at a time than it may, and keeps the order of the items', async () => {
    const doors = Array.from({ length: 5 }, () => door());
    const started: number[] = [];
    const done = mapLimited([0, 1, 2, 3, 4], 2, async (item) => {
      started.push(item);
      await doors[item]?.opened;
      return `r${String(item)}`;
    });
    await settle();
    expect(started).toEqual([0, 1]);
    doors[1]?.open();
    await settle();
    expect(started).toEqual([0, 1, 2]);
    for (const { open } of doors) open();
    expect(await done).toEqual(['r0', 'r1', 'r2', 'r3', 'r4']);
  });

  test('of nothing makes nothing', async () => {
    expect(await mapLimited([], 4, () => Promise.reject(new Error('called')))).toEqual([]);
  });

  test('fails with the first failure', async () => {
    const failing = mapLimited([1, 2, 3], 2, (item) =>
      item === 2 ? Promise.reject(new Error('second')) : Promise.resolve(item),
    );
    await expect(failing).rejects.toThrow('second');
  });
});

describe('delay', () => {
  test('waits for its time and no less', async () => {
    const clock = new FakeClock();
    let isOver = false;
    void delay(clock, 100, new AbortController().signal).then(() => {
      isOver = true;
    });
    clock.advance(99);
    await settle();
    expect(isOver).toBe(false);
    clock.advance(1);
    await settle();
    expect(isOver).toBe(true);
  });

  test('is cancelled by the signal, and leaves no timer', async () => {
    const clock = new FakeClock();
    const abort = new AbortController();
    const waiting = delay(clock, 100, abort.signal);
    abort.abort();
    await expect(waiting).rejects.toBeInstanceOf(CancelledError);
    expect(clock.pending).toEqual([]);
  });

  test('does not begin with an aborted signal', async () => {
    const clock = new FakeClock();
    await expect(delay(clock, 100, AbortSignal.abort())).rejects.toBeInstanceOf(CancelledError);
    expect(clock.pending).toEqual([]);
  });
});

describe('throttle', () => {
  test('the first call of a burst is at once, the others come together', () => {
    const clock = new FakeClock();
    let calls = 0;
    const throttled = throttle(clock, () => {
      calls++;
      return 50;
    });
    throttled.call();
    expect(calls).toBe(1);
    throttled.call();
    throttled.call();
    clock.advance(49);
    expect(calls).toBe(1);
    clock.advance(1);
    expect(calls).toBe(2);
  });

  test('a steady stream comes through once per span and its last call is not lost', () => {
    const clock = new FakeClock();
    const at: number[] = [];
    const start = clock.now();
    const throttled = throttle(clock, () => {
      at.push(clock.now() - start);
      return 50;
    });
    for (let ms = 0; ms < 120; ms += 10) {
      throttled.call();
      clock.advance(10);
    }
    clock.advance(200);
    expect(at).toEqual([0, 50, 100, 150]);
    expect(clock.pending).toEqual([]);
  });

  test('a call that asks for no rest does not hold up the next', () => {
    const clock = new FakeClock();
    let calls = 0;
    const throttled = throttle(clock, () => {
      calls++;
      return 0;
    });
    throttled.call();
    throttled.call();
    expect(calls).toBe(2);
    expect(clock.pending).toEqual([]);
  });

  test('says nothing any more after its end', () => {
    const clock = new FakeClock();
    let calls = 0;
    const throttled = throttle(clock, () => {
      calls++;
      return 50;
    });
    throttled.call();
    throttled.call();
    throttled.dispose();
    clock.advance(100);
    expect(calls).toBe(1);
    expect(clock.pending).toEqual([]);
  });
});

describe('cancellation', () => {
  test('our own error and the platform’s are cancellation, others are not', () => {
    expect(isCancelled(new CancelledError())).toBe(true);
    expect(isCancelled(AbortSignal.abort().reason)).toBe(true);
    expect(isCancelled(new Error('AbortError'))).toBe(false);
    expect(isCancelled('cancelled')).toBe(false);
  });

  test('throwIfAborted throws for an aborted signal only', () => {
    expect(() => {
      throwIfAborted(AbortSignal.abort());
    }).toThrow(CancelledError);
    expect(() => {
      throwIfAborted(new AbortController().signal);
    }).not.toThrow();
  });
});
