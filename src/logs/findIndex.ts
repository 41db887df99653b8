import type {
  FindProblem,
  FindQuery,
  FindState,
  FindStep,
  LogRow,
  Marks,
  MatchPosition,
} from '../model/log.ts';
import { plainText } from '../model/ansi.ts';

/** Runs work that a hostile or careless expression could make endless; false when it was stopped. */
export type TimeLimit = (work: () => void) => boolean;

/** The rows that are searched. */
export interface SearchedRows {
  readonly firstRow: number;
  readonly end: number;
  row(number: number): LogRow | undefined;
}

const maxSliceRows = 2000;
const maxSliceLength = 1_000_000;

/** The query as an expression that finds all its matches in a line, or what is wrong with it. */
export function compileQuery({
  pattern,
  isRegex,
  matchCase,
}: FindQuery): RegExp | { readonly message: string } {
  const source = isRegex ? pattern : pattern.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  const flags = matchCase ? 'g' : 'gi';
  try {
    return new RegExp(source, `${flags}u`);
  } catch {
    // Unicode mode is stricter; what only it refuses is still an expression to most people.
  }
  try {
    return new RegExp(source, flags);
  } catch (error) {
    return { message: error instanceof Error ? error.message : String(error) };
  }
}

/** Start and end offsets of every match that is not empty. */
export function findMarks(text: string, expression: RegExp): Marks {
  const marks: number[] = [];
  for (const match of text.matchAll(expression)) {
    if (match[0] !== '') marks.push(match.index, match.index + match[0].length);
  }
  return marks;
}

/** Matches of one query in the rows of a log, kept up with rows that come and go. Searches in slices. */
export class FindIndex {
  private readonly rows: SearchedRows;
  private readonly expression: RegExp;
  private readonly limit: TimeLimit;
  /** Rows with matches, in order. */
  private hits: { readonly row: number; readonly count: number }[] = [];
  private total = 0;
  private searchedTo: number;
  private problem: FindProblem | undefined;

  constructor(rows: SearchedRows, expression: RegExp, limit: TimeLimit) {
    this.rows = rows;
    this.expression = expression;
    this.limit = limit;
    this.searchedTo = rows.firstRow;
  }

  get state(): FindState {
    this.forgetDropped();
    return { total: this.total, isComplete: this.isComplete, problem: this.problem };
  }

  get isComplete(): boolean {
    return this.problem !== undefined || this.searchedTo >= this.rows.end;
  }

  /** Searches one more slice. */
  searchSlice(): void {
    if (this.isComplete) return;
    this.searchedTo = Math.max(this.searchedTo, this.rows.firstRow);
    const end = Math.min(this.rows.end, this.searchedTo + maxSliceRows);
    const isDone = this.limit(() => {
      for (let length = 0; this.searchedTo < end && length < maxSliceLength; this.searchedTo++) {
        const text = searchable(this.rows.row(this.searchedTo));
        length += text.length;
        const count = findMarks(text, this.expression).length / 2;
        if (count > 0) this.hits.push({ row: this.searchedTo, count });
      }
    });
    if (!isDone) this.problem = { kind: 'tooSlow', row: this.searchedTo };
    this.total = this.hits.reduce((sum, { count }) => sum + count, 0);
  }

  /** Marks of some rows; empty for all of them when they take too long. */
  marksOf(rows: readonly LogRow[]): readonly Marks[] {
    const marks: Marks[] = [];
    if (this.problem !== undefined) return marks;
    const isDone = this.limit(() => {
      for (const row of rows) marks.push(findMarks(searchable(row), this.expression));
    });
    return isDone ? marks : [];
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
    const { hits } = this;
    if (hits.length === 0) return undefined;
    const at = hits.findIndex((hit) => hit.row >= row);
    const here = at >= 0 && hits[at]?.row === row ? hits[at] : undefined;
    let index: number;
    let inRow: number;
    if (direction === 'next') {
      const next = ordinal === undefined ? 0 : ordinal + 1;
      const isHere = here !== undefined && next < here.count;
      index = at < 0 ? hits.length : isHere || here === undefined ? at : at + 1;
      inRow = isHere ? next : 0;
    } else {
      const previous =
        ordinal === undefined ? (here?.count ?? 0) - 1 : Math.min(ordinal, here?.count ?? 0) - 1;
      const isHere = here !== undefined && previous >= 0;
      index = at < 0 ? hits.length - 1 : isHere ? at : at - 1;
      inRow = isHere ? previous : -1;
    }
    const hasWrapped = index < 0 || index >= hits.length;
    const wrapped = (index + hits.length) % hits.length;
    const hit = hits[wrapped];
    if (hit === undefined) return undefined;
    const found = inRow < 0 ? hit.count - 1 : hasWrapped ? 0 : inRow;
    const before = hits.slice(0, wrapped).reduce((sum, { count }) => sum + count, 0);
    return { position: { row: hit.row, ordinal: found }, number: before + found + 1, hasWrapped };
  }

  private forgetDropped(): void {
    const { firstRow } = this.rows;
    if ((this.hits[0]?.row ?? firstRow) >= firstRow) return;
    this.hits = this.hits.filter(({ row }) => row >= firstRow);
    this.total = this.hits.reduce((sum, { count }) => sum + count, 0);
  }
}

/** What is seen of a row; events are told in the reader's language, which is not known here. */
function searchable(row: LogRow | undefined): string {
  return row?.kind === 'line' ? plainText(row.text) : '';
}
