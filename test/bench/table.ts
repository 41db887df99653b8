import type { Measurement, Target } from './figure.ts';
import { highest, lowest, median } from './statistics.ts';

export type Verdict = 'pass' | 'FAIL' | 'no data' | '';

/** A measurement with all that is worked out of it, as the JSON file holds it. */
export interface Judged extends Measurement {
  readonly median: number;
  readonly lowest: number;
  readonly highest: number;
  /** The median as a multiple of the daemon's own time. */
  readonly ratio?: number;
  readonly verdict: Verdict;
}

export function judge(measurement: Measurement): Judged {
  const { samples, target, daemonMs } = measurement;
  const middle = median(samples);
  return {
    ...measurement,
    median: middle,
    lowest: lowest(samples),
    highest: highest(samples),
    ...(daemonMs === undefined || samples.length === 0 ? {} : { ratio: middle / daemonMs }),
    verdict: verdict(samples, target),
  };
}

function verdict(samples: readonly number[], target: Target | undefined): Verdict {
  if (samples.length === 0) return 'no data';
  if (target === undefined) return '';
  const value = target.of === 'every' ? highest(samples) : median(samples);
  return value <= target.limit ? 'pass' : 'FAIL';
}

const HEADINGS = ['figure', 'size', 'median', 'lowest–highest', 'runs', 'target', 'daemon', 'ratio', ''];
/** The columns that hold text; numbers stand at the right. */
const LEFT = new Set([0, 8]);

/** The table as lines of equal columns, with the notes below their rows. */
export function renderTable(rows: readonly Judged[]): string {
  const cells = [HEADINGS, ...rows.map(toCells)];
  const widths = HEADINGS.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return LEFT.has(column) ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd();
  const [headings = [], ...body] = cells;
  const lines = body.flatMap((row, index) => {
    const note = rows[index]?.note;
    return note === undefined ? [line(row)] : [line(row), `    ${note}`];
  });
  return [line(headings), widths.map((width) => '─'.repeat(width)).join('  '), ...lines].join('\n');
}

function toCells(row: Judged): string[] {
  const { figure, size, unit, samples, target, daemonMs, ratio, verdict: word } = row;
  const none = samples.length === 0;
  return [
    figure,
    size === undefined ? '' : size.toLocaleString('en'),
    none ? '' : `${number(row.median)} ${unit}`,
    none ? '' : `${number(row.lowest)}–${number(row.highest)}`,
    `${samples.length}`,
    target === undefined ? '' : `≤ ${number(target.limit)} ${unit}${target.of === 'every' ? ' each' : ''}`,
    daemonMs === undefined ? '' : `${number(daemonMs)} ms`,
    ratio === undefined ? '' : `${number(ratio)}×`,
    word,
  ];
}

function number(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString('en');
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 1 ? 1 : 3;
  return value.toLocaleString('en', { maximumFractionDigits: digits });
}
