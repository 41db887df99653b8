import type { TimestampMode } from '../../protocol/logs.ts';

/** `12:01:02.123`, with month and day before it when that was not today. Empty when there is nothing to show. */
export function timeText(at: number | undefined, mode: TimestampMode, now: number): string {
  if (at === undefined || mode === 'off') return '';
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
