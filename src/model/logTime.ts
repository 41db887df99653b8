export const timestampModes = ['off', 'local', 'utc', 'relative'] as const;
export type TimestampMode = (typeof timestampModes)[number];

/** Where and how somebody reads times. */
export interface TimeReader {
  readonly now: number;
  /** What local time is ahead of UTC, in milliseconds, at a time. */
  offsetMs(at: number): number;
  /** Undefined: the system's. */
  readonly language: string | undefined;
}

/**
 * `12:01:02.123`, with month and day before it when that was not today; or how long ago it was. Empty when there is
 * nothing to show.
 */
export function printTime(at: number | undefined, mode: TimestampMode, reader: TimeReader): string {
  if (at === undefined || mode === 'off') return '';
  if (mode === 'relative') return ago(at, reader);
  const [date, time] = parts(at, mode, reader);
  const [today] = parts(reader.now, mode, reader);
  return date === today ? time : `${date} ${time}`;
}

function parts(
  at: number,
  mode: 'local' | 'utc',
  { offsetMs }: TimeReader,
): readonly [date: string, time: string] {
  // Moved by the zone's offset, the UTC fields are the local ones.
  const iso = new Date(mode === 'utc' ? at : at + offsetMs(at)).toISOString();
  return [iso.slice(0, 10), iso.slice(11, 23)];
}

const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/** `12 sec. ago`. */
function ago(at: number, { now, language }: TimeReader): string {
  const seconds = Math.max(0, Math.round((now - at) / 1000));
  const [unit, length] = units.find(([, each]) => seconds >= each) ?? units[3];
  const relative = new Intl.RelativeTimeFormat(language, { style: 'short' });
  return relative.format(-Math.floor(seconds / length), unit);
}
