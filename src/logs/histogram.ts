import { type LogHistogram, logLevels } from '../model/log.ts';
import type { Block, Spool } from './spool/spool.ts';

/** Above this many blocks a block is finer than a part anyhow, and is not read for its rows. */
const maxReadBlocks = 48;

/** Counts what is held of a log in so many equal parts of its time; undefined when no line has a time. */
export function histogram(spool: Spool, partCount: number): LogHistogram | undefined {
  const blocks = spool.blocks.filter(({ from }) => !Number.isNaN(from));
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
    if (isExact && partOf(block.from) !== partOf(block.to)) addRows(spool, block, add);
    else
      block.levels.forEach((count, level) => {
        add((block.from + block.to) / 2, level, count);
      });
  }
  return { from, to, parts };
}

function addRows(spool: Spool, block: Block, add: (at: number, level: number, count: number) => void): void {
  const reader = spool.read(block);
  for (let row = 0; row < reader.count; row++) {
    const at = reader.timeOf(row);
    if (at !== undefined && reader.isLine(row)) add(at, reader.levelOf(row), 1);
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
