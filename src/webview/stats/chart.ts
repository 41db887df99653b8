import uPlot from 'uplot';
import { element } from '../dom.ts';
import { resolveColor } from './chartColors.ts';

/** One curve; null where nothing was measured. */
export interface Curve {
  readonly label: string;
  /** A CSS value. */
  readonly color: string;
  readonly isDashed: boolean;
  readonly values: (number | null)[];
}

export interface ChartOptions {
  readonly format: (value: number) => string;
  /** The distances that its axis may have; round decimal ones by default. */
  readonly steps?: readonly number[];
  readonly language: string;
}

const plotHeight = 120;
/** Charts with the same key have one cursor. */
const cursorKey = 'stats';

/** Curves over time; above them their values where the pointer is, or now. */
export class Chart {
  readonly element: HTMLElement;
  private readonly options: ChartOptions;
  private readonly frame = element('div', { class: 'plot' });
  private plot: uPlot | undefined;
  private shape = '';

  constructor(title: string, options: ChartOptions) {
    this.options = options;
    this.element = element(
      'figure',
      { class: 'chart', 'aria-label': title },
      element('figcaption', {}, title),
      this.frame,
    );
    new ResizeObserver(() => {
      this.plot?.setSize({ width: this.frame.clientWidth, height: plotHeight });
    }).observe(this.frame);
  }

  /** Times in milliseconds since the epoch. The window ends now. */
  draw(times: number[], curves: readonly Curve[], window: readonly [from: number, to: number]): void {
    const shape = JSON.stringify(curves.map(({ label, color, isDashed }) => [label, color, isDashed]));
    const plot = this.plot === undefined || shape !== this.shape ? this.make(curves) : this.plot;
    this.shape = shape;
    plot.batch(() => {
      plot.setData([times, ...curves.map(({ values }) => values)], false);
      plot.setScale('x', { min: window[0], max: window[1] });
    });
    // While nobody points at a moment, the values are those of the last.
    if ((plot.cursor.left ?? -1) < 0 && times.length > 0) plot.setLegend({ idx: times.length - 1 }, false);
  }

  /** In the colours of another theme, the next time. */
  restyle(): void {
    this.shape = '';
  }

  private make(curves: readonly Curve[]): uPlot {
    this.plot?.destroy();
    const { format, steps, language } = this.options;
    const clockText = (at: number): string => new Date(at).toLocaleTimeString(language);
    // A canvas knows no variables: they are looked up once for each theme.
    const colors = curves.map(({ color }) => resolveColor(color));
    const axis: uPlot.Axis = {
      stroke: resolveColor('var(--vscode-descriptionForeground)'),
      grid: {
        stroke: resolveColor('color-mix(in srgb, var(--vscode-descriptionForeground) 25%, transparent)'),
        width: 1,
      },
      ticks: { show: false },
      font: `11px ${getComputedStyle(document.body).fontFamily}`,
    };
    this.plot = new uPlot(
      {
        width: Math.max(100, this.frame.clientWidth),
        height: plotHeight,
        ms: 1,
        // Room for half of the last time below the axis.
        padding: [6, 32, 0, 0],
        cursor: { sync: { key: cursorKey }, drag: { x: false, y: false }, points: { size: 6 } },
        legend: {
          live: true,
          markers: { dash: (_plot, place) => (curves[place - 1]?.isDashed === true ? 'dashed' : 'solid') },
        },
        scales: { x: { time: true, auto: false }, y: { range: (_plot, _low, high) => [0, roof(high)] } },
        axes: [
          { ...axis, size: 24, space: 90, values: (_plot, splits) => splits.map(clockText) },
          {
            ...axis,
            size: 68,
            space: 28,
            values: (_plot, splits) => splits.map(format),
            ...(steps === undefined ? {} : { incrs: [...steps] }),
          },
        ],
        series: [
          { label: '', value: (_plot, at: number | null) => (at === null ? '' : clockText(at)) },
          ...curves.map(
            ({ label, isDashed }, place): uPlot.Series => ({
              label,
              stroke: colors[place] ?? 'gray',
              width: 1.5,
              ...(isDashed ? { dash: [4, 3] } : {}),
              points: { show: false },
              value: (_plot, value: number | null) => (value === null ? '–' : format(value)),
            }),
          ),
        ],
      },
      [[], ...curves.map(() => [])],
      this.frame,
    );
    return this.plot;
  }
}

/** Where the axis ends: nothing at all is drawn at the bottom, and not in the middle. */
function roof(highest: number | null): number {
  return highest === null || highest <= 0 ? 1 : highest * 1.1;
}
