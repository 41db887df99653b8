import { parseAnsi } from '../../model/ansi.ts';
import {
  type LogEventRow,
  type LogLink,
  logLevels,
  type LogSourceInfo,
  type MarkedRow,
} from '../../model/log.ts';
import type { TimestampMode } from '../../model/logTime.ts';
import type { LogsStrings } from '../../protocol/logs.ts';
import { element } from '../dom.ts';
import { applyStyle } from './ansiStyle.ts';
import { eventText } from '../../protocol/logEventText.ts';
import { foldButton } from './foldButton.ts';
import { sourceClass } from './legend.ts';
import { levelWord } from './levelWord.ts';
import { rowContext } from './rowContext.ts';
import { exactTime, timeText } from './timeText.ts';

export interface RowLook {
  readonly timestamps: TimestampMode;
  readonly strings: LogsStrings;
  readonly containerName: string;
  /** With more than one each row says whose it is. */
  readonly sources: readonly LogSourceInfo[];
  readonly formatCount: (count: number) => string;
}

/** More changes of style in one line than any program means; the rest of a hostile line is plain. */
const maxSpans = 2000;

/** One row as it is shown. `current` is the match that find stands on, if it is in this row. */
export function rowElement(row: MarkedRow, look: RowLook, current: number | undefined): HTMLElement {
  const made = element('span', { class: 'cell', role: 'gridcell' });
  const time = timeText(row.at, look.timestamps, Date.now());
  if (time !== '') {
    const stamp = element('span', { class: `time ${look.timestamps}` }, time);
    if (row.at !== undefined) stamp.title = exactTime(row.at);
    made.append(stamp, ' ');
  }
  if (look.sources.length > 1) {
    const name = look.sources[row.source]?.name ?? '';
    made.append(element('span', { class: `source ${sourceClass(row.source)}`, title: name }, name), ' ');
  }
  if (row.kind === 'event') made.append(`── ${describe(row, look)} ──`);
  else appendText(made, row, current);
  if (row.traceLines !== undefined && row.traceLines > 0)
    made.append(foldButton(row.traceLines, row.isUnfolded === true, look));
  const context = rowContext(row);
  return element('div', { class: rowClass(row), role: 'row', 'data-vscode-context': context }, made);
}

/** Times that count from now on grow older. */
export function refreshTime(made: HTMLElement, { at }: MarkedRow, look: RowLook, now: number): void {
  const stamp = made.querySelector('.time');
  const time = timeText(at, look.timestamps, now);
  if (stamp !== null && stamp.textContent !== time) stamp.textContent = time;
}

/** Stands where a row will be once it came. */
export function blankRow(): HTMLElement {
  return element('div', { class: 'row blank' });
}

const stripes: Readonly<Partial<Record<(typeof logLevels)[number], string>>> = {
  trace: ' levelDim',
  debug: ' levelDim',
  warn: ' levelWarn',
  error: ' levelError',
  fatal: ' levelError',
};

function rowClass(row: MarkedRow): string {
  if (row.kind === 'event') return 'row event';
  const stream = row.stream === 'stderr' ? ' stderr' : '';
  const level = stripes[logLevels[row.level] ?? 'unknown'] ?? '';
  return `row${stream}${level}${row.isContinuation ? ' continuation' : ''}${row.isTraceLine ? ' trace' : ''}`;
}

function describe(row: LogEventRow, { strings, containerName, sources }: RowLook): string {
  const name = sources.length > 1 ? sources[row.source]?.name : undefined;
  return eventText(row.event, strings, name ?? containerName);
}

/** Cuts the text wherever a style, a match, a link or the word of its level begins or ends. */
function appendText(
  into: HTMLElement,
  line: MarkedRow & { readonly kind: 'line' },
  current: number | undefined,
): void {
  const { marks = [], links = [] } = line;
  const { text, spans } = parseAnsi(line.text);
  const shown = spans.slice(0, maxSpans);
  // A program that colours its lines itself has said what it wants.
  const word = shown.length === 0 ? levelWord(line, text) : undefined;
  if (shown.length + marks.length + links.length === 0 && word === undefined) {
    into.append(text);
    return;
  }
  const cuts = new Set([0, text.length, ...marks, ...shown.flatMap(({ start, end }) => [start, end])]);
  if (word !== undefined) cuts.add(word.start).add(word.end);
  for (const { start, end } of links) cuts.add(start).add(end);
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
    const isWord = word !== undefined && word.start <= start && end <= word.end;
    const part = text.slice(start, end);
    const link = links.findIndex((each) => each.start <= start && end <= each.end);
    const place = link < 0 ? into : linkAt(into, line, link, links[link]);
    if (style === undefined && !isMarked && !isWord) {
      place.append(part);
      continue;
    }
    const piece = element(isMarked ? 'mark' : 'span', {}, part);
    if (style !== undefined) applyStyle(piece, style);
    if (isWord) piece.classList.add('levelWord');
    if (isMarked && mark / 2 === current) piece.classList.add('current');
    place.append(piece);
  }
}

/** The element of a link; its parts come one after the other. What it opens is known to the host alone. */
function linkAt(
  into: HTMLElement,
  { row }: MarkedRow,
  index: number,
  link: LogLink | undefined,
): HTMLElement {
  const last = into.lastElementChild;
  if (last instanceof HTMLElement && last.dataset['link'] === String(index)) return last;
  const made = element('span', { class: 'sourceLink', role: 'link', tabindex: '-1' });
  made.dataset['link'] = String(index);
  made.dataset['row'] = String(row);
  made.title = link === undefined ? '' : `${link.path}:${String(link.line)}`;
  into.append(made);
  return made;
}
