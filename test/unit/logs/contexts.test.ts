import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BlockFilter } from '../../../src/logs/filter.ts';
import type { SpoolRow } from '../../../src/logs/spool/block.ts';
import type { LogContext } from '../../../src/model/log.ts';
import { append, blockful, eventRow, openSpool, prepend, row, spoolOf, withSpool } from './rows.ts';
import { look, lookAtAll, rowsOf, withText } from './visible.ts';

const trace = (text: string): SpoolRow => row(text, { isTraceLine: true });

describe('contexts', () => {
  const spool = (): ReturnType<typeof spoolOf> =>
    spoolOf(['y0', 'y1', 'x2', 'y3', 'y4', 'y5', 'y6', 'x7', 'y8']);

  test('show the rows around one, and tell them from those that pass', () => {
    const visible = look(spool(), { filter: withText('x'), contexts: [{ row: 2, lines: 1 }] });
    lookAtAll(visible);
    expect(rowsOf(visible)).toEqual([1, 2, 3, 7]);
    expect([0, 1, 2, 3, 7].map((each) => visible.isContext(each))).toEqual([false, true, false, true, false]);
    expect([0, 1, 2, 3, 7].map((each) => visible.passes(each))).toEqual([false, true, true, true, true]);
  });

  test('that overlap show each row once, with a gap only where rows are left out', () => {
    const contexts = [
      { row: 7, lines: 1 },
      { row: 2, lines: 1 },
      { row: 3, lines: 1 },
    ];
    const visible = look(spool(), { filter: withText('x'), contexts });
    lookAtAll(visible);
    expect(rowsOf(visible)).toEqual([1, 2, 3, 4, 6, 7, 8]);
    const gaps = Array.from({ length: 7 }, (_, at) => visible.isAfterGap(visible.first + at));
    expect(gaps).toEqual([true, false, false, false, true, false, false]);
  });

  test('mark no gap between rows that merely pass', () => {
    const visible = look(spool(), { filter: withText('x'), contexts: [{ row: 99, lines: 1 }] });
    lookAtAll(visible);
    expect(rowsOf(visible)).toEqual([2, 7]);
    expect(visible.isAfterGap(visible.end - 1)).toBe(false);
  });

  test('of rows at the end go on with what comes', () => {
    const growing = openSpool();
    append(growing, ['y0', 'x1']);
    const visible = look(growing, { filter: withText('x'), contexts: [{ row: 1, lines: 2 }] });
    visible.catchUp();
    append(growing, ['y2']);
    visible.catchUp();
    append(growing, ['y3', 'y4', 'x5']);
    visible.catchUp();
    expect(rowsOf(visible)).toEqual([0, 1, 2, 3, 5]);
    expect(visible.isAfterGap(visible.end - 1)).toBe(true);
  });

  test('of rows at the beginning go on with what is read behind', () => {
    const growing = spoolOf(['y0', 'x1']);
    const visible = look(growing, { filter: withText('x'), contexts: [{ row: 1, lines: 2 }] });
    lookAtAll(visible);
    prepend(growing, ['y', 'y']);
    lookAtAll(visible);
    expect(rowsOf(visible)).toEqual([-1, 0, 1]);
  });

  test('take a trace in as a whole, folded under its head', () => {
    const rows = ['y', row('head'), trace('  at one'), trace('  at two'), 'y', 'x'];
    const folded = look(spoolOf(rows), {
      filter: withText('x'),
      isFolding: true,
      contexts: [{ row: 5, lines: 2 }],
    });
    lookAtAll(folded);
    expect(rowsOf(folded)).toEqual([1, 4, 5]);
    expect(folded.isAfterGap(folded.end - 2)).toBe(false);
    const open = look(spoolOf(rows), {
      filter: withText('x'),
      isFolding: true,
      unfolded: [1],
      contexts: [{ row: 5, lines: 2 }],
    });
    lookAtAll(open);
    expect(rowsOf(open)).toEqual([1, 2, 3, 4, 5]);
  });

  test('reach over the edge of a block', () => {
    const visible = look(spoolOf(['y', 'y', blockful, 'y', 'x']), {
      filter: withText('x'),
      contexts: [{ row: 4, lines: 3 }],
    });
    lookAtAll(visible);
    expect(rowsOf(visible)).toEqual([1, 2, 3, 4]);
  });
});

describe('what was cleared away', () => {
  test('does not show, has no position and does not pass, with or without a filter', () => {
    const spool = spoolOf(['x0', blockful, 'x2', 'y3', 'x4']);
    for (const filter of [undefined, withText('x')]) {
      const visible = look(spool, { filter, fromRow: 3 });
      lookAtAll(visible);
      expect(rowsOf(visible)).toEqual(filter === undefined ? [3, 4] : [4]);
      expect([0, 2, 4].map((each) => visible.passes(each))).toEqual([false, false, true]);
      expect(visible.positionOf(0)).toBe(visible.first);
    }
  });

  test('is not looked at', () => {
    const spool = spoolOf([blockful, blockful, 'x']);
    const visible = look(spool, { filter: withText('x'), fromRow: 2 });
    visible.catchUp();
    expect(visible.isComplete).toBe(true);
    expect(visible.lookedFrom).toBe(2);
  });

  test('is all there is at first, and what comes shows', () => {
    const spool = spoolOf(['a', 'b']);
    const visible = look(spool, { fromRow: 2 });
    visible.catchUp();
    expect(rowsOf(visible)).toEqual([]);
    append(spool, ['c']);
    visible.catchUp();
    expect(rowsOf(visible)).toEqual([2]);
  });
});

/** Who reads it should see at once that it is right: no blocks, no positions, no searching. */
class Model {
  readonly rows: readonly SpoolRow[];
  readonly firstRow: number;
  readonly shown: readonly number[];
  readonly passing: ReadonlySet<number>;
  readonly context: ReadonlySet<number>;
  private readonly contexts: readonly LogContext[];
  private readonly fromRow: number;

  constructor(options: {
    /** Each with the rows of one block: what belongs together does so within one. */
    readonly blocks: readonly (readonly SpoolRow[])[];
    readonly firstRow: number;
    readonly accepts: (texts: readonly string[]) => boolean;
    readonly isFolding: boolean;
    readonly unfolded: readonly number[];
    readonly contexts: readonly LogContext[];
    readonly fromRow: number | undefined;
  }) {
    const { blocks, firstRow, accepts, isFolding, unfolded, contexts } = options;
    this.rows = blocks.flat();
    this.firstRow = firstRow;
    this.contexts = contexts;
    this.fromRow = options.fromRow ?? Number.NEGATIVE_INFINITY;
    const passing = new Set<number>();
    const context = new Set<number>();
    const folded = new Set<number>();
    let begin = firstRow;
    for (const block of blocks) {
      for (const group of groupsOf(block, begin)) {
        const isEvent = this.at(group[0]).kind === 'event';
        const isAccepted = isEvent || accepts(group.map((each) => String(this.at(each).data)));
        const isNear = group.some((each) => this.isNear(each));
        const shown = group.filter((each) => each >= this.fromRow && (isAccepted || isNear));
        for (const each of shown) passing.add(each);
        if (!isAccepted) for (const each of shown) context.add(each);
        const head = shown.find((each) => !this.at(each).isContinuation);
        for (const each of shown)
          if (isFolding && this.at(each).isTraceLine && each !== head && !unfolded.includes(head ?? each))
            folded.add(each);
      }
      begin += block.length;
    }
    this.passing = passing;
    this.context = context;
    this.shown = [...passing].filter((each) => !folded.has(each)).sort((a, b) => a - b);
  }

  /** For the row at an index of those that show. */
  isAfterGap(index: number): boolean {
    const row = this.shown[index] ?? Number.NaN;
    const before = this.shown[index - 1];
    const isNear = (each: number): boolean => this.isNear(each) || this.context.has(each);
    if (!isNear(row) && (before === undefined || !isNear(before))) return false;
    const between = this.rows
      .map((_, at) => this.firstRow + at)
      .filter((each) => each < row && each > (before ?? Number.NEGATIVE_INFINITY) && each >= this.fromRow);
    return between.some((each) => !this.passing.has(each));
  }

  private isNear(each: number): boolean {
    return this.contexts.some(({ row, lines }) => each >= row - lines && each <= row + lines);
  }

  private at(each: number | undefined): SpoolRow {
    const found = this.rows[(each ?? Number.NaN) - this.firstRow];
    if (found === undefined) throw new Error('no such row');
    return found;
  }
}

/** An event alone, a line with the pieces and trace lines of its writer that follow it. */
function groupsOf(block: readonly SpoolRow[], begin: number): readonly number[][] {
  const groups: number[][] = [];
  const open = new Map<string, number[]>();
  block.forEach((each, at) => {
    const writer = `${String(each.source)} ${String(each.isStderr)}`;
    const group = each.isTraceLine || each.isContinuation ? open.get(writer) : undefined;
    if (group !== undefined) {
      group.push(begin + at);
      return;
    }
    const begun = [begin + at];
    groups.push(begun);
    if (each.kind === 'line') open.set(writer, begun);
  });
  return groups;
}

const anyRow = fc.oneof(
  {
    weight: 10,
    arbitrary: fc
      .record({
        text: fc.constantFrom('x', 'y', 'y'),
        kind: fc.constantFrom('plain', 'plain', 'trace', 'piece'),
        source: fc.nat({ max: 1 }),
      })
      .map(({ text, kind, source }) =>
        row(text, { source, isTraceLine: kind === 'trace', isContinuation: kind === 'piece' }),
      ),
  },
  { weight: 1, arbitrary: fc.constant(eventRow({ kind: 'started' })) },
);
const someRows = fc.array(anyRow, { maxLength: 14 });
const rowNumber = fc.integer({ min: -16, max: 16 });
const someContexts = fc.array(fc.record({ row: rowNumber, lines: fc.nat({ max: 4 }) }), {
  minLength: 1,
  maxLength: 3,
});
const filters: Record<string, { filter: BlockFilter; accepts(texts: readonly string[]): boolean }> = {
  'by text': { filter: withText('x'), accepts: (texts) => texts.includes('x') },
  'by text turned round': { filter: withText('x', true), accepts: (texts) => !texts.includes('x') },
  'so that nothing passes': { filter: withText('nowhere'), accepts: () => false },
};

describe('what shows with contexts, folded and cleared,', () => {
  test.each(Object.entries(filters))('is that of a plain model: %s', (_name, { filter, accepts }) => {
    const cases = fc.record({
      older: fc.array(someRows, { maxLength: 2 }),
      newer: someRows,
      isFolding: fc.boolean(),
      unfolded: fc.array(rowNumber, { maxLength: 4 }),
      contexts: someContexts,
      fromRow: fc.option(rowNumber, { nil: undefined, freq: 2 }),
    });
    fc.assert(
      fc.property(cases, ({ older, newer, isFolding, unfolded, contexts, fromRow }) => {
        withSpool((spool) => {
          append(spool, newer);
          const visible = look(spool, { filter, isFolding, unfolded, contexts, fromRow });
          let firstRow = 0;
          const blocks = [newer];
          for (const part of older) {
            visible.lookOn();
            prepend(spool, part);
            blocks.unshift(part);
            firstRow -= part.length;
          }
          lookAtAll(visible);
          const model = new Model({ blocks, firstRow, accepts, isFolding, unfolded, contexts, fromRow });
          expect(rowsOf(visible)).toEqual(model.shown);
          for (let each = firstRow; each < newer.length; each++) {
            expect(visible.passes(each)).toBe(model.passing.has(each));
            expect(visible.isContext(each)).toBe(model.context.has(each));
            const next = model.shown.findIndex((shown) => shown >= each);
            expect(visible.positionOf(each)).toBe(next < 0 ? visible.end : visible.first + next);
          }
          for (const index of model.shown.keys())
            expect(visible.isAfterGap(visible.first + index)).toBe(model.isAfterGap(index));
        });
      }),
      { numRuns: 400 },
    );
  });

  test('keeps its places while rows come in pieces', () => {
    const pieces = fc.array(someRows, { maxLength: 6 });
    fc.assert(
      fc.property(pieces, someContexts, fc.boolean(), (all, contexts, isFolding) => {
        withSpool((spool) => {
          const visible = look(spool, { filter: withText('x'), isFolding, contexts });
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
