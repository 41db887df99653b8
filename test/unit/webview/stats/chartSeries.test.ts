import { expect, test } from 'vitest';
import { type StatsMetric, statsMetrics, type StatsSample } from '../../../../src/model/stats.ts';
import type { StatsRow, StatsSeries } from '../../../../src/protocol/stats.ts';
import { ChartSeries } from '../../../../src/webview/stats/chartSeries.ts';
import { sample } from '../../../support/samples.ts';

const times = [1000, 2000, 3000, 5000, 6000];
const nets = [10, 20, undefined, 60, 5];

const row = (parts: Partial<StatsSample>): StatsRow => ({
  ...sample(parts),
  key: 'web',
  name: 'web',
  engineName: '',
  state: 'running',
  isOffline: false,
  isLive: true,
});

/** The first moments as a host tells them. */
function told(count: number): StatsSeries {
  const valueOf = (metric: StatsMetric, moment: number): number | null =>
    nets[moment] === undefined
      ? null
      : (sample({ netInBytes: nets[moment], cpuPercent: moment })[metric] ?? null);
  const valuesOf = (metric: StatsMetric): readonly (number | null)[] =>
    times.slice(0, count).map((_, moment) => valueOf(metric, moment));
  const values = Object.fromEntries(statsMetrics.map((metric) => [metric, valuesOf(metric)])) as Record<
    StatsMetric,
    readonly (number | null)[]
  >;
  return { times: times.slice(0, count), of: [{ key: 'web', values }] };
}

test.each([0, 1, 2, 3, 4])('moments behind the first %s are as if all had been told at once', (count) => {
  const whole = new ChartSeries();
  whole.restart(told(times.length));
  const grown = new ChartSeries();
  grown.restart(told(count));
  for (const [moment, at] of times.entries()) {
    if (moment < count) continue;
    const netInBytes = nets[moment];
    const measured = netInBytes === undefined ? undefined : row({ netInBytes, cpuPercent: moment });
    grown.add(at, () => measured, 0);
  }
  expect(grown.times).toEqual(times);
  expect(grown.of('web')).toEqual(whole.of('web'));
  expect(grown.of('web')?.netInBytes).toEqual([null, 10, null, null, null]);
});

test('what is before the window is let go', () => {
  const series = new ChartSeries();
  series.restart(told(4));
  series.add(6000, () => row({ pids: 9 }), 3000);
  expect(series.times).toEqual([3000, 5000, 6000]);
  expect(series.of('web')?.pids).toEqual([null, 1, 9]);
});

test('who does not run is not measured', () => {
  const series = new ChartSeries();
  series.restart(told(1));
  series.add(2000, () => ({ ...row({}), isLive: false }), 0);
  expect(series.of('web')?.cpuPercent).toEqual([0, null]);
});
