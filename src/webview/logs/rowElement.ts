import { parseAnsi } from '../../model/ansi.ts';
import type { LogEventRow, LogLine, MarkedRow, Marks } from '../../model/log.ts';
import type { LogsStrings, TimestampMode } from '../../protocol/logs.ts';
import { element } from '../dom.ts';
import { applyStyle } from './ansiStyle.ts';
import { eventText } from './eventText.ts';
import { exactTime, timeText } from './timeText.ts';

export interface RowLook {
  readonly timestamps: TimestampMode;
  readonly strings: LogsStrings;
  readonly containerName: string;
}

/** More changes of style in one line than any program means; the rest of a hostile line is plain. */
const maxSpans = 2000;

/** One row as it is shown. `current` is the match that find stands on, if it is in this row. */
export function rowElement(row: MarkedRow, look: RowLook, current: number | undefined): HTMLElement {
  const made = element('div', { class: rowClass(row) });
  const time = timeText(row.at, look.timestamps, Date.now());
  if (time !== '') {
    const stamp = element('span', { class: 'time' }, time);
    if (row.at !== undefined) stamp.title = exactTime(row.at);
    made.append(stamp, ' ');
  }
  if (row.kind === 'event') made.append(`── ${describe(row, look)} ──`);
  else appendText(made, row, row.marks ?? [], current);
  return made;
}

/** Stands where a row will be once it came. */
export function blankRow(): HTMLElement {
  return element('div', { class: 'row blank' });
}

function rowClass(row: MarkedRow): string {
  if (row.kind === 'event') return 'row event';
  return `row${row.stream === 'stderr' ? ' stderr' : ''}${row.isContinuation ? ' continuation' : ''}`;
}

function describe(row: LogEventRow, { strings, containerName }: RowLook): string {
  return eventText(row.event, strings, containerName);
}

/** Cuts the text wherever a style or a match begins or ends. */
function appendText(
  into: HTMLElement,
  { text: raw }: LogLine,
  marks: Marks,
  current: number | undefined,
): void {
  const { text, spans } = parseAnsi(raw);
  const shown = spans.slice(0, maxSpans);
  if (shown.length === 0 && marks.length === 0) {
    into.append(text);
    return;
  }
  const cuts = new Set([0, text.length, ...marks, ...shown.flatMap(({ start, end }) => [start, end])]);
  const points = [...cuts].filter((at) => at <= text.length).sort((a, b) => a - b);
  let span = 0;
  let mark = 0;
  for (let at = 0; at + 1 < points.length; at++) {
    const start = points[at] ?? 0;
    const end = points[at + 1] ?? start;
    while (span < shown.length && (shown[span]?.end ?? 0) <= start) span++;
    while (mark < marks.length && (marks[mark + 1] ?? 0) <= start) mark += 2;
    const style = (shown[span]?.start ?? end) <= start ? shown[span]?.style : undefined;
    const isMarked = (marks[mark] ?? end) <= start;
    const part = text.slice(start, end);
    if (style === undefined && !isMarked) {
      into.append(part);
      continue;
    }
    const piece = element(isMarked ? 'mark' : 'span', {}, part);
    if (style !== undefined) applyStyle(piece, style);
    if (isMarked && mark / 2 === current) piece.classList.add('current');
    into.append(piece);
  }
}
