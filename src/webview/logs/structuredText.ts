import type { LogField } from '../../model/fields/logField.ts';
import { type ShownPart, shownPart, standIn, trimmedEnd } from '../../model/fields/shownPart.ts';
import { type LogLine, logLevels } from '../../model/log.ts';
import { element } from '../dom.ts';
import type { Arrangement } from './arrangement.ts';
import { cellOf, type Column } from './columns.ts';
import { appendPart, hasAny, type TextRanges } from './markedText.ts';

/**
 * A structured line for people: its columns, its level, what it says, its other fields. All of it is cut from the line's
 * visible text, so that marks and links are where they belong.
 */
export function structuredText(
  line: LogLine,
  text: string,
  { cells, level, prefix, message, pairs, rest }: Arrangement,
  ranges: TextRanges,
  columns: readonly Column[],
): DocumentFragment {
  // A field that says the level does so for the whole line.
  const writer = new Writer(text, level === undefined ? ranges : { ...ranges, word: undefined });
  for (const [at, column] of columns.entries()) writer.cell(column, cells[at]);
  if (level !== undefined) writer.level(level, line.level);
  for (const part of prefix) writer.message(shownPart(text, part));
  if (message !== undefined) writer.message(trimmedEnd(shownPart(text, message.value)));
  if (pairs.length > 0) writer.pairs(pairs);
  if (rest !== undefined) writer.rest(shownPart(text, rest));
  return writer.made;
}

/** White space would not end with the value, and nothing would not be seen. */
const needsQuotes = /^$|\s|^"/;

/** Few elements: a screen full of rows must cost no more than a frame. */
class Writer {
  readonly made = document.createDocumentFragment();
  private readonly line: string;
  private readonly ranges: TextRanges;
  /** A program's own colours are for what it says; a field has that of its kind. */
  private readonly fieldRanges: TextRanges;

  constructor(line: string, ranges: TextRanges) {
    this.line = line;
    this.ranges = ranges;
    this.fieldRanges = { ...ranges, spans: [], word: undefined };
  }

  cell(column: Column, field: LogField | undefined): void {
    const cell = cellOf(column);
    if (field !== undefined) {
      const part = shownPart(this.line, field.value);
      cell.title = `${field.name}=${part.text}`;
      cell.append(this.value(field, part));
    }
    this.put(cell);
  }

  /** As it is written, unless that is a number or a letter. */
  level({ value, kind }: LogField, level: number): void {
    const isWord = kind === 'text' && value.end - value.start > 1;
    const part = isWord ? shownPart(this.line, value) : standIn(logLevels[level] ?? '', value);
    this.put(this.shown('level levelWord', part));
  }

  message(part: ShownPart): void {
    if (part.text === '') return;
    const into = part.text.includes('\n') ? element('span', { class: 'lines' }) : undefined;
    this.put(into);
    appendPart(into ?? this.made, part, this.ranges);
  }

  pairs(fields: readonly LogField[]): void {
    const into = element('span', { class: 'pairs' });
    this.put(into);
    let before = '';
    for (const field of fields) {
      const part = shownPart(this.line, field.value);
      const isQuoted = field.kind === 'text' && needsQuotes.test(part.text);
      this.key(into, before, field, isQuoted ? '="' : '=');
      into.append(this.value(field, part));
      before = isQuoted ? '" ' : ' ';
    }
    if (before !== ' ') into.append('"');
  }

  rest(part: ShownPart): void {
    this.put(this.shown('pairs', part));
  }

  private key(into: HTMLElement, before: string, { name, path }: LogField, after: string): void {
    if (!hasAny(this.fieldRanges) && path.every(({ escaping }) => escaping === 'none')) {
      into.append(before + name + after);
      return;
    }
    into.append(before);
    for (const [at, part] of path.entries()) {
      if (at > 0) into.append('.');
      appendPart(into, shownPart(this.line, part), this.fieldRanges);
    }
    into.append(after);
  }

  private value({ kind }: LogField, part: ShownPart): HTMLElement {
    return this.shown(`value ${kind}`, part);
  }

  private shown(name: string, part: ShownPart): HTMLElement {
    const made = element('span', { class: part.text.includes('\n') ? `${name} lines` : name });
    appendPart(made, part, this.fieldRanges);
    return made;
  }

  private put(part: HTMLElement | undefined): void {
    if (this.made.hasChildNodes()) this.made.append(' ');
    if (part !== undefined) this.made.append(part);
  }
}
