import fc from 'fast-check';
import { expect, test } from 'vitest';
import { offsetsOf } from '../../../src/logs/timeZone.ts';

const hour = 3_600_000;

test('the offset of a zone is that of the time', () => {
  const berlin = offsetsOf('Europe/Berlin');
  const change = Date.UTC(2026, 2, 29, 1);
  expect([change - 1, change, Date.UTC(2026, 0, 1), Date.UTC(2026, 6, 1)].map(berlin)).toEqual([
    hour,
    2 * hour,
    hour,
    2 * hour,
  ]);
  expect(offsetsOf('Asia/Kathmandu')(0)).toBe(5.5 * hour);
  expect(offsetsOf('')(0)).toBe(0);
});

test('is what this machine has for its own zone, whenever', () => {
  const own = offsetsOf(new Intl.DateTimeFormat().resolvedOptions().timeZone);
  const anyTime = fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2040, 0) });
  fc.assert(
    fc.property(anyTime, (at) => {
      expect(own(at)).toBe(-60_000 * new Date(at).getTimezoneOffset() + 0);
    }),
  );
});
