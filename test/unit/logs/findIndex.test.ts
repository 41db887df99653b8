import { describe, expect, test } from 'vitest';
import { compileQuery, FindIndex, findMarks, type TimeLimit } from '../../../src/logs/findIndex.ts';
import { LineStore } from '../../../src/logs/lineStore.ts';
import { timeLimit } from '../../../src/logs/timeLimit.ts';
import type { FindQuery, FindStep } from '../../../src/model/log.ts';

const unlimited: TimeLimit = (work) => {
  work();
  return true;
};

function query(pattern: string, options: Partial<FindQuery> = {}): RegExp {
  const expression = compileQuery({ pattern, isRegex: false, matchCase: false, ...options });
  if (!(expression instanceof RegExp)) throw new Error(expression.message);
  return expression;
}

function storeOf(lines: readonly string[], maxRows = 100_000): LineStore {
  const store = new LineStore({ maxRows, maxBytes: 100_000_000 });
  for (const text of lines)
    store.append({ kind: 'line', stream: 'stdout', at: 0, text, isContinuation: false }, text.length);
  return store;
}

function indexOf(lines: readonly string[], pattern: string, limit = unlimited): FindIndex {
  const index = new FindIndex(storeOf(lines), query(pattern, { isRegex: true }), limit);
  searchAll(index);
  return index;
}

function searchAll(index: FindIndex): void {
  while (!index.isComplete) index.searchSlice();
}

describe('compileQuery', () => {
  test('takes plain text literally', () => {
    expect(findMarks('a.b (c) a.b', query('a.b'))).toEqual([0, 3, 8, 11]);
    expect(findMarks('axb', query('a.b'))).toEqual([]);
    expect(findMarks('[x]{1}\\/^$', query('[x]{1}\\/^$'))).toEqual([0, 10]);
  });

  test('minds the case only when told', () => {
    expect(findMarks('Error ERROR', query('error'))).toEqual([0, 5, 6, 11]);
    expect(findMarks('Error ERROR', query('ERROR', { matchCase: true }))).toEqual([6, 11]);
  });

  test('takes expressions that Unicode mode refuses, and says what is wrong with others', () => {
    expect(findMarks('a-b', query('\\w\\-b', { isRegex: true }))).toEqual([0, 3]);
    expect(compileQuery({ pattern: '(', isRegex: true, matchCase: false })).toHaveProperty('message');
  });

  test('finds no empty matches', () => {
    expect(findMarks('bab', query('a*', { isRegex: true }))).toEqual([1, 2]);
  });
});

describe('FindIndex', () => {
  test('counts every match, and searches what is seen, not the escapes', () => {
    const index = indexOf(['\u001b[31mred\u001b[0m red', 'blue', '31 red'], 'red|31');
    expect(index.state).toEqual({ total: 4, isComplete: true, problem: undefined });
  });

  test('goes round in both directions, match by match', () => {
    const index = indexOf(['x x', 'none', 'x'], 'x');
    const walk = (direction: FindStep['direction'], count: number): string[] => {
      const seen: string[] = [];
      let from: { row: number; ordinal: number | undefined } = { row: 0, ordinal: undefined };
      if (direction === 'previous') from = { row: 2, ordinal: undefined };
      for (let at = 0; at < count; at++) {
        const step = index.step({ ...from, direction });
        if (step === undefined) break;
        from = step.position;
        seen.push(
          `${String(step.number)}:${String(step.position.row)}.${String(step.position.ordinal)}${step.hasWrapped ? ' wrapped' : ''}`,
        );
      }
      return seen;
    };
    expect(walk('next', 4)).toEqual(['1:0.0', '2:0.1', '3:2.0', '1:0.0 wrapped']);
    expect(walk('previous', 4)).toEqual(['3:2.0', '2:0.1', '1:0.0', '3:2.0 wrapped']);
  });

  test('begins at the row where the reader is', () => {
    const index = indexOf(['x', 'none', 'x', 'none', 'x'], 'x');
    expect(index.step({ row: 1, ordinal: undefined, direction: 'next' })?.position.row).toBe(2);
    expect(index.step({ row: 3, ordinal: undefined, direction: 'previous' })?.position.row).toBe(2);
    expect(index.step({ row: 99, ordinal: undefined, direction: 'next' })).toMatchObject({
      hasWrapped: true,
      number: 1,
    });
  });

  test('keeps up with rows that come and go', () => {
    const store = storeOf(
      Array.from({ length: 3000 }, (_, at) => `line ${String(at)}`),
      3000,
    );
    const index = new FindIndex(store, query('line'), unlimited);
    searchAll(index);
    expect(index.state.total).toBe(3000);
    for (let at = 0; at < 4000; at++)
      store.append({ kind: 'line', stream: 'stdout', at: 0, text: 'line', isContinuation: false }, 4);
    expect(index.isComplete).toBe(false);
    searchAll(index);
    expect(index.state.total).toBe(store.extent.lines);
  });

  test('gives up on an expression that would never end, and says where', () => {
    const hostile = `${'a'.repeat(50)}!`;
    const index = indexOf(['aaa', hostile, 'aaa'], '^(a+)+$', timeLimit(50));
    expect(index.state).toEqual({ total: 1, isComplete: true, problem: { kind: 'tooSlow', row: 1 } });
    expect(index.marksOf([])).toEqual([]);
  });
});

describe('timeLimit', () => {
  test('passes on what the work throws', () => {
    const limit = timeLimit(1000);
    expect(() =>
      limit(() => {
        throw new RangeError('no');
      }),
    ).toThrow(RangeError);
  });
});
