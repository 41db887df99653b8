import { type DurationUnit, largestUnit } from '../../base/format.ts';
import type { Localize } from '../../base/localize.ts';

/** `3 min`, `2 days`: one unit, rounded down, as short as a row needs it. */
export function formatSpan(ms: number, t: Localize): string {
  const { count, unit } = largestUnit(ms);
  const texts: Readonly<Record<DurationUnit, () => string>> = {
    second: () => t('{count} s', { count }),
    minute: () => t('{count} min', { count }),
    hour: () => t('{count} h', { count }),
    day: () => (count === 1 ? t('1 day') : t('{count} days', { count })),
    month: () => t('{count} months', { count }),
    year: () => t('{count} years', { count }),
  };
  return texts[unit]();
}

/** Whether an age reads the same at two times. */
export function isSameAge(since: number, then: number, now: number): boolean {
  const before = largestUnit(then - since);
  const after = largestUnit(now - since);
  return before.count === after.count && before.unit === after.unit;
}

/** `3 min ago`; empty for an unknown time. */
export function formatAge(at: number | undefined, now: number, t: Localize): string {
  return at === undefined || at === 0 ? '' : t('{span} ago', { span: formatSpan(now - at, t) });
}
