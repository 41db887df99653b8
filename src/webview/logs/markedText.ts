import type { AnsiSpan } from '../../model/ansi.ts';
import { rangeIn, type ShownPart, type TextRange } from '../../model/fields/shownPart.ts';
import type { LogLink, MarkedRow } from '../../model/log.ts';
import { element } from '../dom.ts';
import { applyStyle } from '../ansiStyle.ts';

/** What is to be seen in a row's text: each list from left to right and without overlaps. */
export interface TextRanges {
  readonly row: number;
  readonly spans: readonly AnsiSpan[];
  readonly marks: readonly MarkRange[];
  readonly links: readonly LinkRange[];
  /** The word that says how grave the line is. */
  readonly word: TextRange | undefined;
}

interface MarkRange extends TextRange {
  /** Find stands on it. */
  readonly isCurrent: boolean;
}

interface LinkRange extends TextRange {
  readonly index: number;
  readonly link: LogLink;
}

/** More changes of style in one line than any program means; the rest of a hostile line is plain. */
const maxSpans = 2000;

/** Of a row's whole visible text. `current` is the match that find stands on, if it is in this row. */
export function rangesOf(
  { row, marks = [], links = [] }: Pick<MarkedRow, 'row' | 'marks' | 'links'>,
  spans: readonly AnsiSpan[],
  word: TextRange | undefined,
  current: number | undefined,
): TextRanges {
  const marked: MarkRange[] = [];
  for (let at = 0; at + 1 < marks.length; at += 2)
    marked.push({ start: marks[at] ?? 0, end: marks[at + 1] ?? 0, isCurrent: at / 2 === current });
  return {
    row,
    spans: spans.slice(0, maxSpans),
    marks: marked,
    links: links.map((link, index) => ({ start: link.start, end: link.end, index, link })),
    word,
  };
}

/** A part of the line's text with what is to be seen in it. */
export function appendPart(into: ParentNode, part: ShownPart, ranges: TextRanges): void {
  if (!hasAny(ranges)) {
    into.append(part.text);
    return;
  }
  const { row, spans, marks, links, word } = ranges;
  appendMarkedText(into, part.text, {
    row,
    spans: moved(spans, part),
    marks: moved(marks, part),
    links: moved(links, part),
    word: word === undefined ? undefined : rangeIn(part, word),
  });
}

function moved<T extends TextRange>(ranges: readonly T[], part: ShownPart): readonly T[] {
  if (ranges.length === 0) return ranges;
  const found: T[] = [];
  for (let at = firstEndingAfter(ranges, part.start); at < ranges.length; at++) {
    const range = ranges[at];
    if (range === undefined || range.start >= part.end) break;
    const inPart = rangeIn(part, range);
    if (inPart !== undefined) found.push({ ...range, ...inPart });
  }
  return found;
}

function firstEndingAfter(ranges: readonly TextRange[], offset: number): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.end ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}

export function hasAny({ spans, marks, links, word }: TextRanges): boolean {
  return spans.length + marks.length + links.length > 0 || word !== undefined;
}

/** Cuts the text wherever a style, a match, a link or the word of its level begins or ends. */
export function appendMarkedText(into: ParentNode, text: string, ranges: TextRanges): void {
  const { row, spans, marks, links, word } = ranges;
  if (!hasAny(ranges)) {
    into.append(text);
    return;
  }
  const cuts = new Set([0, text.length]);
  for (const { start, end } of [...spans, ...marks, ...links]) cuts.add(start).add(end);
  if (word !== undefined) cuts.add(word.start).add(word.end);
  const points = [...cuts].filter((at) => at <= text.length).sort((a, b) => a - b);
  let span = 0;
  let mark = 0;
  for (let at = 0; at + 1 < points.length; at++) {
    const start = points[at] ?? 0;
    const end = points[at + 1] ?? start;
    while (span < spans.length && (spans[span]?.end ?? 0) <= start) span++;
    while (mark < marks.length && (marks[mark]?.end ?? 0) <= start) mark++;
    const style = (spans[span]?.start ?? end) <= start ? spans[span]?.style : undefined;
    const match = (marks[mark]?.start ?? end) <= start ? marks[mark] : undefined;
    const isWord = word !== undefined && word.start <= start && end <= word.end;
    const part = text.slice(start, end);
    const link = links.find((each) => each.start <= start && end <= each.end);
    const place = link === undefined ? into : linkAt(into, row, link);
    if (style === undefined && match === undefined && !isWord) {
      place.append(part);
      continue;
    }
    const piece = element(match === undefined ? 'span' : 'mark', {}, part);
    if (style !== undefined) applyStyle(piece, style);
    if (isWord) piece.classList.add('levelWord');
    if (match?.isCurrent === true) piece.classList.add('current');
    place.append(piece);
  }
}

/** The element of a link; its parts come one after the other. What it opens is known to the host alone. */
function linkAt(into: ParentNode, row: number, { index, link }: LinkRange): HTMLElement {
  const last = into.lastElementChild;
  if (last instanceof HTMLElement && last.dataset['link'] === String(index)) return last;
  const made = element('span', { class: 'sourceLink', role: 'link', tabindex: '-1' });
  made.dataset['link'] = String(index);
  made.dataset['row'] = String(row);
  made.title = `${link.path}:${String(link.line)}`;
  into.append(made);
  return made;
}
