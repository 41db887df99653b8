import { plainText } from '../model/ansi.ts';
import type { LogCondition, LogFilter } from '../model/log.ts';
import { fieldValue } from '../model/fields/structuredLine.ts';
import { compileQuery, type LineMatcher } from './query.ts';
import type { BlockReader } from './spool/block.ts';

/** Which rows of a block a filter lets through. Every part must let a line through; events always pass. */
export class BlockFilter {
  private readonly filter: LogFilter;
  private readonly tests: readonly ConditionTest[];

  constructor(filter: LogFilter, tests: readonly ConditionTest[]) {
    this.filter = filter;
    this.tests = tests;
  }

  /**
   * One byte a row from `from` on: 1 for those that pass. A trace passes as a whole when one of its lines does, and so
   * do the pieces of a long line, as far as they are in the same block.
   */
  passes(block: BlockReader, from: number, isPlain: boolean): Uint8Array {
    const passing = new Uint8Array(block.count - from);
    const { minLevel, stream } = this.filter;
    const hiddenSources = new Set(this.filter.hiddenSources);
    for (let row = from; row < block.count; row++) {
      const isShown =
        (hiddenSources.size === 0 || !hiddenSources.has(block.sourceOf(row))) &&
        (!block.isLine(row) ||
          (block.levelOf(row) >= minLevel &&
            (stream === 'both' || block.isStderr(row) === (stream === 'stderr'))));
      if (isShown) passing[row - from] = 1;
    }
    for (const test of this.tests) this.apply(test, block, from, isPlain, passing);
    return passing;
  }

  private apply(
    test: ConditionTest,
    block: BlockReader,
    from: number,
    isPlain: boolean,
    passing: Uint8Array,
  ): void {
    const matching = new Uint8Array(block.count - from);
    test.matcher.eachMatchingRow(block, from, isPlain, (row) => {
      if (test.accepts === undefined || test.accepts(block.textOf(row))) matching[row - from] = 1;
    });
    if (!hasGroups(block, from)) {
      const wanted = test.isInverse ? 0 : 1;
      for (let at = 0; at < passing.length; at++)
        if (matching[at] !== wanted && block.isLine(from + at)) passing[at] = 0;
      return;
    }
    // What belongs together has one verdict, that of any of its rows.
    for (const group of groupsOf(block, from)) {
      const hasMatch = group.some((row) => matching[row - from] === 1);
      if (hasMatch === test.isInverse) for (const row of group) passing[row - from] = 0;
    }
  }
}

interface ConditionTest {
  readonly matcher: LineMatcher;
  readonly isInverse: boolean;
  /** A closer look at what the matcher found. */
  readonly accepts: ((text: string) => boolean) | undefined;
}

export function compileFilter(filter: LogFilter): BlockFilter | { readonly message: string } {
  const tests: ConditionTest[] = [];
  for (const condition of filter.conditions) {
    const test = compileCondition(condition);
    if ('message' in test) return test;
    tests.push(test);
  }
  return new BlockFilter(filter, tests);
}

function compileCondition(condition: LogCondition): ConditionTest | { readonly message: string } {
  if (condition.kind === 'text') {
    const matcher = compileQuery(condition);
    return 'message' in matcher ? matcher : { matcher, isInverse: condition.isInverse, accepts: undefined };
  }
  const { name, value, isExact, isInverse } = condition;
  // Only lines that may have the value are taken apart.
  const sure = longest(value.match(neverEscaped)) ?? longest(name.match(nameParts));
  const matcher = compileQuery({ pattern: sure ?? '[=:]', isRegex: sure === undefined, matchCase: false });
  if ('message' in matcher) return matcher;
  const wanted = value.toLowerCase();
  const accepts = (text: string): boolean => {
    const has = fieldValue(plainText(text), name)?.toLowerCase();
    return isExact ? has === wanted : has?.includes(wanted) === true;
  };
  return { matcher, isInverse, accepts };
}

/** What of a value stands in the line as it is: writers of JSON escape all else, one this and another that. */
const neverEscaped = /[\w .:@,-]+/g;
/** A field within another has both their names, but not next to each other. */
const nameParts = /\w+/g;

function longest(parts: readonly string[] | null): string | undefined {
  return parts?.reduce((most, part) => (part.length > most.length ? part : most));
}

function hasGroups(block: BlockReader, from: number): boolean {
  for (let row = from; row < block.count; row++)
    if (block.isTraceLine(row) || block.isContinuation(row)) return true;
  return false;
}

/** The block's lines, those of one trace or one long line together; events belong to none. */
export function groupsOf(block: BlockReader, from: number): readonly number[][] {
  const groups: number[][] = [];
  const open = new Map<number, number[]>();
  for (let row = from; row < block.count; row++) {
    if (!block.isLine(row)) continue;
    const writer = writerOf(block, row);
    const group = open.get(writer);
    if (group !== undefined && (block.isTraceLine(row) || block.isContinuation(row))) {
      group.push(row);
      continue;
    }
    const begun = [row];
    open.set(writer, begun);
    groups.push(begun);
  }
  return groups;
}

/** Tells one container's stream from all others. */
export function writerOf(block: BlockReader, row: number): number {
  return block.sourceOf(row) * 2 + (block.isStderr(row) ? 1 : 0);
}
