import type { LinePlace } from '../model/logQuestions.ts';
import { textHash } from '../model/textHash.ts';
import type { Spool } from './spool/spool.ts';
import { wholeLine } from './wholeLine.ts';

/** Containers' lines are not quite in the order of their stamps. */
const disorderMs = 1000;

/** The row of a line that is known by its time and text, wherever its clock may have put it. */
export function findLine(spool: Spool, { at, textHash: wanted }: LinePlace): number | undefined {
  for (const block of spool.blocks) {
    if (!(block.from <= at && at <= block.to)) continue;
    const reader = spool.read(block);
    for (let row = 0; row < reader.count; row++) {
      if (reader.timeOf(row) !== at || reader.isContinuation(row)) continue;
      const line = wholeLine(spool, block.firstRow + row);
      if (line !== undefined && textHash(line.text) === wanted) return block.firstRow + row;
    }
  }
  return undefined;
}

/** What is older than all that is held is older than this time too. */
export function reachesBack(spool: Spool, at: number): boolean {
  return spool.blocks.some(({ from }) => from <= at - disorderMs);
}
