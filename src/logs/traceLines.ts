import { writerOf } from './filter.ts';
import type { Spool } from './spool/spool.ts';

/** No trace that a person reads is longer; and so many rows at most are looked at. */
const maxRows = 2000;

/** How many lines belong to the trace that a row begins; 0 when it begins none. */
export function traceLinesOf(spool: Spool, head: number): number {
  let lines = 0;
  for (const _ of traceRows(spool, head)) lines++;
  return lines;
}

/** The rows of the trace that a row begins, without that. */
export function* traceRows(spool: Spool, head: number): Generator<number, void> {
  const first = spool.blockOf(head);
  if (first === undefined) return;
  const headReader = spool.read(first);
  const relative = head - first.firstRow;
  if (!headReader.isLine(relative) || headReader.isTraceLine(relative)) return;
  const writer = writerOf(headReader, relative);
  for (let row = head + 1; row < head + maxRows; row++) {
    const block = spool.blockOf(row);
    if (block === undefined) break;
    const reader = spool.read(block);
    const at = row - block.firstRow;
    if (!reader.isLine(at) || writerOf(reader, at) !== writer || reader.isContinuation(at)) continue;
    if (!reader.isTraceLine(at)) break;
    yield row;
  }
}

/** The row that begins the trace which a row belongs to; the row itself when it is in none. */
export function headOf(spool: Spool, row: number): number {
  const last = spool.blockOf(row);
  if (last === undefined) return row;
  const writer = writerOf(spool.read(last), row - last.firstRow);
  for (let at = row; at > row - maxRows; at--) {
    const block = spool.blockOf(at);
    if (block === undefined) break;
    const reader = spool.read(block);
    const relative = at - block.firstRow;
    if (!reader.isLine(relative) || writerOf(reader, relative) !== writer) continue;
    if (!reader.isTraceLine(relative) && !reader.isContinuation(relative)) return at;
  }
  return row;
}
