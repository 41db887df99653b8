import type { StatsRow, StatsSeries } from '../../protocol/stats.ts';

const moments = 60;

export interface Recent {
  readonly cpu: readonly (number | null)[];
  readonly memory: readonly (number | null)[];
}

const none: Recent = { cpu: [], memory: [] };

/** The last minute of every row, for its curves. */
export class RecentValues {
  private readonly byKey = new Map<string, Recent>();

  restart({ of }: StatsSeries): void {
    this.byKey.clear();
    for (const { key, values } of of)
      this.byKey.set(key, {
        cpu: values.cpuPercent.slice(-moments),
        memory: values.memoryBytes.slice(-moments),
      });
  }

  add(rows: readonly StatsRow[]): void {
    for (const { key, cpuPercent, memoryBytes } of rows) {
      const { cpu, memory } = this.of(key);
      this.byKey.set(key, {
        cpu: [...cpu.slice(1 - moments), cpuPercent ?? null],
        memory: [...memory.slice(1 - moments), memoryBytes ?? null],
      });
    }
    const shown = new Set(rows.map(({ key }) => key));
    for (const key of this.byKey.keys()) if (!shown.has(key)) this.byKey.delete(key);
  }

  of(key: string): Recent {
    return this.byKey.get(key) ?? none;
  }
}
