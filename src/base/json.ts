import { isRecord } from './record.ts';

/** Tolerant readers for JSON of unknown shape: a wrong type reads as the empty value, never as an exception. */

export type JsonObject = Readonly<Record<string, unknown>>;

export function object(value: unknown): JsonObject {
  return isRecord(value) ? value : {};
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function number(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

/** For a number whose absence says something else than 0 does. */
export function maybeNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

export function texts(value: unknown): readonly string[] {
  return list(value).filter((item) => typeof item === 'string');
}

/** String-valued entries only, each value cut to `maxLength`. */
export function textRecord(value: unknown, maxLength = Number.POSITIVE_INFINITY): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [key, item] of Object.entries(object(value)))
    if (typeof item === 'string') result[key] = item.length > maxLength ? item.slice(0, maxLength) : item;
  return result;
}

/** Milliseconds since the epoch of an RFC 3339 time; undefined for none, also for Go's zero time. */
export function time(value: unknown): number | undefined {
  const ms = Date.parse(text(value));
  return Number.isNaN(ms) || ms <= 0 ? undefined : ms;
}
