import uPlot from 'uplot';
import { element } from '../dom.ts';
import { resolveColor } from './chartColors.ts';

/** One curve; null where nothing was measured. */
export interface Curve {
  readonly label: string;
  /** A CSS value. */
  readonly color: string;
  readonly isDashed: boolean;
  readonly values: readonly (number | null)[];
}

const plotHeight = 120;
/** Charts with the same key have one cursor. */
const cursorKey = 'stats';

/** Curves over time, with values under the pointer in a legend below. */
export class Chart {
  readonly element: HTMLElement;
  private readonly format: (value: number) => string;
  private readonly frame = element('div', { class: 'plot' });
  private plot: uPlot | undefined;
  private shape = '';

  constructor(title: string, format: (value: number) => string) {
    this.format = format;
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
  draw(
    times: readonly number[],
    curves: readonly Curve[],
    window: readonly [from: number, to: number],
  ): void {
    const shape = JSON.stringify(curves.map(({ label, color, isDashed }) => [label, color, isDashed]));
    if (this.plot === undefined || shape !== this.shape) this.make(curves);
    this.shape = shape;
    this.plot?.batch(() => {
      this.plot?.setData([[...times], ...curves.map(({ values }) => [...values])], false);
      this.plot?.setScale('x', { min: window[0], max: window[1] });
    });
  }

  /** In the colours of another theme. */
  restyle(): void {
    this.plot?.redraw(false, false);
  }

  private make(curves: readonly Curve[]): void {
    this.plot?.destroy();
    const line = (): string =>
      resolveColor('var(--vscode-charts-lines, var(--vscode-editorIndentGuide-background1))');
    const text = (): string => resolveColor('var(--vscode-descriptionForeground)');
    const axis: uPlot.Axis = {
      stroke: text,
      grid: { stroke: () => fade(line()), width: 1 },
      ticks: { show: false },
      font: `11px ${getComputedStyle(document.body).fontFamily}`,
    };
    this.plot = new uPlot(
      {
        width: Math.max(100, this.frame.clientWidth),
        height: plotHeight,
        ms: 1,
        padding: [6, 8, 0, 0],
        cursor: { sync: { key: cursorKey }, drag: { x: false, y: false }, points: { size: 6 } },
        legend: { live: true },
        scales: { x: { time: true, auto: false }, y: { range: (_plot, _low, high) => [0, roof(high)] } },
        axes: [
          { ...axis, size: 24, space: 70 },
          {
            ...axis,
            size: 68,
            space: 28,
            values: (_plot, splits) => splits.map((value) => this.format(value)),
          },
        ],
        series: [
          { label: '', value: (_plot, at: number | null) => (at === null ? '' : clockText(at)) },
          ...curves.map(
            ({ label, color, isDashed }): uPlot.Series => ({
              label,
              stroke: () => resolveColor(color),
              width: 1.5,
              ...(isDashed ? { dash: [4, 3] } : {}),
              points: { show: false },
              value: (_plot, value: number | null) => (value === null ? '–' : this.format(value)),
            }),
          ),
        ],
      },
      [[], ...curves.map(() => [])],
      this.frame,
    );
  }
}

/** Nothing at all is drawn at the bottom, and not in the middle. */
function roof(highest: number | null): number {
  return highest === null || highest <= 0 ? 1 : highest * 1.1;
}

function clockText(at: number): string {
  return new Date(at).toLocaleTimeString();
}

function fade(color: string): string {
  return color.replace(/^rgb\((.*)\)$/, 'rgba($1, 0.25)');
}
