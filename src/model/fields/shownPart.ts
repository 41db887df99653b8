import { showControls } from '../ansi.ts';
import { type Escape, escapesIn, type LinePart } from './linePart.ts';

/** A part of a line as it is shown, which knows where in the line each of its characters comes from. */
export interface ShownPart {
  readonly text: string;
  /** In the line. */
  readonly start: number;
  readonly end: number;
  /** What is shown otherwise than it was written, from left to right. */
  readonly changes: readonly Change[];
}

interface Change {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Where it begins in the shown text. */
  readonly at: number;
}

export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Escapes are undone, but for control characters: those are shown as pictures, tabs and line feeds as what they are. */
export function shownPart(line: string, part: LinePart): ShownPart {
  const { start, end, escaping } = part;
  if (escaping === 'none') return { text: line.slice(start, end), start, end, changes: [] };
  const changes: Change[] = [];
  let text = '';
  let last = start;
  for (const escape of joined(escapesIn(line, part))) {
    text += line.slice(last, escape.start);
    const shown = escape.text === '\n' ? escape.text : showControls(escape.text);
    changes.push({ ...escape, text: shown, at: text.length });
    text += shown;
    last = escape.end;
  }
  return { text: text + line.slice(last, end), start, end, changes };
}

/** A text of its own that stands for a part of the line. */
export function standIn(text: string, { start, end }: TextRange): ShownPart {
  return { text, start, end, changes: [{ start, end, text, at: 0 }] };
}

/** Without white space at its end. */
export function trimmedEnd(part: ShownPart): ShownPart {
  return { ...part, text: part.text.trimEnd() };
}

/** Where a range of the line is in the shown text: what was written otherwise is in it as a whole, or not at all. */
export function rangeIn(part: ShownPart, { start, end }: TextRange): TextRange | undefined {
  if (end <= part.start || start >= part.end) return undefined;
  const from = offsetIn(part, Math.max(start, part.start), 'start');
  const to = Math.min(offsetIn(part, Math.min(end, part.end), 'end'), part.text.length);
  return from < to ? { start: from, end: to } : undefined;
}

/** Two escapes may be one character, or one end of a line. */
function* joined(escapes: Iterable<Escape>): Generator<Escape> {
  let before: Escape | undefined;
  for (const escape of escapes) {
    const text = before?.end === escape.start ? joinedText(before.text, escape.text) : undefined;
    if (before !== undefined && text === undefined) yield before;
    before = before === undefined || text === undefined ? escape : { ...escape, start: before.start, text };
  }
  if (before !== undefined) yield before;
}

function joinedText(before: string, next: string): string | undefined {
  if (/^[\ud800-\udbff]$/.test(before) && /^[\udc00-\udfff]$/.test(next)) return before + next;
  return before === '\r' && next === '\n' ? '\n' : undefined;
}

function offsetIn({ start, changes }: ShownPart, offset: number, side: 'start' | 'end'): number {
  // The last change that begins before the offset; of an end also not at it.
  let low = 0;
  let high = changes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const begin = changes[middle]?.start ?? 0;
    if (side === 'start' ? begin <= offset : begin < offset) low = middle + 1;
    else high = middle;
  }
  const change = changes[low - 1];
  if (change === undefined) return offset - start;
  const shownEnd = change.at + change.text.length;
  if (offset >= change.end) return shownEnd + offset - change.end;
  return side === 'start' ? change.at : shownEnd;
}
