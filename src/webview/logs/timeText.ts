import type { TimestampMode } from '../../protocol/logs.ts';

/**
 * `12:01:02.123`, with month and day before it when that was not today; or how long ago it was. Empty when there is
 * nothing to show.
 */
export function timeText(at: number | undefined, mode: TimestampMode, now: number): string {
  if (at === undefined || mode === 'off') return '';
  if (mode === 'relative') return ago(at, now);
  const [date, time] = parts(at, mode);
  const [today] = parts(now, mode);
  return date === today ? time : `${date} ${time}`;
}

/** The whole of it, for the pointer: `2026-03-01T12:01:02.123Z`. */
export function exactTime(at: number): string {
  return new Date(at).toISOString();
}

function parts(at: number, mode: 'local' | 'utc'): readonly [date: string, time: string] {
  const date = new Date(at);
  // Moved by the zone's offset, the UTC fields are the local ones.
  const shifted = mode === 'utc' ? date : new Date(at - date.getTimezoneOffset() * 60_000);
  const iso = shifted.toISOString();
  return [iso.slice(0, 10), iso.slice(11, 23)];
}

const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/** `12 sec. ago`, in the page's language. */
function ago(at: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - at) / 1000));
  const [unit, length] = units.find(([, each]) => seconds >= each) ?? units[3];
  const relative = new Intl.RelativeTimeFormat(document.documentElement.lang || undefined, {
    style: 'short',
  });
  return relative.format(-Math.floor(seconds / length), unit);
}
