const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** Decimal units and three significant digits, as the docker CLI prints sizes: 999 B, 1.45 kB, 212 MB. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < byteUnits.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${String(Number(value.toPrecision(3)))} ${byteUnits[unit] ?? 'B'}`;
}

const binaryUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** Powers of 1024 and four significant digits, as the docker CLI prints memory: 512 B, 23.56 MiB, 1.944 GiB. */
export function formatBinaryBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1023.95 && unit < binaryUnits.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${String(Number(value.toPrecision(4)))} ${binaryUnits[unit] ?? 'B'}`;
}

/** `0.4 s`, `12.3 s`, `2:05 min`, `1:02:03 h`. */
export function formatDuration(ms: number): string {
  if (ms < 59_950) return `${(Math.max(0, ms) / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${String(minutes)}:${two(seconds % 60)} min`
    : `${String(Math.floor(minutes / 60))}:${two(minutes % 60)}:${two(seconds % 60)} h`;
}

export type DurationUnit = 'second' | 'minute' | 'hour' | 'day' | 'month' | 'year';

/** The largest unit that fits, rounded down: 59 s, 1 min, 23 h, 2 days. Negative spans (a clock that jumped) are zero. */
export function largestUnit(ms: number): { count: number; unit: DurationUnit } {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return { count: seconds, unit: 'second' };
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return { count: minutes, unit: 'minute' };
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return { count: hours, unit: 'hour' };
  const days = Math.floor(hours / 24);
  if (days < 60) return { count: days, unit: 'day' };
  if (days < 730) return { count: Math.floor(days / 30), unit: 'month' };
  return { count: Math.floor(days / 365), unit: 'year' };
}

/** One line of at most `max` characters, control characters made visible as spaces; for names that an engine sent. */
export function oneLine(text: string, max = 200): string {
  const read = text.slice(0, max + 1);
  const flat = read.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/gu, ' ');
  // Control characters that became one space may have made room, but what was not read is still cut off.
  if (flat.length <= max && read.length === text.length) return flat;
  return `${flat.slice(0, max - 1).replace(/[\ud800-\udbff]$/u, '')}…`;
}
