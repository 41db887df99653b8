import { describe, expect, test } from 'vitest';
import { DisposableStore, MutableDisposable, toDisposable } from '../../../src/base/lifecycle.ts';

function tracked(name: string, log: string[]): { dispose(): void } {
  return { dispose: () => log.push(name) };
}

test('toDisposable runs its end once', () => {
  const log: string[] = [];
  const disposable = toDisposable(() => log.push('end'));
  disposable.dispose();
  disposable.dispose();
  expect(log).toEqual(['end']);
});

describe('DisposableStore', () => {
  test('ends what it owns, last added first, and once', () => {
    const log: string[] = [];
    const store = new DisposableStore();
    store.add(tracked('a', log));
    store.add(tracked('b', log));
    store.dispose();
    store.dispose();
    expect(log).toEqual(['b', 'a']);
    expect(store.isDisposed).toBe(true);
  });

  test('ends at once what is added after its end', () => {
    const log: string[] = [];
    const store = new DisposableStore();
    store.dispose();
    store.add(tracked('late', log));
    expect(log).toEqual(['late']);
  });

  test('ends one thing early and not again', () => {
    const log: string[] = [];
    const store = new DisposableStore();
    const early = store.add(tracked('early', log));
    store.add(tracked('rest', log));
    store.delete(early);
    store.delete(early);
    expect(log).toEqual(['early']);
    store.dispose();
    expect(log).toEqual(['early', 'rest']);
  });

  test('may be ended by what it owns', () => {
    const log: string[] = [];
    const store = new DisposableStore();
    store.add(tracked('a', log));
    store.add({
      dispose: () => {
        store.dispose();
      },
    });
    store.dispose();
    expect(log).toEqual(['a']);
  });
});

describe('MutableDisposable', () => {
  test('ends the value before when it gets a new one', () => {
    const log: string[] = [];
    const slot = new MutableDisposable<{ dispose(): void }>();
    const second = tracked('second', log);
    slot.set(tracked('first', log));
    slot.set(second);
    expect(log).toEqual(['first']);
    expect(slot.value).toBe(second);
    slot.dispose();
    expect(log).toEqual(['first', 'second']);
    expect(slot.value).toBeUndefined();
  });

  test('ends at once what is set after its end', () => {
    const log: string[] = [];
    const slot = new MutableDisposable<{ dispose(): void }>();
    slot.dispose();
    slot.set(tracked('late', log));
    expect(log).toEqual(['late']);
    expect(slot.value).toBeUndefined();
  });
});
