import { fill } from '../../base/fill.ts';
import { formatBinaryBytes, formatBytes } from '../../base/format.ts';
import type { StatsMetric } from '../../model/stats.ts';
import type { StatsStrings } from '../../protocol/stats.ts';
import { element } from '../dom.ts';
import { Chart, type Curve } from './chart.ts';
import { onThemeChange } from './chartColors.ts';
import type { ChartSeries } from './chartSeries.ts';

/** A container in the charts. */
export interface Charted {
  readonly key: string;
  readonly name: string;
  readonly color: string;
}

interface Part {
  readonly metric: StatsMetric;
  /** Of a pair: `in`, `out`. */
  readonly word: string;
}

const powersOfTwo = Array.from({ length: 50 }, (_, power) => 2 ** power);
const wholeSteps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];

interface Drawing {
  readonly chart: Chart;
  readonly parts: readonly Part[];
}

/** What some containers used over time, a chart for each kind of thing. */
export class Charts {
  readonly element: HTMLElement;
  private readonly drawings: readonly Drawing[];
  private readonly plots: HTMLElement;
  private readonly hint: HTMLElement;

  constructor(strings: StatsStrings) {
    const { language } = strings;
    const rate = (bytes: number): string => fill(strings.perSecond, { size: formatBytes(bytes) });
    const percent = (value: number): string => `${String(Number(value.toPrecision(3)))} %`;
    const part = (metric: StatsMetric, word = ''): Part => ({ metric, word });
    this.drawings = [
      { chart: new Chart(strings.cpu, { format: percent, language }), parts: [part('cpuPercent')] },
      {
        chart: new Chart(strings.memory, { format: formatBinaryBytes, steps: powersOfTwo, language }),
        parts: [part('memoryBytes')],
      },
      {
        chart: new Chart(strings.network, { format: rate, language }),
        parts: [part('netInBytes', strings.in), part('netOutBytes', strings.out)],
      },
      {
        chart: new Chart(strings.blockDevices, { format: rate, language }),
        parts: [part('blockReadBytes', strings.read), part('blockWriteBytes', strings.written)],
      },
      {
        chart: new Chart(strings.pids, { format: String, steps: wholeSteps, language }),
        parts: [part('pids')],
      },
    ];
    this.hint = element('p', { class: 'empty' }, strings.chooseRow);
    this.plots = element('div', { class: 'plots' }, ...this.drawings.map(({ chart }) => chart.element));
    this.element = element(
      'section',
      { class: 'charts', 'aria-label': strings.charts },
      this.hint,
      this.plots,
    );
    onThemeChange(() => {
      for (const { chart } of this.drawings) chart.restyle();
    });
  }

  draw(charted: readonly Charted[], series: ChartSeries, window: readonly [number, number]): void {
    this.hint.hidden = charted.length > 0;
    this.plots.hidden = charted.length === 0;
    if (charted.length === 0) return;
    const { times } = series;
    for (const { chart, parts } of this.drawings) {
      const curves = charted.flatMap(({ key, name, color }) =>
        parts.map(
          ({ metric, word }, place): Curve => ({
            label: word === '' ? name : `${name} ${word}`,
            color,
            isDashed: place > 0,
            values: series.of(key)?.[metric] ?? times.map(() => null),
          }),
        ),
      );
      chart.draw(times, curves, window);
    }
  }
}
