import type { LogContext } from '../model/log.ts';
import { groupsOf } from './filter.ts';
import type { BlockReader } from './spool/block.ts';

/** Rows that show because they are near another one, whatever the filter has against them. */
export class Contexts {
  private readonly contexts: readonly LogContext[];

  constructor(contexts: readonly LogContext[]) {
    this.contexts = contexts;
  }

  get isEmpty(): boolean {
    return this.contexts.length === 0;
  }

  /** How many rows show before and after this one. */
  linesAround(row: number): number | undefined {
    return this.contexts.find((context) => context.row === row)?.lines;
  }

  has(row: number): boolean {
    return this.contexts.some((context) => Math.abs(row - context.row) <= context.lines);
  }

  /**
   * One byte a row of a block: 1 for those that are near. As with a filter a trace is near as a whole, and so are the
   * pieces of a long line.
   */
  rowsIn(block: BlockReader, firstRow: number): Uint8Array {
    const near = new Uint8Array(block.count);
    let isAny = false;
    for (const { row, lines } of this.contexts) {
      const first = Math.max(0, row - lines - firstRow);
      const end = Math.min(block.count, row + lines + 1 - firstRow);
      if (first >= end) continue;
      near.fill(1, first, end);
      isAny = true;
    }
    if (!isAny) return near;
    for (const group of groupsOf(block, 0))
      if (group.length > 1 && group.some((row) => near[row] === 1)) for (const row of group) near[row] = 1;
    return near;
  }
}
