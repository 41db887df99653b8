import { jsonFields } from './jsonFields.ts';
import { linePart, type LinePart, textOf } from './linePart.ts';
import type { LogField } from './logField.ts';
import { readLogfmt } from './logfmt.ts';

/** A log line that was written for machines, told apart. */
export interface StructuredLine {
  /** What stands before its fields and between them. */
  readonly prefix: readonly LinePart[];
  /** The field that says to people what happened. */
  readonly message: LogField | undefined;
  /** In the order of the line, without the message. */
  readonly fields: readonly LogField[];
  /** All that stands behind the last field that is given, when there are too many. */
  readonly rest: LinePart | undefined;
}

const maxLineLength = 65_536;
const maxFields = 100;
const maxPrefixLength = 256;
const maxPrefixTries = 3;

/** By rank: zap's and pino's, most others', structlog's, Docker's and a few more; Serilog's and GELF's. */
const jsonMessages = ['msg', 'message', 'event', 'log', 'text', '@m', '@mt', 'short_message'];
const logfmtMessages = ['msg', 'message'];

/**
 * Takes a structured line apart: a JSON object, which may have a short text before it, as zap's console writes it, or a
 * line of logfmt. Undefined for any other line, and for one longer than 64 kB. Of more than a hundred fields the first
 * hundred are given.
 */
export function parseFields(line: string): StructuredLine | undefined {
  if (line.length > maxLineLength) return undefined;
  return parseJson(line) ?? parseLogfmt(line);
}

/** Its words stand before its fields. Those between or behind them make a sentence, which would not be one without them. */
export function wordsLead({ prefix, message, fields }: StructuredLine): boolean {
  const starts = [...fields, message].map((field) => field?.path[0]?.start ?? Infinity);
  const first = Math.min(...starts);
  return prefix.every(({ start }) => start < first);
}

/** The value of the first field of exactly that name, among what `parseFields` reads; also of the message's. */
export function fieldValue(line: string, name: string): string | undefined {
  const parsed = parseFields(line);
  if (parsed === undefined) return undefined;
  const { message, fields } = parsed;
  const field = message?.name === name ? message : fields.find((each) => each.name === name);
  return field === undefined ? undefined : textOf(line, field.value);
}

function parseJson(line: string): StructuredLine | undefined {
  if (!line.trimEnd().endsWith('}')) return undefined;
  let tries = 0;
  for (
    let start = line.indexOf('{');
    start >= 0 && start <= maxPrefixLength;
    start = line.indexOf('{', start + 1)
  ) {
    if (!mayBegin(line, start)) continue;
    const fields = jsonFields(line, start);
    if (fields !== undefined) return build(line, prefixOf(line, start), fields, jsonMessages);
    // Each try may read the whole line.
    if (++tries === maxPrefixTries) break;
  }
  return undefined;
}

/** An object stands alone or behind a delimiter; `${id}` and `f(){` are no beginnings. */
function mayBegin(line: string, start: number): boolean {
  return (start === 0 || /[\s:|\]]/.test(line.charAt(start - 1))) && /["\s}]/.test(line.charAt(start + 1));
}

function prefixOf(line: string, end: number): readonly LinePart[] {
  const before = line.slice(0, end);
  const start = end - before.trimStart().length;
  const stop = before.trimEnd().length;
  return start < stop ? [linePart(line, start, stop, 'none')] : [];
}

function parseLogfmt(line: string): StructuredLine | undefined {
  const read = readLogfmt(line);
  return read === undefined ? undefined : build(line, read.rest, read.pairs, logfmtMessages);
}

function build(
  line: string,
  prefix: readonly LinePart[],
  read: Iterable<LogField>,
  messageNames: readonly string[],
): StructuredLine | undefined {
  const all = [...read];
  if (all.length === 0) return undefined;
  const message = messageNames
    .map((name) => all.find((field) => field.kind === 'text' && field.name.toLowerCase() === name))
    .find((field) => field !== undefined);
  const fields = all.filter((field) => field !== message).slice(0, maxFields);
  const last = fields.at(-1);
  const isCut = all.length > fields.length + (message === undefined ? 0 : 1);
  const rest = last === undefined || !isCut ? undefined : linePart(line, last.value.end, line.length, 'none');
  return { prefix, message, fields, rest };
}
