import { levelKeyAt, rank, rankOfValue } from '../levelWords.ts';
import { textOf } from './linePart.ts';
import type { LogField } from './logField.ts';

/** What a row shows of its line besides the fields. */
export interface RowSays {
  /** Index into `logLevels`. */
  readonly level: number;
  /** Undefined: it shows no time. */
  readonly at: number | undefined;
}

export interface RowFields {
  /** The field that says the row's level. */
  readonly level: LogField | undefined;
  /** The others, without a time that the row shows already. */
  readonly others: readonly LogField[];
}

/** Takes out of a line's fields what its row says by itself. What is not sure to be the same stays. */
export function rowFields(line: string, fields: readonly LogField[], says: RowSays): RowFields {
  const level =
    says.level === rank.unknown
      ? undefined
      : fields.find((field) => levelOfField(line, field) === says.level);
  const others = fields.filter((field) => field !== level && !isTimeOf(line, field, says.at));
  return { level, others };
}

function levelOfField(line: string, { name, value }: LogField): number {
  const key = levelKeyAt(name, 0, name.length);
  return key === 'level' || key === 'letter' || key === 'severityNumber'
    ? rankOfValue(textOf(line, value), 0, key)
    : rank.unknown;
}

/** What loggers call the time at which they wrote. Mongo's is an object. */
const timeNames: ReadonlySet<string> = new Set([
  'time',
  'ts',
  't',
  '@t',
  'timestamp',
  '@timestamp',
  'date',
  'datetime',
  'asctime',
  't.$date',
]);

/** The engine stamps a line a little after it was written. */
const maxDelayMs = 1000;

function isTimeOf(line: string, { name, value }: LogField, at: number | undefined): boolean {
  if (at === undefined || !timeNames.has(name.toLowerCase())) return false;
  const time = timeOf(textOf(line, value));
  return time !== undefined && Math.abs(time - at) <= maxDelayMs;
}

const iso = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(Z|[+-]\d\d:?\d\d)?$/;

/**
 * In milliseconds since the epoch, of a number in seconds, milli-, micro- or nanoseconds, or of an ISO time. One without a
 * zone is taken for UTC, which most containers have; in another zone it is another time than the row's, and stays.
 */
function timeOf(text: string): number | undefined {
  if (/^\d{10}(?:\.\d+)?$/.test(text)) return Number(text) * 1000;
  if (/^\d{13}(?:\.\d+)?$/.test(text)) return Number(text);
  if (/^\d{16}$/.test(text)) return Number(text) / 1000;
  if (/^\d{19}$/.test(text)) return Number(text) / 1_000_000;
  const match = iso.exec(text);
  if (match === null) return undefined;
  const written = text.replace(' ', 'T').replace(',', '.');
  const time = Date.parse(match[1] === undefined ? `${written}Z` : written);
  return Number.isNaN(time) ? undefined : time;
}
