import { describe, expect, test } from 'vitest';
import { Emitter } from '../../../src/base/event.ts';

describe('Emitter', () => {
  test('tells every listener, in the order in which they came', () => {
    const emitter = new Emitter<string>();
    const heard: string[] = [];
    emitter.event((value) => heard.push(`a ${value}`));
    emitter.event((value) => heard.push(`b ${value}`));
    emitter.fire('1');
    expect(heard).toEqual(['a 1', 'b 1']);
  });

  test('a listener that throws does not keep the others from hearing', () => {
    const errors: unknown[] = [];
    const emitter = new Emitter<number>((error) => errors.push(error));
    const heard: number[] = [];
    const failure = new Error('listener');
    emitter.event(() => {
      throw failure;
    });
    emitter.event((value) => heard.push(value));
    emitter.fire(7);
    expect(heard).toEqual([7]);
    expect(errors).toEqual([failure]);
  });

  test('a listener hears nothing after its subscription or the emitter ended', () => {
    const emitter = new Emitter<number>();
    const heard: string[] = [];
    const first = emitter.event((value) => heard.push(`first ${value}`));
    emitter.event((value) => heard.push(`second ${value}`));
    emitter.fire(1);
    first.dispose();
    emitter.fire(2);
    emitter.dispose();
    emitter.fire(3);
    expect(heard).toEqual(['first 1', 'second 1', 'second 2']);
  });

  test('the same function subscribed twice is two subscriptions', () => {
    const emitter = new Emitter<number>();
    const heard: number[] = [];
    const listener = (value: number): void => {
      heard.push(value);
    };
    const one = emitter.event(listener);
    emitter.event(listener);
    emitter.fire(1);
    one.dispose();
    emitter.fire(2);
    expect(heard).toEqual([1, 1, 2]);
  });

  test('listeners that come and go while it fires do not disturb the round', () => {
    const emitter = new Emitter<number>();
    const heard: string[] = [];
    const first = emitter.event((value) => {
      heard.push(`first ${value}`);
      first.dispose();
      emitter.event((late) => heard.push(`late ${late}`));
    });
    emitter.event((value) => heard.push(`second ${value}`));
    emitter.fire(1);
    expect(heard).toEqual(['first 1', 'second 1']);
    emitter.fire(2);
    expect(heard).toEqual(['first 1', 'second 1', 'second 2', 'late 2']);
  });
});
