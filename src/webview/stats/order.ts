import { memoryPercent } from '../../model/stats.ts';
import type { SortColumn, StatsRow, StatsSort } from '../../protocol/stats.ts';

/** What a column is sorted by; undefined where nothing is measured. */
function valueOf(row: StatsRow, by: Exclude<SortColumn, 'name'>): number | undefined {
  switch (by) {
    case 'memoryPercent':
      return memoryPercent(row);
    case 'netBytes':
      return sum(row.netInBytes, row.netOutBytes);
    case 'blockBytes':
      return sum(row.blockReadBytes, row.blockWriteBytes);
    default:
      return row[by];
  }
}

/** What is not measured comes last either way; what is equal stays in the order of the names. */
export function sortRows(rows: readonly StatsRow[], { by, isDescending }: StatsSort): readonly StatsRow[] {
  const byName = rows.toSorted((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
  if (by === 'name') return isDescending ? byName.reverse() : byName;
  return byName.toSorted((a, b) => {
    const [one, other] = [valueOf(a, by), valueOf(b, by)];
    if (one === undefined || other === undefined)
      return Number(one === undefined) - Number(other === undefined);
    return isDescending ? other - one : one - other;
  });
}

export function filterRows(rows: readonly StatsRow[], text: string): readonly StatsRow[] {
  const wanted = text.trim().toLowerCase();
  return wanted === '' ? rows : rows.filter(({ name }) => name.toLowerCase().includes(wanted));
}

function sum(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? undefined : one + other;
}
