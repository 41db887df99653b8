import type { FindProblem, FindState, FindStep, LogRow, Marks, MatchPosition } from '../model/log.ts';
import { findMarks, type LineMatcher, searchable } from './query.ts';
import { RowSet } from './rowSet.ts';
import type { Block, Spool } from './spool/spool.ts';
import type { TimeLimit } from './timeLimit.ts';
import type { VisibleRows } from './visibleRows.ts';

/** Blocks searched in one go, so that lines and questions get their turn in between: some ten milliseconds. */
const sliceBlocks = 24;

const maxCounted = 4;

/** The part of a log that is searched. */
export interface Searched {
  /** Only matches in rows that pass count. */
  passes(row: number): boolean;
  /** Rows before this one are not looked at. */
  readonly fromRow: number;
}

/** What memory holds of the matches in one block: there may be some in each of ten million rows. */
interface BlockHits {
  /** How many of its rows were searched: the last block grows. */
  readonly searchedRows: number;
  readonly total: number;
  readonly rows: RowSet;
}

/** Rows with matches, counted from the block's first, and how many matches each has. */
interface RowCounts {
  readonly rows: number[];
  readonly counts: number[];
}

/** Matches of one query in a log, kept up with rows that come at both ends. Searches from the end backwards. */
export class FindIndex {
  private readonly spool: Spool;
  private readonly matcher: LineMatcher;
  private readonly within: Searched;
  private readonly limit: TimeLimit;
  /** By a block's first row. */
  private readonly searched = new Map<number, BlockHits>();
  /** Of the blocks that somebody steps through just now. */
  private readonly counted = new Map<BlockHits, RowCounts>();
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
    for (const [firstRow, { rows, searchedRows, total }] of this.searched) {
      if (total === 0) continue;
      const from = visible.positionOf(firstRow);
      const shown = visible.positionOf(firstRow + searchedRows) - from;
      const isEven = shown === searchedRows || shown * perPosition < 1;
      for (const row of rows.all()) {
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
    for (const block of this.spool.blocks) {
      const { firstRow, count } = block;
      if (firstRow + count <= row) continue;
      const { rows, counts } = this.countsOf(block);
      for (const [at, relative] of rows.entries()) {
        const candidate = firstRow + relative;
        if (candidate > row) return { row: candidate, ordinal: 0 };
        if (candidate < row) continue;
        const next = ordinal === undefined ? 0 : ordinal + 1;
        if (next < (counts[at] ?? 0)) return { row, ordinal: next };
      }
    }
    return undefined;
  }

  /** The last match before one, or up to and with a row. */
  private before(row: number, ordinal: number | undefined): MatchPosition | undefined {
    for (const block of this.spool.blocks.toReversed()) {
      const { firstRow } = block;
      if (firstRow > row) continue;
      const { rows, counts } = this.countsOf(block);
      for (let at = rows.length - 1; at >= 0; at--) {
        const candidate = firstRow + (rows[at] ?? 0);
        const count = counts[at] ?? 0;
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
    for (const block of this.spool.blocks) {
      const { firstRow, count } = block;
      if (firstRow + count <= row) number += this.searched.get(firstRow)?.total ?? 0;
      else {
        const { rows, counts } = this.countsOf(block);
        for (let at = 0; firstRow + (rows[at] ?? Infinity) < row; at++) number += counts[at] ?? 0;
        break;
      }
    }
    return number;
  }

  /** The matches of one block's rows, as they were found when it was searched. */
  private countsOf(block: Block): RowCounts {
    const hits = this.searched.get(block.firstRow);
    if (hits === undefined || hits.total === 0) return { rows: [], counts: [] };
    const known = this.counted.get(hits);
    if (known !== undefined) return known;
    const made: RowCounts = { rows: [], counts: [] };
    this.limit(() => {
      this.matcher.eachMatchingRow(this.spool.read(block), 0, block.isPlain, (row, count) => {
        if (!hits.rows.has(row)) return;
        made.rows.push(row);
        made.counts.push(count);
      });
    });
    for (const oldest of this.counted.keys())
      if (this.counted.size >= maxCounted) this.counted.delete(oldest);
    this.counted.set(hits, made);
    return made;
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
    const before = this.searched.get(block.firstRow);
    const searchedRows = before?.searchedRows ?? 0;
    const rows = new RowSet(block.count, before?.rows);
    let total = before?.total ?? 0;
    this.searching = block.firstRow + searchedRows;
    this.matcher.eachMatchingRow(this.spool.read(block), searchedRows, block.isPlain, (row, count) => {
      this.searching = block.firstRow + row;
      if (!this.within.passes(block.firstRow + row)) return;
      rows.add(row);
      total += count;
    });
    this.total += total - (before?.total ?? 0);
    this.searched.set(block.firstRow, { searchedRows: block.count, total, rows });
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
