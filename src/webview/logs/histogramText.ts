import { fill } from '../../base/fill.ts';
import { type LogHistogram, logLevels } from '../../model/log.ts';
import type { TimestampMode } from '../../model/logTime.ts';
import type { LogsStrings } from '../../protocol/logs.ts';
import { timeText } from './timeText.ts';

export interface LevelCounts {
  readonly errors: number;
  readonly warnings: number;
  readonly lines: number;
}

const error = logLevels.indexOf('error');
const warn = logLevels.indexOf('warn');

export function countLevels(part: readonly number[]): LevelCounts {
  const count = (from: number, end: number): number =>
    part.slice(from, end).reduce((sum, each) => sum + each, 0);
  return {
    errors: count(error, logLevels.length),
    warnings: count(warn, error),
    lines: count(0, logLevels.length),
  };
}

/** Beginning of a part. */
export function partStart({ from, to, parts }: LogHistogram, part: number): number {
  return from + ((to - from) / Math.max(1, parts.length)) * part;
}

/** `12 errors, 3 warnings, 400 lines between 12:01:00 and 12:02:00`. */
export function rangeText(
  histogram: LogHistogram,
  range: { readonly first: number; readonly end: number },
  options: {
    readonly strings: LogsStrings;
    readonly timestamps: TimestampMode;
    readonly formatCount: (count: number) => string;
  },
): string {
  const { strings, timestamps, formatCount } = options;
  const { errors, warnings, lines } = histogram.parts
    .slice(range.first, range.end)
    .map(countLevels)
    .reduce(
      (sum, each) => ({
        errors: sum.errors + each.errors,
        warnings: sum.warnings + each.warnings,
        lines: sum.lines + each.lines,
      }),
      { errors: 0, warnings: 0, lines: 0 },
    );
  const say = (count: number, one: string, many: string): string =>
    count === 1 ? one : fill(many, { count: formatCount(count) });
  const counts = [
    ...(errors === 0 ? [] : [say(errors, strings.oneError, strings.errors)]),
    ...(warnings === 0 ? [] : [say(warnings, strings.oneWarning, strings.warnings)]),
    say(lines, strings.oneLine, strings.lines),
  ];
  const zone = timestamps === 'utc' ? 'utc' : 'local';
  const from = partStart(histogram, range.first);
  const to = partStart(histogram, range.end);
  const time = (at: number): string => {
    const text = timeText(at, zone, Date.now());
    // Milliseconds say nothing where a bar is longer than a second.
    return to - from < 2000 ? text : text.replace(/\.\d+$/, '');
  };
  const list = new Intl.ListFormat(document.documentElement.lang || undefined, {
    type: 'unit',
    style: 'short',
  });
  return fill(strings.countsBetween, { counts: list.format(counts), from: time(from), to: time(to) });
}
