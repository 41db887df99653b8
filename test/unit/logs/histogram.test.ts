import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { histogram, rowAtTime } from '../../../src/logs/histogram.ts';
import { append, blockful, eventRow, openSpool, prepend, row, spoolOf, withSpool } from './rows.ts';

/** Lines of all levels in each part. */
const sums = (parts: readonly (readonly number[])[]): number[] =>
  parts.map((part) => part.reduce((sum, count) => sum + count, 0));

describe('histogram', () => {
  test('counts lines by time and level', () => {
    const spool = spoolOf([
      row('a', { at: 1000, level: 3 }),
      row('b', { at: 1001, level: 5 }),
      row('c', { at: 1005, level: 5 }),
      eventRow({ kind: 'started' }, { at: 1006 }),
      row('d', { at: 1009, level: 0 }),
      row('untimed'),
    ]);
    expect(histogram(spool, 5)).toEqual({
      from: 1000,
      to: 1010,
      parts: [
        [0, 0, 0, 1, 0, 1, 0],
        [0, 0, 0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 1, 0],
        [0, 0, 0, 0, 0, 0, 0],
        [1, 0, 0, 0, 0, 0, 0],
      ],
    });
  });

  test('is none when no line has a time', () => {
    expect(histogram(openSpool(), 10)).toBeUndefined();
    expect(histogram(spoolOf(['untimed', blockful, 'untimed']), 10)).toBeUndefined();
  });

  test('of a single moment has all in its first part', () => {
    const { from, to, parts } = histogram(spoolOf([row('a', { at: 7 }), row('b', { at: 7 })]), 4) ?? {};
    expect([from, to, sums(parts ?? [])]).toEqual([7, 8, [2, 0, 0, 0]]);
  });

  test('loses no line, be it of many blocks whose rows are not read', () => {
    const spool = openSpool();
    for (let minute = 0; minute < 60; minute++)
      append(spool, [row('x', { at: minute * 60_000 }), { ...blockful, at: minute * 60_000 + 59_999 }]);
    const counts = sums(histogram(spool, 30)?.parts ?? []);
    expect(counts).toEqual(Array.from({ length: 30 }, () => 4));
  });

  test('counts from a row on, within a block and with many', () => {
    const spool = openSpool();
    const hour = 3_600_000;
    for (let at = 0; at < 60; at++)
      append(spool, [row('x', { at: at * hour }), { ...blockful, at: at * hour }]);
    append(spool, [row('a', { at: 60 * hour, level: 5 }), row('b', { at: 61 * hour, level: 3 })]);
    expect(histogram(spool, 1, 121)).toEqual({
      from: 61 * hour,
      to: 61 * hour + 1,
      parts: [[0, 0, 0, 1, 0, 0, 0]],
    });
    expect(sums(histogram(spool, 2, 1)?.parts ?? [])).toEqual([61, 60]);
    expect(histogram(spool, 2, 122)).toBeUndefined();
  });

  test('takes in what is older', () => {
    const spool = spoolOf([row('a', { at: 100 })]);
    prepend(spool, [row('b', { at: 1 }), row('c', { at: 2 })]);
    expect(histogram(spool, 2)).toMatchObject({ from: 1, to: 101 });
    expect(sums(histogram(spool, 2)?.parts ?? [])).toEqual([2, 1]);
  });
});

describe('rowAtTime', () => {
  test('is the first row that is not earlier, in whatever block', () => {
    const spool = spoolOf([
      row('a', { at: 10 }),
      'untimed',
      row('b', { at: 20 }),
      blockful,
      row('c', { at: 30 }),
    ]);
    prepend(spool, [row('d', { at: 1 }), row('e', { at: 2 })]);
    expect([0, 2, 3, 10, 11, 20, 25, 30].map((at) => rowAtTime(spool, at))).toEqual([
      -2, -1, 0, 0, 2, 2, 4, 4,
    ]);
  });

  test('is the end when all are earlier', () => {
    expect(rowAtTime(spoolOf([row('a', { at: 1 })]), 2)).toBe(1);
    expect(rowAtTime(openSpool(), 0)).toBe(0);
  });

  test('is what going through all rows would find', () => {
    const times = fc.array(fc.option(fc.nat({ max: 20 }), { nil: undefined }), { maxLength: 12 });
    fc.assert(
      fc.property(times, times, fc.nat({ max: 21 }), (older, newer, wanted) => {
        withSpool((spool) => {
          append(
            spool,
            newer.map((at) => row('', { at })),
          );
          prepend(
            spool,
            older.map((at) => row('', { at })),
          );
          const found = [...older, ...newer].findIndex((at) => at !== undefined && at >= wanted);
          expect(rowAtTime(spool, wanted)).toBe(found < 0 ? spool.end : found - older.length);
        });
      }),
    );
  });
});
