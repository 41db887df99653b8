import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LiveMerge } from '../../../src/logs/liveMerge.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { row } from './rows.ts';

interface Bed {
  readonly clock: FakeClock;
  readonly merge: LiveMerge;
  readonly told: string[];
  /** The text begins with its source. */
  push(text: string, at: number | undefined): void;
}

function open(isOpen = true): Bed {
  const clock = new FakeClock();
  const told: string[] = [];
  const merge = new LiveMerge(clock, ({ data }) => told.push(Buffer.from(data).toString()));
  if (isOpen) merge.open();
  return {
    clock,
    merge,
    told,
    push: (text, at) => {
      merge.push(row(text, { at, source: Number(text.charAt(0)) }));
    },
  };
}

describe('LiveMerge', () => {
  test('puts what comes within a moment in the order of time', () => {
    const { clock, told, push } = open();
    push('0 b', 20);
    clock.advance(150);
    push('1 a', 10);
    push('1 c', 30);
    clock.advance(49);
    expect(told).toEqual([]);
    clock.advance(1);
    expect(told).toEqual(['1 a', '0 b']);
    clock.advance(150);
    expect(told).toEqual(['1 a', '0 b', '1 c']);
    push('0 e', 50);
    push('1 d', 40);
    clock.advance(200);
    expect(told.slice(3)).toEqual(['1 d', '0 e']);
  });

  test('keeps the order of one container, whatever its clock says', () => {
    const { clock, told, push } = open();
    push('0 a', 100);
    push('0 b', 5);
    push('0 untimed', undefined);
    push('1 x', 50);
    push('0 c', 101);
    clock.advance(200);
    expect(told).toEqual(['1 x', '0 a', '0 b', '0 untimed', '0 c']);
  });

  test('holds everything until it is opened, and is late for nothing then', () => {
    const { clock, merge, told, push } = open(false);
    push('0 b', 2);
    push('1 a', 1);
    clock.advance(1000);
    expect(told).toEqual([]);
    merge.open();
    clock.advance(0);
    expect(told).toEqual(['1 a', '0 b']);
  });

  test('waits for nothing when nothing is there', () => {
    const { clock, push } = open();
    expect(clock.pending).toEqual([]);
    push('0 a', 1);
    clock.advance(200);
    expect(clock.pending).toEqual([]);
  });

  test('copies what it holds: the connection’s memory is used again', () => {
    const { clock, merge, told } = open();
    const data = Buffer.from('kept');
    merge.push(row(data));
    data.fill('x');
    clock.advance(200);
    expect(told).toEqual(['kept']);
  });

  test('says nothing after its end', () => {
    const { clock, merge, told, push } = open();
    push('0 a', 1);
    merge.dispose();
    clock.advance(1000);
    expect(told).toEqual([]);
    expect(clock.pending).toEqual([]);
  });

  test('loses and doubles nothing, keeps each container’s order, and lets nothing wait longer than a moment', () => {
    const step = fc.record({
      source: fc.nat({ max: 2 }),
      at: fc.nat({ max: 300 }),
      waitMs: fc.nat({ max: 120 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { clock, told, push } = open();
        const pushed = steps.map(({ source, at, waitMs }, number) => {
          const text = `${String(source)} ${String(number)}`;
          push(text, at);
          const before = clock.now();
          clock.advance(waitMs);
          return { text, source, before };
        });
        const isDue = ({ before }: { readonly before: number }): boolean => before + 200 <= clock.now();
        // Those that are due, and perhaps some that go with them.
        expect(told).toEqual(expect.arrayContaining(pushed.filter(isDue).map(({ text }) => text)));
        clock.advance(200);
        for (const wanted of [0, 1, 2])
          expect(told.filter((text) => text.startsWith(String(wanted)))).toEqual(
            pushed.filter(({ source }) => source === wanted).map(({ text }) => text),
          );
      }),
    );
  });
});
