import { statsMetrics } from '../../model/stats.ts';
import type { StatsMoment, StatsSeries } from '../../protocol/stats.ts';

type SeriesOfOne = StatsSeries['of'][number];

/** One more moment at the end, those before the window let go; a container without a row was not measured. */
export function withMoment(
  series: StatsSeries,
  { at, rows }: Omit<StatsMoment, 'seq'>,
  since: number,
): StatsSeries {
  const first = series.times.findIndex((time) => time >= since);
  const from = first < 0 ? series.times.length : first;
  return {
    times: [...series.times.slice(from), at],
    of: series.of.map(({ key, values }): SeriesOfOne => {
      const row = rows.find((candidate) => candidate.key === key && candidate.isLive);
      const next = { ...values };
      for (const metric of statsMetrics)
        next[metric] = [...values[metric].slice(from), row?.[metric] ?? null];
      return { key, values: next };
    }),
  };
}
