import { jsonFields } from './jsonFields.ts';
import { readLogfmt } from './logfmt.ts';

export interface LogField {
  readonly name: string;
  /** Text as it is, anything else as it was written; at most 2,000 characters. */
  readonly value: string;
}

/** A log line that was written for machines, told apart. */
export interface StructuredLine {
  /** What the line says to people, with what stands before its fields; may be empty. */
  readonly message: string;
  /** In the order of the line, without the one that is the message. */
  readonly fields: readonly LogField[];
}

interface ReadField extends LogField {
  /** False for what is no string in JSON, and so no message. */
  readonly isText?: boolean;
}

/** Also with the field that became the message. */
interface ParsedLine extends StructuredLine {
  readonly messageField: LogField | undefined;
}

const maxLineLength = 65_536;
const maxFields = 100;
const maxValueLength = 2000;
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
  const parsed = parse(line);
  return parsed === undefined ? undefined : { message: parsed.message, fields: parsed.fields };
}

/** The value of the first field of exactly that name, among what `parseFields` reads; also of the message's. */
export function fieldValue(line: string, name: string): string | undefined {
  const parsed = parse(line);
  if (parsed === undefined) return undefined;
  const { messageField, fields } = parsed;
  return messageField?.name === name
    ? messageField.value
    : fields.find((field) => field.name === name)?.value;
}

function parse(line: string): ParsedLine | undefined {
  if (line.length > maxLineLength) return undefined;
  return parseJson(line) ?? parseLogfmt(line);
}

function parseJson(line: string): ParsedLine | undefined {
  if (!line.trimEnd().endsWith('}')) return undefined;
  let tries = 0;
  for (
    let start = line.indexOf('{');
    start >= 0 && start <= maxPrefixLength;
    start = line.indexOf('{', start + 1)
  ) {
    if (!mayBegin(line, start)) continue;
    const fields = jsonFields(line, start);
    if (fields !== undefined) return build(line.slice(0, start).trim(), fields, jsonMessages);
    // Each try may read the whole line.
    if (++tries === maxPrefixTries) break;
  }
  return undefined;
}

/** An object stands alone or behind a delimiter; `${id}` and `f(){` are no beginnings. */
function mayBegin(line: string, start: number): boolean {
  return (start === 0 || /[\s:|\]]/.test(line.charAt(start - 1))) && /["\s}]/.test(line.charAt(start + 1));
}

function parseLogfmt(line: string): ParsedLine | undefined {
  const read = readLogfmt(line);
  return read === undefined ? undefined : build(read.rest, read.pairs, logfmtMessages);
}

function build(
  prefix: string,
  all: Iterable<ReadField>,
  messageNames: readonly string[],
): ParsedLine | undefined {
  const read = [...all];
  if (read.length === 0) return undefined;
  const messageField = messageNames
    .map((name) => read.find((field) => field.isText !== false && field.name.toLowerCase() === name))
    .find((field) => field !== undefined);
  const message = [prefix, messageField?.value ?? ''].filter((part) => part !== '').join(' ');
  const fields = read
    .filter((field) => field !== messageField)
    .slice(0, maxFields)
    .map(({ name, value }) => ({ name, value: cut(value) }));
  return { message, fields, messageField };
}

function cut(value: string): string {
  if (value.length <= maxValueLength) return value;
  // No half of a surrogate pair.
  return `${value.slice(0, maxValueLength - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
