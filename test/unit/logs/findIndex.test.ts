import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BlockFilter, compileFilter } from '../../../src/logs/filter.ts';
import { FindIndex } from '../../../src/logs/findIndex.ts';
import { compileQuery, findMarks, type LineMatcher } from '../../../src/logs/query.ts';
import type { Spool } from '../../../src/logs/spool/spool.ts';
import { type TimeLimit, timeLimit } from '../../../src/logs/timeLimit.ts';
import { VisibleRows } from '../../../src/logs/visibleRows.ts';
import { type FindStep, type LogRow, type MatchPosition, noFilter } from '../../../src/model/log.ts';
import {
  append,
  blockful,
  blockfulBytes,
  openSpool,
  prepend,
  row,
  spoolOf,
  textsOf,
  unlimited,
  withSpool,
} from './rows.ts';

function matcherOf(pattern: string): LineMatcher {
  const matcher = compileQuery({ pattern, isRegex: true, matchCase: false });
  if ('message' in matcher) throw new Error(matcher.message);
  return matcher;
}

function indexOf(
  spool: Spool,
  pattern: string,
  {
    limit = unlimited,
    passes = (): boolean => true,
    fromRow = Number.NEGATIVE_INFINITY,
  }: { limit?: TimeLimit; passes?: (row: number) => boolean; fromRow?: number } = {},
): FindIndex {
  return new FindIndex(spool, matcherOf(pattern), { passes, fromRow }, limit);
}

function searched(spool: Spool, pattern: string): FindIndex {
  const index = indexOf(spool, pattern);
  searchAll(index);
  return index;
}

/** As long as harmless work never takes, also on a machine that has much else to do. */
function realLimit(): TimeLimit {
  return timeLimit(500);
}

function searchAll(index: FindIndex): void {
  while (!index.isComplete) index.searchSlice();
}

/** Goes on from each match to the next, as somebody who presses a key does. */
function walk(index: FindIndex, start: FindStep, count: number): string[] {
  const seen: string[] = [];
  let from: Pick<FindStep, 'row' | 'ordinal'> = start;
  for (let at = 0; at < count; at++) {
    const step = index.step({ ...from, direction: start.direction });
    if (step === undefined) break;
    from = step.position;
    const wrapped = step.hasWrapped ? ' wrapped' : '';
    seen.push(`${String(step.number)}:${String(from.row)}.${String(from.ordinal)}${wrapped}`);
  }
  return seen;
}

function showing(spool: Spool, filter?: BlockFilter): VisibleRows {
  const visible = new VisibleRows({
    spool,
    filter,
    isFolding: false,
    unfolded: [],
    contexts: [],
    fromRow: undefined,
    limit: unlimited,
  });
  while (!visible.isComplete) visible.lookOn();
  return visible;
}

const next = (from: number, ordinal?: number): FindStep => ({ row: from, ordinal, direction: 'next' });
const previous = (from: number, ordinal?: number): FindStep => ({
  row: from,
  ordinal,
  direction: 'previous',
});

describe('FindIndex', () => {
  test('counts every match, and searches what is seen, not the escapes', () => {
    const index = searched(spoolOf(['\u001b[31mred\u001b[0m red', 'blue', '31 red']), 'red|31');
    expect(index.state).toEqual({ total: 4, isComplete: true, problem: undefined });
  });

  test('counts only what passes', () => {
    const index = indexOf(spoolOf(['x x', 'x', 'x x x']), 'x', { passes: (at) => at !== 1 });
    searchAll(index);
    expect(index.state.total).toBe(5);
    expect(index.step(next(1))?.position).toEqual({ row: 2, ordinal: 0 });
  });

  test('looks at nothing before the row from which it is wanted', () => {
    const index = indexOf(spoolOf([blockful, 'x', blockful, blockful, 'x']), '-', { fromRow: 3 });
    searchAll(index);
    expect(index.state).toMatchObject({ total: blockfulBytes, isComplete: true });
  });

  test('searches the newest first, and says what it has so far', () => {
    const spool = openSpool();
    append(spool, ['x']);
    for (let block = 0; block < 40; block++) append(spool, [row('x', { isStderr: true }), blockful]);
    append(spool, ['end']);
    const index = indexOf(spool, '^x$');
    expect(index.state).toEqual({ total: 0, isComplete: false, problem: undefined });
    index.searchSlice();
    const { total } = index.state;
    expect(total).toBeGreaterThan(0);
    expect(total).toBeLessThan(41);
    expect(index.isComplete).toBe(false);
    expect(index.step(next(0))?.position.row).toBe(81 - 2 * total);
    searchAll(index);
    expect(index.state).toMatchObject({ total: 41, isComplete: true });
  });

  test('goes round in both directions, match by match', () => {
    const index = searched(spoolOf(['x x', 'none', 'x']), 'x');
    expect(walk(index, next(0), 4)).toEqual(['1:0.0', '2:0.1', '3:2.0', '1:0.0 wrapped']);
    expect(walk(index, previous(2), 4)).toEqual(['3:2.0', '2:0.1', '1:0.0', '3:2.0 wrapped']);
  });

  test('goes from block to block', () => {
    const spool = spoolOf(['x', blockful, 'none', blockful, 'none', blockful, 'x x']);
    const index = searched(spool, '\\bx\\b');
    expect(walk(index, next(0), 4)).toEqual(['1:0.0', '2:6.0', '3:6.1', '1:0.0 wrapped']);
    expect(walk(index, previous(5), 2)).toEqual(['1:0.0', '3:6.1 wrapped']);
  });

  test('begins at the row where the reader is', () => {
    const index = searched(spoolOf(['x', 'none', 'x', 'none', 'x']), 'x');
    expect(index.step(next(1))?.position.row).toBe(2);
    expect(index.step(previous(3))?.position.row).toBe(2);
    expect(index.step(next(99))).toMatchObject({ hasWrapped: true, number: 1 });
    expect(index.step(previous(-1))).toMatchObject({ hasWrapped: true, number: 3 });
  });

  test('has nowhere to go when there is nothing', () => {
    const index = searched(spoolOf(['none']), 'x');
    expect([index.step(next(0)), index.step(previous(0))]).toEqual([undefined, undefined]);
    expect(searched(openSpool(), 'x').state).toMatchObject({ total: 0, isComplete: true });
  });

  test('finds rows that come later, older ones too', () => {
    const spool = spoolOf(['x', 'none']);
    const index = searched(spool, 'x');
    append(spool, ['x', ...Array.from({ length: 2000 }, () => 'x')]);
    prepend(spool, ['x x', 'none']);
    expect(index.isComplete).toBe(false);
    searchAll(index);
    expect(index.state.total).toBe(2004);
    expect(walk(index, previous(0), 4)).toEqual(['3:0.0', '2:-2.1', '1:-2.0', '2004:2002.0 wrapped']);
  });

  test('forgets rows that had to go', () => {
    const spool = openSpool(2.5 * blockfulBytes);
    append(spool, ['y', blockful, 'y']);
    const index = searched(spool, 'y');
    expect(index.state.total).toBe(2);
    append(spool, [blockful, blockful, 'y']);
    searchAll(index);
    expect(index.state.total).toBe(2);
    expect(index.step(next(0))).toMatchObject({ position: { row: 2, ordinal: 0 }, number: 1 });
  });

  test('says how matches are spread over what shows', () => {
    const spool = spoolOf(['x x', 'none', 'none', 'none', 'none', 'none', 'x', 'x']);
    const index = searched(spool, 'x');
    const visible = showing(spool);
    expect(index.density(4, visible)).toEqual([1, 0, 0, 2]);
    prepend(
      spool,
      Array.from({ length: 8 }, () => 'none'),
    );
    searchAll(index);
    expect(index.density(4, showing(spool))).toEqual([0, 0, 1, 2]);
    expect(searched(openSpool(), 'x').density(3, showing(openSpool()))).toEqual([0, 0, 0]);
  });

  test('leaves out of the spread what does not show', () => {
    const hidden = Array.from({ length: 500 }, () => 'hidden');
    const spool = spoolOf(['x', ...hidden, blockful, 'x', blockful, 'x', blockful, 'x', blockful]);
    const filter = compileFilter({
      ...noFilter,
      conditions: [{ kind: 'text', pattern: 'hidden', isRegex: false, matchCase: false, isInverse: true }],
    });
    if ('message' in filter) throw new Error(filter.message);
    const index = searched(spool, '^x$');
    expect(index.density(4, showing(spool))).toEqual([1, 0, 0, 3]);
    expect(index.density(4, showing(spool, filter))).toEqual([1, 1, 1, 1]);
  });

  test('says where matches are within a part of the log that a filter has thinned', () => {
    // Of one block the filter leaves the matches at its beginning and what follows on them.
    const hidden = Array.from({ length: 500 }, () => 'hidden');
    const spool = spoolOf(['x', 'x', ...hidden, 'none', 'none']);
    const filter = compileFilter({
      ...noFilter,
      conditions: [{ kind: 'text', pattern: 'hidden', isRegex: false, matchCase: false, isInverse: true }],
    });
    if ('message' in filter) throw new Error(filter.message);
    expect(searched(spool, '^x$').density(4, showing(spool, filter))).toEqual([1, 1, 0, 0]);
  });

  test('counts any number of matches in a row', () => {
    const index = searched(spoolOf(['x', 'x'.repeat(60_000), 'x']), 'x');
    expect(index.state.total).toBe(60_002);
    expect(index.step(previous(2, 0))).toMatchObject({
      position: { row: 1, ordinal: 59_999 },
      number: 60_001,
    });
  });

  test('marks rows as they are seen', () => {
    const index = searched(spoolOf(['x']), 'x');
    const line = { kind: 'line', stream: 'stdout', at: 0, level: 0, source: 0 } as const;
    const text = (given: string) => ({ ...line, text: given, isContinuation: false, isTraceLine: false });
    const event = { kind: 'event', at: 0, source: 0, event: { kind: 'started' } } as const;
    expect(index.marksOf([text('\u001b[1mx\u001b[0mx'), text('none'), event])).toEqual([
      [0, 1, 1, 2],
      [],
      [],
    ]);
  });

  test('gives up on an expression that would never end, and says so', () => {
    const spool = spoolOf(['aaa', blockful, 'aaa', `${'a'.repeat(50)}!`, 'aaa']);
    const index = indexOf(spool, '^(a+)+$', { limit: realLimit() });
    searchAll(index);
    expect(index.state).toMatchObject({ isComplete: true, problem: { kind: 'tooSlow' } });
    expect(index.state.problem).toHaveProperty('row', 2);
    expect(index.marksOf([])).toEqual([]);
    append(spool, ['more']);
    expect(index.isComplete).toBe(true);
  });

  test('gives no marks for rows that take too long, and goes on', () => {
    const index = searched(spoolOf(['x']), 'x');
    const hostile = indexOf(openSpool(), '^(a+)+$', { limit: realLimit() });
    const line = { kind: 'line', stream: 'stdout', at: 0, level: 0, source: 0 } as const;
    const row0 = { ...line, text: `${'a'.repeat(50)}!`, isContinuation: false, isTraceLine: false };
    expect(hostile.marksOf([row0])).toEqual([]);
    expect(index.state.problem).toBeUndefined();
  });

  test('knows every match and its number, whatever comes in whatever order', () => {
    const texts = fc.array(fc.constantFrom('x', 'xx', 'none', '', 'x none x'), { maxLength: 8 });
    const step = fc.record({ kind: fc.constantFrom('append', 'older', 'fill', 'search'), texts });
    const { expression } = matcherOf('x');
    const isWanted = (held: LogRow | undefined): boolean => held?.kind === 'line' && held.level === 0;
    fc.assert(
      fc.property(fc.array(step, { maxLength: 14 }), (steps) => {
        withSpool((spool) => {
          const index = indexOf(spool, 'x', { passes: (at) => isWanted(spool.row(at)) });
          for (const { kind, texts: added } of steps) {
            if (kind === 'append') append(spool, added);
            else if (kind === 'older') prepend(spool, added);
            // Has matches, but does not pass.
            else if (kind === 'fill')
              append(spool, [
                { ...blockful, level: 1 },
                { ...blockful, level: 1 },
              ]);
            else index.searchSlice();
          }
          searchAll(index);
          const matches = textsOf(spool).flatMap((text, at): MatchPosition[] => {
            if (text.length === blockfulBytes) return [];
            const marks = findMarks(text, expression);
            return Array.from({ length: marks.length / 2 }, (_, ordinal) => {
              return { row: spool.firstRow + at, ordinal };
            });
          });
          expect(index.state.total).toBe(matches.length);
          for (const [at, { row: from, ordinal }] of matches.entries()) {
            const after = (at + 1) % matches.length;
            expect(index.step(next(from, ordinal))).toEqual({
              position: matches[after],
              number: after + 1,
              hasWrapped: after === 0,
            });
            const before = (at - 1 + matches.length) % matches.length;
            expect(index.step(previous(from, ordinal))).toEqual({
              position: matches[before],
              number: before + 1,
              hasWrapped: at === 0,
            });
          }
        });
      }),
      { numRuns: 60 },
    );
  }, 30_000);
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

  test('can be used again after it stopped something', () => {
    const limit = realLimit();
    expect(limit(() => /^(a+)+$/.test(`${'a'.repeat(50)}!`))).toBe(false);
    let isDone = false;
    expect(
      limit(() => {
        isDone = true;
      }),
    ).toBe(true);
    expect(isDone).toBe(true);
  });
});
