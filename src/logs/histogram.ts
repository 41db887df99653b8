import { type LogHistogram, logLevels } from '../model/log.ts';
import type { Block, Spool } from './spool/spool.ts';

/** Above this many blocks a block is finer than a part anyhow, and is not read for its rows. */
const maxReadBlocks = 48;

/**
 * Counts what is held of a log from a row on, in so many equal parts of its time; undefined when no line has a time.
 */
export function histogram(
  spool: Spool,
  partCount: number,
  fromRow = Number.NEGATIVE_INFINITY,
): LogHistogram | undefined {
  const blocks = spool.blocks
    .filter(({ firstRow, count }) => firstRow + count > fromRow)
    .map((block) => (block.firstRow < fromRow ? cut(spool, block, fromRow) : block))
    .filter(({ from }) => !Number.isNaN(from));
  if (blocks.length === 0) return undefined;
  const from = blocks.reduce((least, block) => Math.min(least, block.from), Infinity);
  const to = blocks.reduce((most, block) => Math.max(most, block.to), -Infinity) + 1;
  const parts = Array.from({ length: partCount }, () => new Array<number>(logLevels.length).fill(0));
  const partOf = (at: number): number =>
    Math.min(partCount - 1, Math.floor(((at - from) / (to - from)) * partCount));
  const add = (at: number, level: number, count: number): void => {
    const part = parts[partOf(at)];
    if (part !== undefined) part[level] = (part[level] ?? 0) + count;
  };
  const isExact = blocks.length <= maxReadBlocks;
  for (const block of blocks) {
    if (isExact && partOf(block.from) !== partOf(block.to))
      eachTimed(spool, block, fromRow, (at, level) => {
        add(at, level, 1);
      });
    else
      block.levels.forEach((count, level) => {
        add((block.from + block.to) / 2, level, count);
      });
  }
  return { from, to, parts };
}

/** A block as if it began with a row: times and levels are those of its lines from there on. */
function cut(spool: Spool, block: Block, fromRow: number): Block {
  let from = Number.NaN;
  let to = Number.NaN;
  const levels = new Uint16Array(logLevels.length);
  eachTimed(spool, block, fromRow, (at, level) => {
    if (!(from <= at)) from = at;
    if (!(to >= at)) to = at;
    levels[level] = (levels[level] ?? 0) + 1;
  });
  return { ...block, from, to, levels };
}

/** The lines of a block that have a time, from a row on. */
function eachTimed(
  spool: Spool,
  block: Block,
  fromRow: number,
  tell: (at: number, level: number) => void,
): void {
  const reader = spool.read(block);
  for (let row = Math.max(0, fromRow - block.firstRow); row < reader.count; row++) {
    const at = reader.timeOf(row);
    if (at !== undefined && reader.isLine(row)) tell(at, reader.levelOf(row));
  }
}

/** The first row that is not earlier than a time, or the end. */
export function rowAtTime(spool: Spool, at: number): number {
  for (const block of spool.blocks) {
    if (!(block.to >= at)) continue;
    const reader = spool.read(block);
    for (let row = 0; row < reader.count; row++)
      if ((reader.timeOf(row) ?? -Infinity) >= at) return block.firstRow + row;
  }
  return spool.end;
}
