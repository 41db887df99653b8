import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BlockFilter } from '../../../src/logs/filter.ts';
import type { TimeLimit } from '../../../src/logs/timeLimit.ts';
import type { SpoolRow } from '../../../src/logs/spool/block.ts';
import type { Spool } from '../../../src/logs/spool/spool.ts';
import type { VisibleRows } from '../../../src/logs/visibleRows.ts';
import {
  append,
  blockful,
  blockfulBytes,
  eventRow,
  openSpool,
  prepend,
  row,
  spoolOf,
  textsOf,
  withSpool,
} from './rows.ts';
import { filterOf, look, lookAtAll, rowsOf, withText } from './visible.ts';

function shownTexts(spool: Spool, visible: VisibleRows): string[] {
  lookAtAll(visible);
  const texts = textsOf(spool);
  return rowsOf(visible).map((number) => texts[(number ?? Number.NaN) - spool.firstRow] ?? '<nothing>');
}

const trace = [
  row('Error: boom', { level: 5 }),
  row('  at one', { isTraceLine: true, level: 5 }),
  row('  at two', { isTraceLine: true, level: 5 }),
];

describe('VisibleRows', () => {
  test('of an empty log are none, and those that come are counted from 0', () => {
    const spool = openSpool();
    const visible = look(spool, { filter: withText('x') });
    expect([visible.first, visible.end, visible.isComplete]).toEqual([0, 0, true]);
    append(spool, ['x0', 'y', 'x1']);
    visible.catchUp();
    expect(rowsOf(visible)).toEqual([0, 2]);
    expect(visible.first).toBe(0);
  });

  test('older ones come before, with positions below 0', () => {
    const spool = spoolOf(['x0', blockful, 'x2', 'y']);
    const visible = look(spool);
    lookAtAll(visible);
    expect([visible.first, visible.end]).toEqual([-2, 2]);
    prepend(spool, ['older']);
    expect(visible.isComplete).toBe(false);
    lookAtAll(visible);
    expect(visible.first).toBe(-3);
    expect(shownTexts(spool, visible)).toEqual(textsOf(spool));
  });

  test('are found by the row or by the next one that shows', () => {
    const spool = spoolOf(['x', 'y', 'x', 'y', 'x', 'y']);
    const visible = look(spool, { filter: withText('x') });
    lookAtAll(visible);
    expect([0, 1, 2, 3, 4, 5, 99].map((number) => visible.positionOf(number))).toEqual([0, 1, 1, 2, 2, 3, 3]);
    expect(visible.positionOf(-1)).toBe(0);
    expect([-1, 3].map((position) => visible.rowAt(position))).toEqual([undefined, undefined]);
  });

  test('that the disk budget took are looked for where the log now begins', () => {
    const spool = openSpool(2.5 * blockfulBytes);
    append(spool, ['first']);
    const visible = look(spool);
    visible.catchUp();
    append(spool, [blockful, blockful, blockful, 'last']);
    visible.catchUp();
    expect(spool.firstRow).toBe(2);
    expect(visible.first).toBe(1);
    expect([0, 1, 2, 4].map((number) => visible.positionOf(number))).toEqual([1, 1, 1, 3]);
    expect(rowsOf(visible)).toEqual([2, 3, 4]);
  });

  test('keep their places when rows before them are dropped', () => {
    const spool = openSpool(3.5 * blockfulBytes);
    append(spool, ['x', blockful, 'x', blockful, 'y']);
    const visible = look(spool, { filter: withText('x') });
    lookAtAll(visible);
    expect(rowsOf(visible)).toEqual([0, 2]);
    const kept = visible.rowAt(-1);
    append(spool, [blockful, blockful]);
    visible.catchUp();
    expect(visible.first).toBe(-1);
    expect(visible.rowAt(-1)).toBe(kept);
    expect(visible.shownLines).toBe(1);
  });

  test('fold the lines of a trace away, but for those that are to show', () => {
    const spool = spoolOf(['a', ...trace, 'b', ...trace]);
    expect(rowsOf(look(spool, { isFolding: true }))).toEqual([]);
    expect(shownTexts(spool, look(spool, { isFolding: true }))).toEqual([
      'a',
      'Error: boom',
      'b',
      'Error: boom',
    ]);
    const visible = look(spool, { isFolding: true, unfolded: [5] });
    lookAtAll(visible);
    expect(rowsOf(visible)).toEqual([0, 1, 4, 5, 6, 7]);
    expect([2, 6].map((number) => visible.passes(number))).toEqual([true, true]);
  });

  test('fold under the trace’s first line in a block when its head is in the one before', () => {
    const spool = spoolOf([blockful, ...trace.slice(1), ...trace]);
    const visible = look(spool, { isFolding: true });
    lookAtAll(visible);
    expect(rowsOf(visible)).toEqual([0, 1, 3]);
  });

  test('fold lines under the head of their own container and stream', () => {
    const other = trace.map((each) => ({ ...each, source: 1 }));
    const spool = spoolOf([...trace.slice(0, 2), ...other.slice(0, 2), ...trace.slice(2), ...other.slice(2)]);
    expect(shownTexts(spool, look(spool, { isFolding: true, unfolded: [2] }))).toEqual([
      'Error: boom',
      'Error: boom',
      '  at one',
      '  at two',
    ]);
  });

  test('pass also when they are folded away, and never when the filter is against it', () => {
    const spool = spoolOf(['a', ...trace, 'b']);
    const visible = look(spool, { isFolding: true, filter: withText('two') });
    lookAtAll(visible);
    expect(rowsOf(visible)).toEqual([1]);
    expect([0, 1, 2, 3, 4, 9].map((number) => visible.passes(number))).toEqual([
      false,
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  test('stay where they are when a trace only later gets the line that is wanted', () => {
    const spool = spoolOf([...trace.slice(0, 2), row('x', { source: 1 })]);
    const flat = look(spool, { filter: withText('x') });
    const folding = look(spool, { filter: withText('two'), isFolding: true });
    for (const each of [flat, folding]) each.catchUp();
    expect(rowsOf(flat)).toEqual([2]);
    append(spool, [...trace.slice(2), row('  at x', { isTraceLine: true })]);
    for (const each of [flat, folding]) each.catchUp();
    // What was left out stays so; the trace shows from where it was looked at next.
    expect(rowsOf(flat)).toEqual([2, 3, 4]);
    expect(rowsOf(folding)).toEqual([3]);
    expect(shownTexts(spool, look(spool, { filter: withText('two') }))).toEqual([
      'Error: boom',
      '  at one',
      '  at two',
      '  at x',
    ]);
  });

  test('are not folded under a line that their trace does not belong to', () => {
    const spool = spoolOf(['two', ...trace.slice(0, 2)]);
    const visible = look(spool, { filter: withText('two'), isFolding: true });
    visible.catchUp();
    append(spool, trace.slice(2));
    visible.catchUp();
    expect(rowsOf(visible)).toEqual([0, 3]);
  });

  test('stay when a trace gets a line that must not be', () => {
    const spool = spoolOf(trace.slice(0, 2));
    const visible = look(spool, { filter: withText('two', true) });
    visible.catchUp();
    append(spool, [...trace.slice(2), 'next']);
    visible.catchUp();
    expect(rowsOf(visible)).toEqual([0, 1, 3]);
  });

  test('are no more from where the filter takes too long', () => {
    const spool = spoolOf(['x', blockful, 'x', blockful, 'x']);
    const blocksLeft = { count: 2 };
    // A limit that strikes after so many blocks: real ones strike by the clock.
    const limit: TimeLimit = (work) => {
      try {
        work();
        return true;
      } catch {
        return false;
      }
    };
    const filter = withText('x');
    const passes = filter.passes.bind(filter);
    filter.passes = (...args) => {
      if (blocksLeft.count-- === 0) throw new Error('stopped');
      return passes(...args);
    };
    const visible = look(spool, { filter, limit });
    lookAtAll(visible);
    expect(rowsOf(visible)).toEqual([2, 4]);
    expect(visible.tooSlow).toBe(0);
    append(spool, ['x']);
    visible.catchUp();
    expect(rowsOf(visible)).toEqual([2, 4]);
  });
});

describe('VisibleRows, whatever comes in whatever order,', () => {
  const plainRow = fc
    .record({
      text: fc.constantFrom('x', 'y', 'xy', ''),
      level: fc.nat({ max: 6 }),
      isStderr: fc.boolean(),
      source: fc.nat({ max: 1 }),
    })
    .map(({ text, ...parts }) => row(text, parts));
  const anyRow = fc.oneof(
    { weight: 12, arbitrary: plainRow },
    { weight: 1, arbitrary: fc.constant(blockful) },
    { weight: 2, arbitrary: fc.constant(eventRow({ kind: 'started' })) },
  );
  const rows = fc.array(anyRow, { maxLength: 10 });
  const step = fc.oneof(
    fc.record({ kind: fc.constant('append' as const), rows }),
    fc.record({ kind: fc.constant('older' as const), rows }),
    fc.constant({ kind: 'lookOn' as const, rows: [] }),
    fc.constant({ kind: 'catchUp' as const, rows: [] }),
  );
  const filters: Record<
    string,
    { readonly filter: BlockFilter | undefined; passes(each: SpoolRow): boolean }
  > = {
    'without a filter': { filter: undefined, passes: () => true },
    'by level': { filter: filterOf({ minLevel: 4 }), passes: ({ level }) => level >= 4 },
    'by stream': { filter: filterOf({ stream: 'stderr' }), passes: ({ isStderr }) => isStderr },
    'by text': {
      filter: withText('X'),
      passes: ({ data }) => Buffer.from(data).includes('x'),
    },
    'by text turned round': {
      filter: withText('x', true),
      passes: ({ data }) => !Buffer.from(data).includes('x'),
    },
    'so that nothing shows': { filter: withText('nowhere'), passes: () => false },
  };

  test.each(Object.entries(filters))(
    'are those of a plain filter over all rows: %s',
    (_name, naive) => {
      const passes = (each: SpoolRow): boolean => each.kind === 'event' || naive.passes(each);
      fc.assert(
        fc.property(rows, fc.array(step, { maxLength: 12 }), (first, steps) => {
          withSpool((spool) => {
            const model = [...first];
            let firstRow = 0;
            append(spool, first);
            const visible = look(spool, { filter: naive.filter });
            const known = new Map<number, number | undefined>();
            const check = (): void => {
              const shown = rowsOf(visible);
              expect(shown).toEqual([...shown].sort((a, b) => (a ?? 0) - (b ?? 0)));
              for (const [position, number] of known) expect(visible.rowAt(position)).toBe(number);
              for (const [at, number] of shown.entries()) {
                const position = visible.first + at;
                known.set(position, number);
                expect(visible.positionOf(number ?? Number.NaN)).toBe(position);
              }
            };
            for (const { kind, rows: added } of steps) {
              if (kind === 'append') {
                append(spool, added);
                model.push(...added);
              } else if (kind === 'older') {
                prepend(spool, added);
                model.unshift(...added);
                firstRow -= added.length;
              } else visible[kind]();
              check();
            }
            lookAtAll(visible);
            check();
            const expected = model.flatMap((each, at) => (passes(each) ? [firstRow + at] : []));
            expect(rowsOf(visible)).toEqual(expected);
            const isLine = ({ kind, isContinuation }: SpoolRow): boolean =>
              kind === 'line' && !isContinuation;
            expect(visible.shownLines).toBe(model.filter((each) => passes(each) && isLine(each)).length);
            for (const [at, each] of model.entries()) {
              expect(visible.passes(firstRow + at)).toBe(passes(each));
              const next = expected.findIndex((number) => number >= firstRow + at);
              expect(visible.positionOf(firstRow + at)).toBe(next < 0 ? visible.end : visible.first + next);
            }
          });
        }),
        { numRuns: 60 },
      );
    },
    30_000,
  );

  test('keep their places while traces come in pieces, folded or not', () => {
    const traceRow = fc
      .record({
        text: fc.constantFrom('x', 'y'),
        isTraceLine: fc.boolean(),
        isContinuation: fc.constantFrom(false, false, true),
        source: fc.nat({ max: 1 }),
      })
      .map(({ text, isContinuation, ...parts }) =>
        row(text, { ...parts, isContinuation, isTraceLine: parts.isTraceLine && !isContinuation }),
      );
    const pieces = fc.array(fc.array(traceRow, { maxLength: 6 }), { maxLength: 8 });
    const anyFilter = fc.constantFrom(undefined, withText('x'), withText('x', true));
    fc.assert(
      fc.property(pieces, anyFilter, fc.boolean(), (all, filter, isFolding) => {
        withSpool((spool) => {
          const visible = look(spool, { filter, isFolding });
          const known = new Map<number, number | undefined>();
          for (const piece of all) {
            append(spool, piece);
            visible.catchUp();
            for (const [position, number] of known) expect(visible.rowAt(position)).toBe(number);
            for (const [at, number] of rowsOf(visible).entries()) known.set(visible.first + at, number);
            const shown = [...known.values()];
            expect(shown).toEqual([...shown].sort((a, b) => (a ?? 0) - (b ?? 0)));
          }
        });
      }),
    );
  });
});
