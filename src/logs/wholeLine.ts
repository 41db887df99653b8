import type { LogLine } from '../model/log.ts';
import type { Spool } from './spool/spool.ts';

/** So many pieces are looked for on either side: a line of some megabytes, among the rows of others. */
const maxRows = 500;

/** The line that a row is, or is a piece of, as it was written; undefined for what is no line. */
export function wholeLine(spool: Spool, row: number): LogLine | undefined {
  const known = spool.row(row);
  if (known?.kind !== 'line') return undefined;
  const isOwn = (other: ReturnType<Spool['row']>): other is LogLine =>
    other?.kind === 'line' && other.source === known.source && other.stream === known.stream;
  let first = row;
  let head = known;
  for (let at = row - 1; head.isContinuation && at > row - maxRows; at--) {
    const before = spool.row(at);
    if (before === undefined) break;
    if (!isOwn(before)) continue;
    first = at;
    head = before;
  }
  let text = head.text;
  for (let at = first + 1; at < first + maxRows; at++) {
    const next = spool.row(at);
    if (next === undefined) break;
    if (!isOwn(next)) continue;
    if (!next.isContinuation) break;
    text += next.text;
  }
  return { ...head, text };
}
