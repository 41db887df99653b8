import { plainText } from '../model/ansi.ts';
import type { LogRow, LogSourceInfo } from '../model/log.ts';
import type { CopiedPart, CopiedRows, CopyRequest } from '../model/logQuestions.ts';
import { printTime } from '../model/logTime.ts';
import type { Spool } from './spool/spool.ts';
import { offsetsOf } from './timeZone.ts';

/** Larger texts are no good in a clipboard, nor where they would be put from there. */
export const maxCopiedLines = 100_000;
export const maxCopiedLength = 20_000_000;

/**
 * The text of these rows as they are shown: without escape sequences, with the time and the container's name where these
 * show. The pieces of a long line are one line again. Undefined when it is too much to be copied.
 */
export function copyRows(
  spool: Spool,
  sources: readonly LogSourceInfo[],
  rows: Iterable<number>,
  { timestamps, timeZone, language }: Pick<CopyRequest, 'timestamps' | 'timeZone' | 'language'>,
  now: number,
): CopiedRows | undefined {
  const reader = { now, offsetMs: offsetsOf(timeZone), language };
  const prefixOf = ({ at, source }: LogRow): string => {
    const name = sources.length > 1 ? (sources[source]?.name ?? '') : '';
    return [printTime(at, timestamps, reader), name].map((part) => (part === '' ? '' : `${part} `)).join('');
  };
  const parts: CopiedPart[] = [];
  let text = '';
  let lines = 0;
  let length = 0;
  let before: LogRow | undefined;
  const add = (more: string): void => {
    text += more;
    length += more.length;
  };
  for (const number of rows) {
    const row = spool.row(number);
    if (row === undefined) continue;
    const isPiece = row.kind === 'line' && row.isContinuation && isSameWriter(before, row);
    if (before !== undefined && !isPiece) add('\n');
    if (!isPiece) add(prefixOf(row));
    if (row.kind === 'line') add(plainText(row.text));
    else {
      parts.push(text, { event: row.event, name: sources[row.source]?.name ?? '' });
      text = '';
    }
    if (!isPiece) lines++;
    before = row;
    if (lines > maxCopiedLines || length > maxCopiedLength) return undefined;
  }
  return { parts: [...parts, text], lines };
}

function isSameWriter(before: LogRow | undefined, row: LogRow): boolean {
  return (
    before?.kind === 'line' &&
    row.kind === 'line' &&
    before.source === row.source &&
    before.stream === row.stream
  );
}
