import { rateOf, ratesOf, type StatsMetric, statsMetrics, sumMetrics } from '../../model/stats.ts';
import type { StatsRow, StatsSeries } from '../../protocol/stats.ts';

/** Null where nothing was measured. */
export type Curves = Readonly<Record<StatsMetric, (number | null)[]>>;

interface Subject {
  readonly curves: Curves;
  /** The sums as they were at the last moment. */
  readonly last: Map<StatsMetric, number | null>;
}

/** What the charts draw: values at moments that all share, of sums their growth. Grows at its end, moment by moment. */
export class ChartSeries {
  readonly times: number[] = [];
  private readonly subjects = new Map<string, Subject>();

  has(key: string): boolean {
    return this.subjects.has(key);
  }

  of(key: string): Curves | undefined {
    return this.subjects.get(key)?.curves;
  }

  restart({ times, of }: StatsSeries): void {
    this.times.splice(0, Infinity, ...times);
    this.subjects.clear();
    for (const { key, values } of of) {
      const last = new Map([...sumMetrics].map((metric) => [metric, values[metric].at(-1) ?? null]));
      const curves = curvesOf((metric) => [
        ...(sumMetrics.has(metric) ? ratesOf(times, values[metric]) : values[metric]),
      ]);
      this.subjects.set(key, { curves, last });
    }
  }

  /** One more moment, those before the window let go; a container without a row was not measured. */
  add(at: number, rowOf: (key: string) => StatsRow | undefined, since: number): void {
    const before = this.times.at(-1) ?? at;
    const first = this.times.findIndex((time) => time >= since);
    const old = first < 0 ? this.times.length : first;
    this.times.push(at);
    this.times.splice(0, old);
    for (const [key, { curves, last }] of this.subjects) {
      const row = rowOf(key);
      for (const metric of statsMetrics) {
        const value = (row?.isLive === true ? row[metric] : undefined) ?? null;
        const values = curves[metric];
        if (sumMetrics.has(metric)) {
          values.push(rateOf({ at: before, sum: last.get(metric) ?? null }, { at, sum: value }));
          last.set(metric, value);
        } else values.push(value);
        values.splice(0, old);
      }
    }
  }
}

function curvesOf(make: (metric: StatsMetric) => (number | null)[]): Curves {
  return {
    cpuPercent: make('cpuPercent'),
    memoryBytes: make('memoryBytes'),
    memoryLimitBytes: make('memoryLimitBytes'),
    netInBytes: make('netInBytes'),
    netOutBytes: make('netOutBytes'),
    blockReadBytes: make('blockReadBytes'),
    blockWriteBytes: make('blockWriteBytes'),
    pids: make('pids'),
  };
}
