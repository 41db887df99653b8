import { statsMetrics } from '../model/stats.ts';
import type { StatsMoment, StatsRow } from './stats.ts';

/** What a moment changes on a page. */
export type StatsChanges = Omit<StatsMoment, 'seq'>;

/** The rows that a page knows, as long as it takes in what it is sent. */
export class KnownRows {
  private readonly byKey = new Map<string, StatsRow>();

  get all(): readonly StatsRow[] {
    return [...this.byKey.values()];
  }

  get(key: string): StatsRow | undefined {
    return this.byKey.get(key);
  }

  restart(rows: readonly StatsRow[]): void {
    this.byKey.clear();
    for (const row of rows) this.byKey.set(row.key, row);
  }

  take({ rows, gone }: StatsChanges): void {
    for (const key of gone) this.byKey.delete(key);
    for (const row of rows) this.byKey.set(row.key, row);
  }

  /** What makes these rows of those that are known. Most of many containers do nothing at all. */
  changesTo(rows: readonly StatsRow[], at: number): StatsChanges {
    const wanted = new Set(rows.map(({ key }) => key));
    return {
      at,
      rows: rows.filter((row) => !isSame(row, this.byKey.get(row.key))),
      gone: [...this.byKey.keys()].filter((key) => !wanted.has(key)),
    };
  }
}

/** Two on each other, for a page that has seen neither. */
export function mergeChanges(earlier: StatsChanges, later: StatsChanges): StatsChanges {
  const rows = new Map(earlier.rows.map((row) => [row.key, row]));
  for (const key of later.gone) rows.delete(key);
  for (const row of later.rows) rows.set(row.key, row);
  const gone = new Set([...earlier.gone, ...later.gone]);
  return { at: later.at, rows: [...rows.values()], gone: [...gone].filter((key) => !rows.has(key)) };
}

function isSame(row: StatsRow, other: StatsRow | undefined): boolean {
  return (
    row.name === other?.name &&
    row.engineName === other.engineName &&
    row.state === other.state &&
    row.isOffline === other.isOffline &&
    row.isLive === other.isLive &&
    statsMetrics.every((metric) => row[metric] === other[metric])
  );
}
