import { describe, expect, test } from 'vitest';
import { formatBytes, largestUnit, oneLine } from '../../../src/base/format.ts';

test.each([
  [0, '0 B'],
  [1, '1 B'],
  [999, '999 B'],
  [1000, '1 kB'],
  [1449, '1.45 kB'],
  [1_984_230, '1.98 MB'],
  [212_400_000, '212 MB'],
  [999_499, '999 kB'],
  [999_500, '1 MB'],
  [999_999_999, '1 GB'],
  [1.5e15, '1.5 PB'],
  [9.99e18, '9990 PB'],
])('formatBytes(%d) is %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

test.each([
  [-5 * second, 0, 'second'],
  [999, 0, 'second'],
  [59_999, 59, 'second'],
  [minute, 1, 'minute'],
  [hour - 1, 59, 'minute'],
  [hour, 1, 'hour'],
  [day - 1, 23, 'hour'],
  [day, 1, 'day'],
  [60 * day - 1, 59, 'day'],
  [60 * day, 2, 'month'],
  [730 * day - 1, 24, 'month'],
  [730 * day, 2, 'year'],
])('largestUnit(%d) is %d %s', (ms, count, unit) => {
  expect(largestUnit(ms)).toEqual({ count, unit });
});

describe('oneLine', () => {
  test('leaves an ordinary name alone', () => {
    expect(oneLine('web-1')).toBe('web-1');
    expect(oneLine('grün-容器-🚢')).toBe('grün-容器-🚢');
    expect(oneLine('')).toBe('');
  });

  test('shows runs of control characters and line ends as one space', () => {
    expect(oneLine('a\r\nb\u0000\u001b[31mc\u0085d\u2028e\u2029f\u007fg')).toBe('a b [31mc d e f g');
  });

  test('keeps what is as long as it may be, and cuts what is longer, saying so', () => {
    expect(oneLine('x'.repeat(200))).toBe('x'.repeat(200));
    expect(oneLine('x'.repeat(201))).toBe(`${'x'.repeat(199)}…`);
    expect(oneLine('x'.repeat(60_000), 10)).toBe('xxxxxxxxx…');
  });

  test('never cuts a character of two code units in halves', () => {
    expect(oneLine(`abc${'🚢'.repeat(5)}`, 5)).toBe('abc…');
    expect(oneLine(`abc${'🚢'.repeat(5)}`, 6)).toBe('abc🚢…');
    expect(oneLine('🚢'.repeat(60_000)).isWellFormed()).toBe(true);
  });

  test('says that something was cut also when control characters became fewer', () => {
    expect(oneLine(`${'\n'.repeat(300)}secret`)).toBe(' …');
    expect(oneLine(`a\r\n${'b'.repeat(60_000)}`, 10)).toMatch(/^a b+…$/);
  });
});
