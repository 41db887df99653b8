import { describe, expect, test } from 'vitest';
import { LogSession } from '../../../src/logs/logSession.ts';
import type { LogUpdate, RowWindow } from '../../../src/model/log.ts';
import { stamped } from './lines.ts';

/** A clock that moves only when told. */
class StillClock {
  private time = 0;
  private readonly timers: { readonly at: number; readonly callback: () => void }[] = [];

  now(): number {
    return this.time;
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { at: this.time + ms, callback };
    this.timers.push(timer);
    return () => {
      const index = this.timers.indexOf(timer);
      if (index >= 0) this.timers.splice(index, 1);
    };
  }

  advance(ms: number): void {
    this.time += ms;
    for (;;) {
      const due = this.timers.findIndex(({ at }) => at <= this.time);
      if (due < 0) return;
      const [timer] = this.timers.splice(due, 1);
      timer?.callback();
    }
  }
}

function open(): { readonly session: LogSession; readonly clock: StillClock; readonly updates: LogUpdate[] } {
  const clock = new StillClock();
  const updates: LogUpdate[] = [];
  const session = new LogSession({
    limits: { maxRows: 10_000, maxBytes: 10_000_000 },
    clock,
    limit: (work) => {
      work();
      return true;
    },
    onUpdate: (update) => updates.push(update),
  });
  return { session, clock, updates };
}

const texts = ({ rows }: RowWindow): string[] =>
  rows.map((row) => (row.kind === 'line' ? row.text : row.event.kind));

function write(session: LogSession, from: number, to: number): void {
  for (let at = from; at < to; at++) session.line(stamped(`line ${String(at)}`, { nanos: at }));
}

describe('LogSession', () => {
  test('answers a snapshot with the newest rows, then sends what is new, joined and not too often', () => {
    const { session, clock, updates } = open();
    write(session, 0, 100);
    const snapshot = session.snapshot({ tailRows: 3 });
    expect(texts(snapshot.tail)).toEqual(['line 97', 'line 98', 'line 99']);
    write(session, 100, 102);
    clock.advance(49);
    expect(updates).toHaveLength(0);
    clock.advance(1);
    expect(updates.map(({ tail }) => texts(tail))).toEqual([['line 100', 'line 101']]);
    clock.advance(1000);
    expect(updates).toHaveLength(1);
  });

  test('sends only as many of the newest rows as are wanted, and only while they are', () => {
    const { session, clock, updates } = open();
    session.snapshot({ tailRows: 2 });
    write(session, 0, 500);
    clock.advance(50);
    expect(updates.at(-1)?.tail).toMatchObject({ firstRow: 498 });
    session.setView({ tailRows: 0 });
    write(session, 500, 510);
    clock.advance(50);
    expect(updates.at(-1)).toMatchObject({ state: { extent: { endRow: 510 } }, tail: { rows: [] } });
    session.setView({ tailRows: 5 });
    clock.advance(50);
    expect(texts(updates.at(-1)?.tail ?? { firstRow: 0, rows: [], findId: 0 })).toEqual([
      'line 505',
      'line 506',
      'line 507',
      'line 508',
      'line 509',
    ]);
  });

  test('sends nothing while there is no page', () => {
    const { session, clock, updates } = open();
    session.snapshot({ tailRows: 5 });
    session.setView(undefined);
    write(session, 0, 10);
    clock.advance(1000);
    expect(updates).toEqual([]);
  });

  test('answers windows within what is held, and within a size', () => {
    const { session } = open();
    write(session, 0, 50);
    expect(texts(session.rows(48, 10))).toEqual(['line 48', 'line 49']);
    expect(session.rows(400, 10).rows).toEqual([]);
    for (let at = 0; at < 100; at++) session.line(stamped('x'.repeat(60_000)));
    expect(session.rows(50, 100).rows).toHaveLength(17);
  });

  test('marks rows with the search that is on, also those that come later', async () => {
    const { session, clock, updates } = open();
    session.snapshot({ tailRows: 5 });
    write(session, 0, 20);
    const state = session.find(7, { pattern: 'LINE 1\\d', isRegex: true, matchCase: false });
    expect(state.isComplete).toBe(false);
    const step = session.step({ row: 19, ordinal: undefined, direction: 'previous' });
    clock.advance(50);
    await expect(step).resolves.toMatchObject({
      position: { row: 19, ordinal: 0 },
      number: 10,
      state: { total: 10 },
    });
    expect(session.rows(9, 2)).toMatchObject({ findId: 7, rows: [{ text: 'line 9' }, { marks: [0, 7] }] });
    session.line(stamped('line 10 again'));
    clock.advance(50);
    expect(updates.at(-1)).toMatchObject({ tail: { rows: [{ marks: [0, 7] }] } });
    clock.advance(50);
    expect(updates.at(-1)?.state.find).toEqual({ total: 11, isComplete: true, problem: undefined });
    session.find(8, undefined);
    expect(session.rows(10, 1).rows[0]).not.toHaveProperty('marks');
  });

  test('settles a step whose search was replaced', async () => {
    const { session } = open();
    write(session, 0, 5);
    session.find(1, { pattern: 'line', isRegex: false, matchCase: false });
    const step = session.step({ row: 0, ordinal: undefined, direction: 'next' });
    session.find(2, { pattern: 'other', isRegex: false, matchCase: false });
    await expect(step).resolves.toMatchObject({ position: undefined });
  });

  test('says what is wrong with an expression', () => {
    const { session } = open();
    expect(session.find(1, { pattern: '(', isRegex: true, matchCase: false }).problem).toMatchObject({
      kind: 'invalid',
    });
  });
});
