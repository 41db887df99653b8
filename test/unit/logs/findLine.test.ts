import { describe, expect, test } from 'vitest';
import { findLine, reachesBack } from '../../../src/logs/findLine.ts';
import { wholeLine } from '../../../src/logs/wholeLine.ts';
import { textHash } from '../../../src/model/textHash.ts';
import { blockful, eventRow, row, spoolOf } from './rows.ts';

const place = (at: number, text: string) => ({ at, textHash: textHash(text) });
const piece = (text: string, source = 0) => row(text, { at: 5, source, isContinuation: true });

describe('a line that is known by its time and text', () => {
  test('is told from others of that time', () => {
    const spool = spoolOf([
      row('a', { at: 4 }),
      row('b', { at: 5 }),
      row('c', { at: 5 }),
      row('c', { at: 6 }),
    ]);
    expect(findLine(spool, place(5, 'c'))).toBe(2);
    expect(findLine(spool, place(5, 'a'))).toBeUndefined();
    expect(findLine(spool, place(7, 'c'))).toBeUndefined();
  });

  test('is found wherever a clock that was set back has put it', () => {
    const spool = spoolOf([
      row('ahead', { at: 900 }),
      blockful,
      row('right', { at: 10 }),
      row('x', { at: 950 }),
    ]);
    expect(findLine(spool, place(10, 'right'))).toBe(2);
    expect(findLine(spool, place(900, 'ahead'))).toBe(0);
  });

  test('is the whole of it, also where it came in pieces between the lines of others', () => {
    const spool = spoolOf([
      row('begin ', { at: 5 }),
      row('other', { at: 5, source: 1 }),
      piece('middle '),
      eventRow({ kind: 'started' }),
      piece('end'),
      row('next', { at: 5 }),
    ]);
    expect(findLine(spool, place(5, 'begin middle end'))).toBe(0);
    expect([0, 2, 4].map((number) => wholeLine(spool, number)?.text)).toEqual(
      Array(3).fill('begin middle end'),
    );
    expect(wholeLine(spool, 1)?.text).toBe('other');
    expect([3, 99].map((number) => wholeLine(spool, number))).toEqual([undefined, undefined]);
  });
});

test('a log reaches back to a time when it has lines from well before it', () => {
  const spool = spoolOf([row('a', { at: 5000 }), row('b', { at: 9000 })]);
  expect([5000, 5999, 6000].map((at) => reachesBack(spool, at))).toEqual([false, false, true]);
  expect(reachesBack(spoolOf([]), 0)).toBe(false);
});
