import type { StatsRow, StatsSeries } from '../../protocol/stats.ts';

const moments = 60;

export interface Recent {
  readonly cpu: readonly (number | null)[];
  readonly memory: readonly (number | null)[];
}

interface Growing {
  readonly cpu: (number | null)[];
  readonly memory: (number | null)[];
}

const none: Recent = { cpu: [], memory: [] };

/** The last minute of every row, for its curves. */
export class RecentValues {
  private readonly byKey = new Map<string, Growing>();

  restart({ of }: StatsSeries): void {
    this.byKey.clear();
    for (const { key, values } of of)
      this.byKey.set(key, {
        cpu: values.cpuPercent.slice(-moments),
        memory: values.memoryBytes.slice(-moments),
      });
  }

  /** One more moment of all rows that there are. */
  add(rows: readonly StatsRow[]): void {
    for (const { key, cpuPercent, memoryBytes } of rows) {
      const own = this.byKey.get(key) ?? { cpu: [], memory: [] };
      this.byKey.set(key, own);
      push(own.cpu, cpuPercent);
      push(own.memory, memoryBytes);
    }
    if (this.byKey.size === rows.length) return;
    const shown = new Set(rows.map(({ key }) => key));
    for (const key of this.byKey.keys()) if (!shown.has(key)) this.byKey.delete(key);
  }

  of(key: string): Recent {
    return this.byKey.get(key) ?? none;
  }
}

function push(values: (number | null)[], value: number | undefined): void {
  values.push(value ?? null);
  if (values.length > moments) values.shift();
}
