import { parseAnsi } from '../../model/ansi.ts';
import { type LogEventRow, logLevels, type LogSourceInfo, type MarkedRow } from '../../model/log.ts';
import type { TimestampMode } from '../../model/logTime.ts';
import { eventText } from '../../protocol/logEventText.ts';
import type { LogsStrings } from '../../protocol/logs.ts';
import { element } from '../dom.ts';
import { arrange, type FieldsLook } from './arrangement.ts';
import { contextButton } from './contextButton.ts';
import { foldButton } from './foldButton.ts';
import { sourceClass } from './legend.ts';
import { levelWord } from './levelWord.ts';
import { appendMarkedText, rangesOf, type TextRanges } from './markedText.ts';
import { rowContext } from './rowContext.ts';
import { structuredText } from './structuredText.ts';
import { exactTime, timeText } from './timeText.ts';

export interface RowLook {
  readonly timestamps: TimestampMode;
  readonly strings: LogsStrings;
  readonly containerName: string;
  /** With more than one each row says whose it is. */
  readonly sources: readonly LogSourceInfo[];
  readonly formatCount: (count: number) => string;
  /** Each row can show the log around it. */
  readonly isFiltered: boolean;
  /** Undefined shows lines as they were written. */
  readonly fields: FieldsLook | undefined;
}

/** One row as it is shown. `current` is the match that find stands on, if it is in this row. */
export function rowElement(row: MarkedRow, look: RowLook, current: number | undefined): HTMLElement {
  const made = element('span', { class: 'rowContent', role: 'gridcell' });
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
  else appendLine(made, row, look, current);
  if (row.traceLines !== undefined && row.traceLines > 0)
    made.append(foldButton(row.traceLines, row.isUnfolded === true, look));
  if (look.isFiltered && row.isContext !== true) made.append(contextButton(row.contextLines, look));
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
  const context = `${row.isContext === true ? ' context' : ''}${row.isAfterGap === true ? ' afterGap' : ''}`;
  if (row.kind === 'event') return `row event${context}`;
  const stream = row.stream === 'stderr' ? ' stderr' : '';
  const level = stripes[logLevels[row.level] ?? 'unknown'] ?? '';
  return `row${stream}${level}${row.isContinuation ? ' continuation' : ''}${row.isTraceLine ? ' trace' : ''}${context}`;
}

function describe(row: LogEventRow, { strings, containerName, sources }: RowLook): string {
  const name = sources.length > 1 ? sources[row.source]?.name : undefined;
  return eventText(row.event, strings, name ?? containerName);
}

type MarkedLine = MarkedRow & { readonly kind: 'line' };

/** As fields or as it was written. */
function appendLine(into: HTMLElement, line: MarkedLine, look: RowLook, current: number | undefined): void {
  const { text, spans } = parseAnsi(line.text);
  // A program that colours its lines itself has said what it wants.
  const word = spans.length === 0 ? levelWord(line, text) : undefined;
  const ranges = rangesOf(line, spans, word, current);
  const fields = look.fields === undefined ? undefined : fieldsOf(line, text, ranges, look, look.fields);
  if (fields === undefined) appendMarkedText(into, text, ranges);
  else into.append(fields);
}

/** Undefined for a line without fields, and for one whose fields do not show the match that find stands on. */
function fieldsOf(
  line: MarkedLine,
  text: string,
  ranges: TextRanges,
  { timestamps }: RowLook,
  look: FieldsLook,
): DocumentFragment | undefined {
  const arrangement = arrange(line, text, look, timestamps);
  if (arrangement === undefined) return undefined;
  const made = structuredText(line, text, arrangement, ranges, look.columns);
  const isMissing =
    ranges.marks.some(({ isCurrent }) => isCurrent) && made.querySelector('mark.current') === null;
  return isMissing ? undefined : made;
}
