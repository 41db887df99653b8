import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RowSet } from '../../../src/logs/rowSet.ts';

test('a set of rows has what was added, in order, also once it has grown', () => {
  const rows = fc.uniqueArray(fc.nat(99), { maxLength: 60 });
  fc.assert(
    fc.property(rows, rows, (first, then) => {
      const small = new RowSet(100);
      for (const row of first) small.add(row);
      const set = new RowSet(1025, small);
      for (const row of then) set.add(row + 100);
      const expected = [...first, ...then.map((row) => row + 100)].sort((a, b) => a - b);
      expect([...set.all()]).toEqual(expected);
      expect(Array.from({ length: 1025 }, (_, row) => row).filter((row) => set.has(row))).toEqual(expected);
    }),
  );
});
