/** The time that an engine puts before each line, exact to the nanosecond. */
export interface Stamp {
  /** Since the epoch. */
  readonly seconds: number;
  readonly nanos: number;
}

const zero = 0x30;
const nine = 0x39;
const dash = 0x2d;
const colon = 0x3a;
const dot = 0x2e;
const space = 0x20;

/**
 * Reads `2026-03-01T12:00:00.123456789Z ` (RFC 3339, any number of decimals, `Z` or an offset) at `start`. `length`
 * counts the space after it. Undefined when the bytes there are something else.
 */
export function readStamp(
  data: Uint8Array,
  start: number,
  end: number,
): { readonly stamp: Stamp; readonly length: number } | undefined {
  if (end - start < 20 || data[start + 4] !== dash || data[start + 10] !== 0x54 || data[start + 13] !== colon)
    return undefined;
  const year = digits(data, start, 4);
  const month = digits(data, start + 5, 2);
  const day = digits(data, start + 8, 2);
  const hour = digits(data, start + 11, 2);
  const minute = digits(data, start + 14, 2);
  const second = digits(data, start + 17, 2);
  let at = start + 19;
  let nanos = 0;
  if (data[at] === dot) {
    let unit = 100_000_000;
    for (at++; isDigit(data[at]); at++) {
      nanos += ((data[at] ?? zero) - zero) * unit;
      unit = Math.floor(unit / 10);
    }
  }
  let offsetMinutes = 0;
  if (data[at] === 0x5a) {
    at++;
  } else {
    const sign = data[at] === dash ? -1 : 1;
    offsetMinutes = sign * (digits(data, at + 1, 2) * 60 + digits(data, at + 4, 2));
    at += 6;
  }
  const ms = Date.UTC(year, month - 1, day, hour, minute - offsetMinutes, second);
  if (Number.isNaN(ms) || at >= end || data[at] !== space) return undefined;
  return { stamp: { seconds: ms / 1000, nanos }, length: at + 1 - start };
}

/** As the engine wants `since`: `seconds.nanoseconds`. */
export function printStamp({ seconds, nanos }: Stamp): string {
  return `${String(seconds)}.${String(nanos).padStart(9, '0')}`;
}

export function compareStamps(a: Stamp, b: Stamp): number {
  return a.seconds - b.seconds || a.nanos - b.nanos;
}

export function toMilliseconds({ seconds, nanos }: Stamp): number {
  return seconds * 1000 + Math.floor(nanos / 1_000_000);
}

export function minusMilliseconds({ seconds, nanos }: Stamp, ms: number): Stamp {
  const left = nanos - (ms % 1000) * 1_000_000;
  const whole = seconds - Math.floor(ms / 1000);
  return left < 0 ? { seconds: whole - 1, nanos: left + 1_000_000_000 } : { seconds: whole, nanos: left };
}

/** NaN when one of them is no digit. */
function digits(data: Uint8Array, start: number, count: number): number {
  let value = 0;
  for (let at = start; at < start + count; at++)
    value = value * 10 + (isDigit(data[at]) ? (data[at] ?? zero) - zero : Number.NaN);
  return value;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= zero && byte <= nine;
}
