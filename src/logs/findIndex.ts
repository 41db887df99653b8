import type { FindProblem, FindState, FindStep, LogRow, Marks, MatchPosition } from '../model/log.ts';
import { findMarks, type LineMatcher, searchable } from './query.ts';
import type { Block, Spool } from './spool/spool.ts';
import type { TimeLimit } from './timeLimit.ts';
import type { VisibleRows } from './visibleRows.ts';

/** Blocks searched in one go, so that lines and questions get their turn in between: some ten milliseconds. */
const sliceBlocks = 24;

/** The part of a log that is searched. */
export interface Searched {
  /** Only matches in rows that pass count. */
  passes(row: number): boolean;
  /** Rows before this one are not looked at. */
  readonly fromRow: number;
}

/** What was found in one block. Packed: there may be a match in each of ten million rows. */
interface BlockHits {
  /** How many of its rows were searched: the last block grows. */
  readonly searchedRows: number;
  /** Rows with matches, counted from the block's first, and how many matches each has. */
  readonly rows: Uint16Array;
  readonly counts: Uint8Array | Uint32Array;
  readonly total: number;
}

const noHits: BlockHits = {
  searchedRows: 0,
  rows: new Uint16Array(0),
  counts: new Uint8Array(0),
  total: 0,
};

/** Matches of one query in a log, kept up with rows that come at both ends. Searches from the end backwards. */
export class FindIndex {
  private readonly spool: Spool;
  private readonly matcher: LineMatcher;
  private readonly within: Searched;
  private readonly limit: TimeLimit;
  /** By a block's first row. */
  private readonly searched = new Map<number, BlockHits>();
  private total = 0;
  private problem: FindProblem | undefined;
  /** Where the search is just now. */
  private searching = 0;
  /** The rows between these were searched: first the newest, then older and older ones. */
  private searchedFrom: number;
  private searchedTo: number;

  constructor(spool: Spool, matcher: LineMatcher, within: Searched, limit: TimeLimit) {
    this.spool = spool;
    this.matcher = matcher;
    this.within = within;
    this.limit = limit;
    this.searchedFrom = spool.blockOf(spool.end - 1)?.firstRow ?? spool.end;
    this.searchedTo = this.searchedFrom;
  }

  get state(): FindState {
    this.forgetDropped();
    return { total: this.total, isComplete: this.isComplete, problem: this.problem };
  }

  get isComplete(): boolean {
    return this.problem !== undefined || this.nextBlock() === undefined;
  }

  /** Searches some more blocks. */
  searchSlice(): void {
    if (this.problem !== undefined) return;
    // One limit for all of them: setting it takes as long as searching half a block.
    const isDone = this.limit(() => {
      for (let n = 0; n < sliceBlocks; n++) {
        const block = this.nextBlock();
        if (block === undefined) return;
        this.searchBlock(block);
      }
    });
    if (!isDone) this.problem = { kind: 'tooSlow', row: this.searching };
  }

  /** Marks of some rows; none when they take too long. */
  marksOf(rows: readonly LogRow[]): readonly Marks[] {
    const marks: Marks[] = [];
    if (this.problem !== undefined) return marks;
    const isDone = this.limit(() => {
      for (const row of rows) marks.push(findMarks(searchable(row), this.matcher.expression));
    });
    return isDone ? marks : [];
  }

  /**
   * How many rows with matches lie in each of so many equal parts of what shows, for marks beside the scroll bar. Within
   * a block that is finer than a part they are spread as they are among all of its rows.
   */
  density(parts: number, visible: VisibleRows): readonly number[] {
    const counts = new Array<number>(parts).fill(0);
    const { first: start, end } = visible;
    const perPosition = parts / Math.max(1, end - start);
    for (const [firstRow, { rows, searchedRows }] of this.searched) {
      if (rows.length === 0) continue;
      const from = visible.positionOf(firstRow);
      const shown = visible.positionOf(firstRow + searchedRows) - from;
      const isEven = shown === searchedRows || shown * perPosition < 1;
      for (const row of rows) {
        const at = isEven ? from + (row * shown) / searchedRows : visible.positionOf(firstRow + row);
        const part = Math.floor((at - start) * perPosition);
        if (part >= 0 && part < parts) counts[part] = (counts[part] ?? 0) + 1;
      }
    }
    return counts;
  }

  /** The next match in that direction, round the end if need be, with its number from 1. */
  step({
    row,
    ordinal,
    direction,
  }: FindStep):
    | { readonly position: MatchPosition; readonly number: number; readonly hasWrapped: boolean }
    | undefined {
    this.forgetDropped();
    const found = direction === 'next' ? this.after(row, ordinal) : this.before(row, ordinal);
    const wrapped =
      found ?? (direction === 'next' ? this.after(-Infinity, undefined) : this.before(Infinity, undefined));
    if (wrapped === undefined) return undefined;
    return { position: wrapped, number: this.numberOf(wrapped), hasWrapped: found === undefined };
  }

  /** The first match after one, or from a row on. */
  private after(row: number, ordinal: number | undefined): MatchPosition | undefined {
    for (const { firstRow, count } of this.spool.blocks) {
      const hits = this.searched.get(firstRow);
      if (hits === undefined || firstRow + count <= row) continue;
      for (const [at, relative] of hits.rows.entries()) {
        const candidate = firstRow + relative;
        if (candidate > row) return { row: candidate, ordinal: 0 };
        if (candidate < row) continue;
        const next = ordinal === undefined ? 0 : ordinal + 1;
        if (next < (hits.counts[at] ?? 0)) return { row, ordinal: next };
      }
    }
    return undefined;
  }

  /** The last match before one, or up to and with a row. */
  private before(row: number, ordinal: number | undefined): MatchPosition | undefined {
    const { blocks } = this.spool;
    for (let index = blocks.length - 1; index >= 0; index--) {
      const firstRow = blocks[index]?.firstRow ?? 0;
      const hits = this.searched.get(firstRow);
      if (hits === undefined || firstRow > row) continue;
      for (let at = hits.rows.length - 1; at >= 0; at--) {
        const candidate = firstRow + (hits.rows[at] ?? 0);
        const count = hits.counts[at] ?? 0;
        if (candidate < row) return { row: candidate, ordinal: count - 1 };
        if (candidate > row) continue;
        const previous = ordinal === undefined ? count - 1 : Math.min(ordinal, count) - 1;
        if (previous >= 0) return { row, ordinal: previous };
      }
    }
    return undefined;
  }

  private numberOf({ row, ordinal }: MatchPosition): number {
    let number = ordinal + 1;
    for (const { firstRow, count } of this.spool.blocks) {
      const hits = this.searched.get(firstRow);
      if (hits === undefined) continue;
      if (firstRow + count <= row) number += hits.total;
      else {
        for (let at = 0; firstRow + (hits.rows[at] ?? Infinity) < row; at++) number += hits.counts[at] ?? 0;
        break;
      }
    }
    return number;
  }

  /** Where rows are to be searched: the newest first. */
  private nextBlock(): Block | undefined {
    const { spool } = this;
    if (this.searchedTo < spool.end) return spool.blockOf(Math.max(this.searchedTo, spool.firstRow));
    return this.searchedFrom > Math.max(spool.firstRow, this.within.fromRow)
      ? spool.blockOf(this.searchedFrom - 1)
      : undefined;
  }

  private searchBlock(block: Block): void {
    const before = this.searched.get(block.firstRow) ?? noHits;
    const rows = [...before.rows];
    const counts = [...before.counts];
    let { total } = before;
    this.searching = block.firstRow + before.searchedRows;
    const reader = this.spool.read(block);
    this.matcher.eachMatchingRow(reader, before.searchedRows, block.isPlain, (row, count) => {
      this.searching = block.firstRow + row;
      if (!this.within.passes(block.firstRow + row)) return;
      rows.push(row);
      counts.push(count);
      total += count;
    });
    this.total += total - before.total;
    const isSmall = counts.every((count) => count <= 0xff);
    this.searched.set(block.firstRow, {
      searchedRows: block.count,
      rows: Uint16Array.from(rows),
      counts: isSmall ? Uint8Array.from(counts) : Uint32Array.from(counts),
      total,
    });
    this.searchedFrom = Math.min(this.searchedFrom, block.firstRow);
    this.searchedTo = Math.max(this.searchedTo, block.firstRow + block.count);
  }

  private forgetDropped(): void {
    const { firstRow } = this.spool;
    for (const [first, { total }] of this.searched) {
      if (first >= firstRow) continue;
      this.total -= total;
      this.searched.delete(first);
    }
  }
}
