import type { StampedLine } from './lineSplitter.ts';

/**
 * How many of the lines, which follow on `first` or begin with it, are pieces of it. A tail is counted in records and may
 * begin within a long line: its rest must not pass for a whole one.
 */
export function piecesOf(first: StampedLine | undefined, lines: readonly StampedLine[]): number {
  const next = lines.findIndex(
    (line) => line !== first && !(line.isContinuation && line.stream === first?.stream),
  );
  return next < 0 ? lines.length : next;
}
