import { describe, expect, test } from 'vitest';
import { copyRows } from '../../../src/logs/copyRows.ts';
import type { Spool } from '../../../src/logs/spool/spool.ts';
import type { TimestampMode } from '../../../src/model/logTime.ts';
import { blockful, eventRow, openSpool, append, row, spoolOf } from './rows.ts';

const web = { ref: 'e/container/a', name: 'web' };
const db = { ref: 'e/container/b', name: 'db' };
const at = Date.UTC(2026, 2, 1, 12, 0, 0, 5);

interface Options {
  readonly timestamps?: TimestampMode;
  readonly timeZone?: string;
  readonly sources?: readonly (typeof web)[];
  readonly rows?: readonly number[];
}

function copy(spool: Spool, options: Options = {}) {
  const { timestamps = 'off', timeZone = 'UTC', sources = [web] } = options;
  const rows =
    options.rows ?? Array.from({ length: spool.end - spool.firstRow }, (_, n) => spool.firstRow + n);
  return copyRows(spool, sources, rows, { timestamps, timeZone, language: 'en' }, at + 90_000);
}

describe('copied rows', () => {
  test('are what is seen of them, one a line', () => {
    const spool = spoolOf(['a', row('\u001b[31mred\u001b[0m'), 'last']);
    expect(copy(spool)).toEqual({ parts: ['a\nred\nlast'], lines: 3 });
    expect(copy(spool, { rows: [2] })).toEqual({ parts: ['last'], lines: 1 });
    expect(copy(spool, { rows: [] })).toEqual({ parts: [''], lines: 0 });
  });

  test('have the time as it is shown, and the name where there are several', () => {
    const spool = spoolOf([row('a', { at }), row('b', { at: at + 1, source: 1 }), row('untimed')]);
    const text = (options: Options) => copy(spool, options)?.parts;
    expect(text({ timestamps: 'utc', sources: [web, db] })).toEqual([
      '12:00:00.005 web a\n12:00:00.006 db b\nweb untimed',
    ]);
    expect(text({ timestamps: 'local', timeZone: 'Asia/Tokyo' })).toEqual([
      '21:00:00.005 a\n21:00:00.006 b\nuntimed',
    ]);
    expect(text({ timestamps: 'relative' })).toEqual(['1 min. ago a\n1 min. ago b\nuntimed']);
    expect(text({ timestamps: 'local', timeZone: 'Nowhere/At_All' })?.[0]).toMatch(/^12:00:00.005 a/);
  });

  test('leave the words for what happened to others', () => {
    const spool = spoolOf([
      row('a', { at }),
      eventRow({ kind: 'started' }, { at, source: 1 }),
      row('b', { at }),
    ]);
    expect(copy(spool, { timestamps: 'utc', sources: [web, db] })).toEqual({
      parts: [
        '12:00:00.005 web a\n12:00:00.005 db ',
        { event: { kind: 'started' }, name: 'db' },
        '\n12:00:00.005 web b',
      ],
      lines: 3,
    });
  });

  test('are whole lines where they are pieces of one', () => {
    const spool = spoolOf([
      'begin ',
      row('middle ', { isContinuation: true }),
      row('end', { isContinuation: true }),
      'next',
      row('of another', { isContinuation: true, source: 1 }),
    ]);
    expect(copy(spool)).toEqual({ parts: ['begin middle end\nnext\nof another'], lines: 3 });
  });

  test('are too much above 100,000 lines or 20 MB', () => {
    const spool = openSpool();
    append(spool, Array<string>(100_000).fill('x'));
    expect(copy(spool)?.lines).toBe(100_000);
    append(spool, ['one more']);
    expect(copy(spool)).toBeUndefined();
    const wide = openSpool();
    append(wide, Array(79).fill(blockful));
    expect(copy(wide)).toBeUndefined();
    expect(copy(wide, { rows: Array.from({ length: 70 }, (_, n) => n) })?.lines).toBe(70);
  });
});
