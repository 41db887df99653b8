import { printTime, type TimestampMode } from '../../model/logTime.ts';

/** A time as this page shows it; empty when there is nothing to show. */
export function timeText(at: number | undefined, mode: TimestampMode, now: number): string {
  const language = document.documentElement.lang || undefined;
  return printTime(at, mode, {
    now,
    language,
    offsetMs: (time) => -60_000 * new Date(time).getTimezoneOffset(),
  });
}

/** The whole of it, for the pointer: `2026-03-01T12:01:02.123Z`. */
export function exactTime(at: number): string {
  return new Date(at).toISOString();
}
