import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { answer } from '../../../src/logs/answer.ts';
import { LogSession } from '../../../src/logs/logSession.ts';
import type { SpoolRow } from '../../../src/logs/spool/block.ts';
import type { Spool } from '../../../src/logs/spool/spool.ts';
import type { TimeLimit } from '../../../src/logs/timeLimit.ts';
import {
  type FindQuery,
  type LogFilter,
  type LogShow,
  type LogUpdate,
  noFilter,
  type RowWindow,
  showAll,
} from '../../../src/model/log.ts';
import { textHash } from '../../../src/model/textHash.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { madeFolder, append, blockful, eventRow, openSpool, prepend, row, unlimited } from './rows.ts';

interface Bed {
  readonly session: LogSession;
  readonly spool: Spool;
  readonly clock: FakeClock;
  readonly updates: LogUpdate[];
  add(...rows: readonly (SpoolRow | string)[]): void;
  /** Lets all be searched and looked at that is held. */
  settle(): void;
}

function open(limit: TimeLimit = unlimited): Bed {
  const clock = new FakeClock();
  const updates: LogUpdate[] = [];
  const spool = openSpool();
  const session = new LogSession({ spool, clock, limit, onUpdate: (update) => updates.push(update) });
  onTestFinished(() => {
    session.dispose();
  });
  return {
    session,
    spool,
    clock,
    updates,
    add: (...rows) => {
      for (const each of rows) session.append(typeof each === 'string' ? row(each) : each);
    },
    settle: () => {
      while (clock.pending.length > 0) clock.advance(50);
    },
  };
}

const texts = (window: RowWindow | undefined): string[] =>
  (window?.rows ?? []).map((each) => (each.kind === 'line' ? each.text : each.event.kind));
const numbered = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, at) => `line ${String(from + at)}`);

function showing(filter: Partial<LogFilter>, more: Partial<LogShow> = {}): LogShow {
  return { ...showAll, filter: { ...noFilter, ...filter }, ...more };
}

function withText(pattern: string, isRegex = false): Partial<LogFilter> {
  return { conditions: [{ kind: 'text', pattern, isRegex, matchCase: false, isInverse: false }] };
}

const folding: LogShow = { ...showAll, isFolding: true };
const query = (pattern: string, isRegex = false): FindQuery => ({ pattern, isRegex, matchCase: false });
const next = (from: number, ordinal?: number) => ({ row: from, ordinal, direction: 'next' as const });
const previous = (from: number, ordinal?: number) => ({ row: from, ordinal, direction: 'previous' as const });
const trace = [row('Error: boom'), ...['one', 'two'].map((at) => row(`  at ${at}`, { isTraceLine: true }))];

describe('LogSession', () => {
  test('answers a snapshot with the newest rows, then sends what is new, joined and not too often', () => {
    const { session, clock, updates, add } = open();
    add(...numbered(0, 100));
    const snapshot = session.snapshot({ tailRows: 3 }, showAll);
    expect(texts(snapshot.tail)).toEqual(['line 97', 'line 98', 'line 99']);
    add(...numbered(100, 102));
    clock.advance(49);
    expect(updates).toHaveLength(0);
    clock.advance(1);
    expect(updates.map(({ tail }) => texts(tail))).toEqual([['line 100', 'line 101']]);
    clock.advance(1000);
    expect(updates).toHaveLength(1);
  });

  test('tells the first lines of all at once, whatever was told before them', () => {
    const { session, clock, updates, add } = open();
    session.snapshot({ tailRows: 5 }, showAll);
    session.phase(0, 'following');
    clock.advance(0);
    expect(updates.map(({ tail }) => texts(tail))).toEqual([[]]);
    add('one', 'two');
    clock.advance(0);
    expect(texts(updates.at(-1)?.tail)).toEqual(['one', 'two']);
    add('three');
    clock.advance(49);
    expect(updates).toHaveLength(2);
    clock.advance(1);
    expect(texts(updates.at(-1)?.tail)).toEqual(['three']);
  });

  test('sends only as many of the newest rows as are wanted, and only while they are', () => {
    const { session, clock, updates, add } = open();
    session.snapshot({ tailRows: 2 }, showAll);
    add(...numbered(0, 500));
    clock.advance(50);
    expect(updates[0]?.tail).toMatchObject({ firstRow: 498 });
    session.setView({ tailRows: 0 });
    add(...numbered(500, 510));
    clock.advance(50);
    expect(updates.at(-1)).toMatchObject({ state: { extent: { endRow: 510 } }, tail: { rows: [] } });
    session.setView({ tailRows: 5 });
    clock.advance(50);
    expect(texts(updates.at(-1)?.tail)).toEqual(numbered(505, 510));
  });

  test('sends nothing while there is no page', () => {
    const { session, clock, updates, add } = open();
    session.snapshot({ tailRows: 5 }, showAll);
    session.setView(undefined);
    add(...numbered(0, 10));
    clock.advance(1000);
    expect(updates).toEqual([]);
  });

  test('begins with all a new page needs, whatever the one before wanted', () => {
    const { session, add } = open();
    add('x', 'y', 'x');
    session.snapshot({ tailRows: 2 }, showAll);
    session.show(3, showing(withText('x')), undefined);
    session.find(5, query('x'));
    const { state, tail } = session.snapshot({ tailRows: 10 }, showAll);
    expect(state).toMatchObject({ showId: 0, find: { total: 0 } });
    expect(tail).toMatchObject({ showId: 0, findId: 0, firstRow: 0 });
    expect(texts(tail)).toEqual(['x', 'y', 'x']);
    expect(tail.rows[0]).not.toHaveProperty('marks');
  });

  test('answers windows within what is held, and within a size', () => {
    const { session, settle, add } = open();
    add(...numbered(0, 50));
    settle();
    expect(texts(session.rows(48, 10))).toEqual(['line 48', 'line 49']);
    expect(session.rows(-10, 12)).toMatchObject({ firstRow: 0, rows: [{ row: 0 }, { row: 1 }] });
    expect(session.rows(400, 10).rows).toEqual([]);
    add(...Array.from({ length: 100 }, () => 'x'.repeat(60_000)));
    settle();
    expect(session.rows(50, 100).rows).toHaveLength(17);
  });

  test('answers older rows once they are there, at the positions before the others', () => {
    const { session, spool, settle, add } = open();
    add('now');
    const { state } = session.snapshot({ tailRows: 5 }, showAll);
    expect(state.extent).toMatchObject({ firstRow: 0, endRow: 1 });
    prepend(spool, numbered(0, 3));
    session.history({ phase: 'complete', pendingLines: 0 });
    settle();
    expect(session.rows(-2, 5)).toMatchObject({ firstRow: -2 });
    expect(texts(session.rows(-2, 5))).toEqual(['line 1', 'line 2', 'now']);
  });

  test('tells how the log as a whole is doing', () => {
    const { session } = open();
    const state = (): LogUpdate['state'] => session.snapshot({ tailRows: 0 }, showAll).state;
    expect(state().phase).toBe('connecting');
    session.sources([{ ref: 'e/container/a', name: 'a' }]);
    session.phase(0, 'stopped');
    session.phase(1, 'removed');
    expect(state()).toMatchObject({ phase: 'stopped', sources: [{ name: 'a' }] });
    session.phase(2, 'unreachable');
    expect(state().phase).toBe('unreachable');
    session.phase(1, 'following');
    expect(state().phase).toBe('following');
    session.history({ phase: 'reading', pendingLines: 7 });
    expect(state().history).toEqual({ phase: 'reading', pendingLines: 7 });
  });

  test('tells events between the lines', () => {
    const { session, clock, add } = open();
    add('a');
    session.event({ kind: 'started' });
    session.event({ kind: 'removed' }, { at: 5, source: 2 });
    expect(session.snapshot({ tailRows: 9 }, showAll).tail.rows).toMatchObject([
      { row: 0, text: 'a' },
      { row: 1, kind: 'event', at: clock.now(), source: 0, event: { kind: 'started' } },
      { row: 2, kind: 'event', at: 5, source: 2 },
    ]);
  });
});

describe('what shows', () => {
  test('is chosen anew, with the newest rows of it and the number of the choice', () => {
    const { session, clock, updates, add } = open();
    add('x0', 'y', 'x2');
    session.snapshot({ tailRows: 2 }, showAll);
    const { state, tail, position } = session.show(7, showing(withText('x')), undefined);
    expect({ showId: state.showId, isComplete: state.isShowComplete, position }).toEqual({
      showId: 7,
      isComplete: true,
      position: undefined,
    });
    expect(state.extent).toMatchObject({ firstRow: 0, endRow: 2, lines: 3 });
    expect(tail).toMatchObject({ showId: 7, firstRow: 0, rows: [{ row: 0 }, { row: 2 }] });
    add('y', 'x4');
    clock.advance(50);
    expect(updates.at(-1)?.tail).toMatchObject({ showId: 7, firstRow: 2, rows: [{ row: 4, text: 'x4' }] });
  });

  test('keeps the row in sight that somebody looked at, or the next one that shows', () => {
    const { session, spool, add } = open();
    add('x', 'y', 'y', 'x', 'y');
    prepend(spool, ['x', 'y']);
    session.snapshot({ tailRows: 1 }, showAll);
    expect(session.show(1, showing(withText('x')), 1).position).toBe(1);
    expect(session.show(2, showing(withText('x')), -2).position).toBe(-1);
    expect(session.show(3, showing(withText('x')), 4).position).toBe(2);
    expect(session.show(4, showAll, 3).position).toBe(3);
  });

  test('is looked for piece by piece, as far as a screen needs at first', () => {
    const { session, settle, updates, add } = open();
    add('x');
    for (let block = 0; block < 100; block++) add(blockful);
    add('x');
    session.snapshot({ tailRows: 5 }, showAll);
    expect(session.show(1, showing(withText('x')), undefined).state).toMatchObject({
      isShowComplete: false,
      extent: { endRow: 1 },
    });
    settle();
    expect(updates.at(-1)?.state).toMatchObject({
      isShowComplete: true,
      extent: { firstRow: -1, endRow: 1 },
    });
  });

  test('is everything when the filter is wrong, and what is wrong is said', () => {
    const { session, add } = open();
    add('a', 'b');
    const { state } = session.show(1, showing(withText('(', true)), undefined);
    expect(state.showProblem).toMatchObject({ kind: 'invalid' });
    expect(state.extent.endRow).toBe(2);
  });

  test('is less when the filter takes too long, and that is said', () => {
    const limited: TimeLimit = () => false;
    const { session, add } = open(limited);
    add('a');
    expect(session.show(1, showing(withText('a')), undefined).state).toMatchObject({
      showProblem: { kind: 'tooSlow' },
      extent: { firstRow: 0, endRow: 0 },
    });
  });
});

describe('a context', () => {
  const lines = ['a0', 'a1', 'x2', 'a3', 'a4', 'a5', 'x6', 'a7'];

  test('tells its rows, those around which they show, and where some are left out', () => {
    const { session, add } = open();
    add(...lines);
    const contexts = [{ row: 2, lines: 1 }];
    const { position, state } = session.show(1, showing(withText('x'), { contexts }), 2);
    expect({ position, rows: state.extent.endRow }).toEqual({ position: 1, rows: 4 });
    const { rows } = session.rows(0, 9);
    expect(
      rows.map(({ row: at, contextLines, isContext, isAfterGap }) => ({
        at,
        contextLines,
        isContext,
        isAfterGap,
      })),
    ).toEqual([
      { at: 1, isContext: true, isAfterGap: true },
      { at: 2, contextLines: 1 },
      { at: 3, isContext: true },
      { at: 6, isAfterGap: true },
    ]);
  });

  test('is looked at as a whole before it is told', () => {
    const { session, add } = open();
    for (let block = 0; block < 40; block++) add('a', blockful);
    add('x');
    const contexts = [{ row: 80, lines: 79 }];
    const { position, state } = session.show(1, showing(withText('x'), { contexts }), 80);
    expect((position ?? 0) - state.extent.firstRow).toBe(79);
    expect(session.rows(state.extent.firstRow, 1).rows).toMatchObject([{ row: 1, isAfterGap: true }]);
  });

  test('counts rows of all containers, also of hidden ones', () => {
    const { session, add } = open();
    const of = (source: number): SpoolRow => row('a', { source });
    add(of(0), of(1), row('x', { source: 0 }), of(1), of(0), of(1));
    const filter = { ...withText('x'), hiddenSources: [1] };
    session.show(1, showing(filter, { contexts: [{ row: 2, lines: 1 }] }), undefined);
    expect(session.rows(0, 9).rows.map((each) => each.row)).toEqual([1, 2, 3]);
  });

  test('is nothing without a filter', () => {
    const { session, add } = open();
    add(...lines);
    session.show(1, { ...showAll, contexts: [{ row: 2, lines: 1 }] }, undefined);
    for (const each of session.rows(0, 9).rows)
      for (const mark of ['contextLines', 'isContext', 'isAfterGap']) expect(each).not.toHaveProperty(mark);
  });

  test('is searched, marked and stepped through as all that shows', async () => {
    const { session, settle, add } = open();
    add(...lines);
    session.find(1, query('[ax]\\d', true));
    session.show(1, showing(withText('x'), { contexts: [{ row: 2, lines: 1 }] }), undefined);
    settle();
    expect(session.rows(0, 1).rows).toMatchObject([{ row: 1, marks: [0, 2] }]);
    await expect(session.step(next(0, 0))).resolves.toMatchObject({
      position: { row: 1 },
      number: 2,
      state: { total: 4 },
    });
  });

  test('is not kept for a page that begins anew', () => {
    const { session, add } = open();
    add(...lines);
    session.show(1, showing(withText('x'), { contexts: [{ row: 2, lines: 1 }] }), undefined);
    expect(session.snapshot({ tailRows: 9 }, showing(withText('x'))).tail.rows).toHaveLength(2);
  });
});

describe('what was cleared', () => {
  test('is left out and counted, also what is read behind it or let go', () => {
    const { session, spool, settle, add } = open();
    add('a', 'b', row('piece', { isContinuation: true }));
    const { state } = session.snapshot({ tailRows: 9 }, showAll);
    expect([state.cleared, state.nextRow]).toEqual([undefined, 3]);
    const cleared = session.show(1, { ...showAll, fromRow: 3 }, undefined);
    expect(cleared.tail.rows).toEqual([]);
    expect(cleared.state).toMatchObject({ cleared: { fromRow: 3, lines: 2 }, nextRow: 3 });
    add('c');
    prepend(spool, ['older']);
    settle();
    const { state: later, tail } = session.snapshot({ tailRows: 9 }, showAll);
    expect(later.cleared).toEqual({ fromRow: 3, lines: 3 });
    expect(texts(tail)).toEqual(['c']);
    const again = session.show(2, showAll, undefined);
    expect(again.state.cleared).toBeUndefined();
    expect(texts(again.tail)).toEqual(['older', 'a', 'b', 'piece', 'c']);
  });

  test('stays so for a page that begins anew', () => {
    const { session, add } = open();
    add('a', 'b');
    session.show(1, { ...showAll, fromRow: 1 }, undefined);
    expect(texts(session.snapshot({ tailRows: 9 }, showAll).tail)).toEqual(['b']);
  });

  test('is neither found nor in the histogram, but its place is known', async () => {
    const { session, settle, add } = open();
    add(row('x', { at: 1000 }), row('x', { at: 2000 }), row('x', { at: 3000 }));
    session.find(1, query('x'));
    session.show(1, { ...showAll, fromRow: 1 }, undefined);
    settle();
    await expect(session.step(next(0))).resolves.toMatchObject({ row: 1, number: 1, state: { total: 2 } });
    expect(session.histogram(1)).toMatchObject({ from: 2000, to: 3001 });
    expect(session.density(2)).toEqual([1, 1]);
    expect(session.locate({ at: 500 })).toMatchObject({ row: 0 });
    expect(session.locate({ at: 2500 })).toEqual({ row: 2, position: 1 });
  });
});

describe('a trace', () => {
  test('is one row that says how many lines it has, and shows them when it is unfolded', () => {
    const { session, add } = open();
    add('a', ...trace, 'b');
    session.snapshot({ tailRows: 9 }, folding);
    expect(session.rows(0, 9).rows).toMatchObject([
      { row: 0, text: 'a' },
      { row: 1, traceLines: 2, isUnfolded: false },
      { row: 4, text: 'b' },
    ]);
    const unfolded = session.show(1, { ...folding, unfolded: [1] }, 1);
    expect(unfolded.position).toBe(1);
    expect(unfolded.tail.rows).toMatchObject([
      { row: 0 },
      { row: 1, traceLines: 2, isUnfolded: true },
      { row: 2, text: '  at one' },
      { row: 3 },
      { row: 4 },
    ]);
    expect(unfolded.tail.rows[2]).not.toHaveProperty('traceLines');
  });

  test('is a head with its lines when nothing is folded', () => {
    const { session, add } = open();
    add(...trace);
    expect(session.snapshot({ tailRows: 9 }, showAll).tail.rows[0]).toMatchObject({
      traceLines: 2,
      isUnfolded: true,
    });
  });

  test('that comes in pieces stays one row', () => {
    const { session, clock, updates, add } = open();
    session.snapshot({ tailRows: 9 }, folding);
    add(...trace.slice(0, 2));
    clock.advance(50);
    add(...trace.slice(2), 'next');
    clock.advance(50);
    const told = updates.map(({ tail }) => texts(tail)).filter(({ length }) => length > 0);
    expect(told).toEqual([['Error: boom'], ['next']]);
    expect(session.rows(0, 1).rows).toMatchObject([{ traceLines: 2 }]);
  });
});

describe('a search', () => {
  test('marks rows, also those that come later', async () => {
    const { session, clock, updates, settle, add } = open();
    session.snapshot({ tailRows: 5 }, showAll);
    add(...numbered(0, 20));
    const state = session.find(7, query('LINE 1\\d', true));
    expect(state.isComplete).toBe(false);
    const step = session.step(previous(19));
    settle();
    await expect(step).resolves.toMatchObject({
      position: { row: 19, ordinal: 0 },
      row: 19,
      foldedIn: undefined,
      number: 10,
      state: { total: 10, isComplete: true },
    });
    expect(session.rows(9, 2)).toMatchObject({ findId: 7, rows: [{ text: 'line 9' }, { marks: [0, 7] }] });
    add('line 10 again');
    clock.advance(50);
    expect(updates.at(-1)).toMatchObject({ tail: { rows: [{ marks: [0, 7] }] } });
    settle();
    expect(updates.at(-1)?.state.find).toEqual({ total: 11, isComplete: true, problem: undefined });
    session.find(8, undefined);
    expect(session.rows(10, 1).rows[0]).not.toHaveProperty('marks');
  });

  test('that was replaced gives its steps back without a match', async () => {
    const { session, add } = open();
    add(...numbered(0, 5));
    session.find(1, query('line'));
    const step = session.step(next(0));
    session.find(2, query('other'));
    await expect(step).resolves.toMatchObject({ position: undefined });
  });

  test('gives its steps back when the log is closed', async () => {
    const { session, add } = open();
    add('line');
    session.find(1, query('line'));
    const step = session.step(next(0));
    session.find(2, undefined);
    session.dispose();
    await expect(step).resolves.toMatchObject({ position: undefined });
  });

  test('says what is wrong with an expression', () => {
    const { session } = open();
    expect(session.find(1, query('(', true)).problem).toMatchObject({ kind: 'invalid' });
    expect(session.find(2, query('')).problem).toBeUndefined();
  });

  test('counts only what shows, and tells positions among that', async () => {
    const { session, settle, add } = open();
    add('a x', 'b x', 'a', 'b x', 'a x x');
    session.find(1, query('x'));
    settle();
    session.show(1, showing(withText('a')), undefined);
    settle();
    await expect(session.step(next(1))).resolves.toMatchObject({
      position: { row: 2, ordinal: 0 },
      row: 4,
      number: 2,
      state: { total: 3 },
    });
    await expect(session.step(next(2, 1))).resolves.toMatchObject({
      position: { row: 0, ordinal: 0 },
      hasWrapped: true,
    });
  });

  test('finds what is folded away, and says where', async () => {
    const { session, settle, add } = open();
    add('a', ...trace, 'two');
    session.show(1, folding, undefined);
    session.find(1, query('two'));
    settle();
    const found = await session.step(next(0));
    expect(found).toMatchObject({ row: 3, foldedIn: 1, number: 1, state: { total: 2 } });
    session.show(2, { ...folding, unfolded: [1] }, undefined);
    settle();
    expect(session.locate({ row: 3 })).toEqual({ position: 3, row: 3 });
    await expect(session.step(next(3, 0))).resolves.toMatchObject({ row: 4, foldedIn: undefined, number: 2 });
    await expect(session.step(previous(4, 0))).resolves.toMatchObject({ row: 3, foldedIn: undefined });
  });

  test('leads to the line that a link names, as soon as it may be among what is held', () => {
    const { session, spool, add } = open();
    const place = (at: number, text: string) => ({ at, textHash: textHash(text) });
    add(row('late', { at: 9000 }));
    session.history({ phase: 'partial', pendingLines: 0 });
    expect(session.seek(place(5000, 'early'))).toEqual({ kind: 'older' });
    prepend(spool, [row('first', { at: 1000 }), row('early', { at: 5000 })]);
    expect(session.seek(place(5000, 'early'))).toMatchObject({ kind: 'found', row: -1, position: -1 });
    expect(session.seek(place(5000, 'another'))).toMatchObject({ kind: 'next', row: -1 });
    session.history({ phase: 'complete', pendingLines: 0 });
    expect(session.seek(place(0, 'never'))).toMatchObject({ kind: 'next', row: -2 });
    session.show(1, showing(withText('late')), undefined);
    expect(session.seek(place(5000, 'early'))).toMatchObject({ kind: 'next', row: 0 });
    session.show(2, showing(withText('nowhere')), undefined);
    expect(session.seek(place(5000, 'early'))).toEqual({
      kind: 'next',
      row: undefined,
      position: undefined,
      foldedIn: undefined,
    });
  });

  test('knows in which trace the line of a link is folded away', () => {
    const { session, add } = open();
    add('before', row('Error: boom', { at: 5 }), row('  at one', { at: 5, isTraceLine: true }));
    session.show(1, folding, undefined);
    const place = { at: 5, textHash: textHash('  at one') };
    expect(session.seek(place)).toMatchObject({ kind: 'found', row: 2, foldedIn: 1 });
  });

  test('copies what shows of a range, wherever that begins, and the trace below its last row', () => {
    const { session, spool, add } = open();
    add('a', ...trace, 'b', row('c', { source: 1 }));
    prepend(spool, [blockful, ...numbered(0, 3)]);
    const copied = (from: number, to: number): string => {
      const request = { from, to, timestamps: 'off', timeZone: 'UTC', language: 'en' } as const;
      return (session.copy(request)?.parts ?? [])
        .map((part) => (typeof part === 'string' ? part : '?'))
        .join('');
    };
    session.show(1, folding, undefined);
    expect(copied(-2, 1).split('\n')).toEqual([
      'line 1',
      'line 2',
      'a',
      'Error: boom',
      '  at one',
      '  at two',
    ]);
    session.show(2, showing(withText('line'), { isFolding: true }), undefined);
    expect(copied(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)).toBe('line 0\nline 1\nline 2');
  });

  test('tells the line that a row is, with whose it is', () => {
    const { session, add } = open();
    session.sources([{ ref: 'e/container/c', name: 'web' }]);
    add(row('\u001b[1mbold', { at: 7 }), eventRow({ kind: 'started' }));
    expect(session.line(0)).toMatchObject({
      line: { text: '\u001b[1mbold', at: 7 },
      source: { name: 'web' },
    });
    expect(session.line(1)).toBeUndefined();
  });

  test('finds no place where nothing shows', () => {
    const { session, add, settle } = open();
    expect(session.locate({ row: 0 })).toEqual({ position: undefined, row: 0 });
    add('a', 'b');
    session.show(1, showing(withText('nowhere')), undefined);
    settle();
    expect(session.locate({ at: 0 })).toMatchObject({ position: undefined });
    expect(session.locate({ row: 1 })).toEqual({ position: undefined, row: 1 });
  });

  test('counts the lines that pass, folded away or not, and neither events nor pieces', () => {
    const { session, add, settle } = open();
    const piece = row('boom goes on', { isContinuation: true });
    add(...trace, 'boom', piece, 'quiet', eventRow({ kind: 'started' }));
    const shown = (show: LogShow): number => {
      const { state } = session.show(1, show, undefined);
      settle();
      return state.shownLines;
    };
    expect(shown(folding)).toBe(5);
    expect(shown(showing(withText('boom')))).toBe(4);
    expect(shown(showing(withText('boom'), { isFolding: true }))).toBe(4);
    expect(shown(showing(withText('nowhere')))).toBe(0);
  });

  test('is spread over what shows', () => {
    const { session, settle, add } = open();
    add('x', 'a', 'a', 'x');
    expect(session.density(2)).toEqual([]);
    session.find(1, query('x'));
    settle();
    expect(session.density(2)).toEqual([1, 1]);
  });
});

describe('a place', () => {
  test('is found by time or by row, also where nobody has looked yet', () => {
    const { session, spool, add } = open();
    add(row('b', { at: 20 }), row('c', { at: 30 }));
    prepend(spool, [row('a', { at: 10 })]);
    session.snapshot({ tailRows: 1 }, showAll);
    expect([5, 10, 15, 20, 21, 99].map((at) => session.locate({ at }).position)).toEqual([
      -1, -1, 0, 0, 1, 1,
    ]);
    expect([-1, 0, 1].map((at) => session.locate({ row: at }).position)).toEqual([-1, 0, 1]);
  });

  test('is that of the next row that shows', () => {
    const { session, add } = open();
    add(row('x', { at: 1 }), row('y', { at: 2 }), row('x', { at: 3 }), row('y', { at: 4 }));
    session.show(1, showing(withText('x')), undefined);
    expect([1, 2, 3, 4].map((at) => session.locate({ at }).position)).toEqual([0, 1, 1, 1]);
  });
});

describe('saving', () => {
  const save = async (session: LogSession, isAll: boolean): Promise<string> => {
    const path = join(madeFolder(), 'out.log');
    await session.save({ path, format: 'plain', isAll, source: undefined, hasPrefix: false });
    return readFileSync(path, 'utf8');
  };

  test('takes what shows, also where nobody has looked yet, or all', async () => {
    const { session, add } = open();
    add('x0', 'y');
    for (let block = 0; block < 60; block++) add(blockful);
    add('x1', ...trace);
    session.show(1, showing(withText('x'), { isFolding: true }), undefined);
    expect(await save(session, false)).toBe('x0\nx1\n');
    expect((await save(session, true)).split('\n')).toHaveLength(67);
  });
});

describe('the questions', () => {
  test('are answered by what they are called', async () => {
    const { session, settle, add } = open();
    add(row('see src/a.ts:7 x', { at: 1000 }), row('b', { at: 2000 }));
    session.sources([{ ref: 'e/container/a', name: 'a' }]);
    const ask = (name: never, params: unknown): Promise<unknown> =>
      answer(session, { kind: 'ask', id: 1, name, params } as Parameters<typeof answer>[1]);
    const named = (name: string): never => name as never;
    expect(await ask(named('snapshot'), { view: { tailRows: 1 }, show: showAll })).toMatchObject({
      tail: { rows: [{ text: 'b' }] },
    });
    expect(await ask(named('rows'), { firstRow: 0, count: 1 })).toMatchObject({ rows: [{ row: 0 }] });
    expect(await ask(named('show'), { showId: 3, show: showAll, anchorRow: 1 })).toMatchObject({
      position: 1,
    });
    expect(await ask(named('find'), { findId: 2, query: query('x') })).toMatchObject({ total: 0 });
    settle();
    expect(await ask(named('step'), next(0))).toMatchObject({ number: 1 });
    expect(await ask(named('locate'), { at: 1500, row: undefined })).toEqual({ position: 1, row: 1 });
    expect(await ask(named('locate'), { at: undefined, row: 0 })).toEqual({ position: 0, row: 0 });
    expect(await ask(named('histogram'), { parts: 2 })).toMatchObject({ from: 1000, to: 2001 });
    expect(await ask(named('density'), { parts: 1 })).toEqual([1]);
    expect(await ask(named('link'), { row: 0, index: 0 })).toMatchObject({ source: { name: 'a' } });
    expect(await ask(named('link'), { row: 0, index: 5 })).toBeUndefined();
    expect(await ask(named('link'), { row: 99, index: 0 })).toBeUndefined();
  });

  test('about times have no answer when there are none', () => {
    const { session, add } = open();
    add('untimed');
    expect(session.histogram(3)).toBeUndefined();
  });
});

test('nothing runs on when all is done or closed', () => {
  const { session, clock, settle, spool, add } = open();
  session.snapshot({ tailRows: 1 }, showAll);
  add('a');
  append(spool, ['b']);
  settle();
  expect(clock.pending).toEqual([]);
  add('c');
  session.find(1, query('c'));
  session.dispose();
  expect(clock.pending).toEqual([]);
});
