import { describe, expect, test } from 'vitest';
import { headOf, traceLinesOf } from '../../../src/logs/traceLines.ts';
import { blockful, eventRow, prepend, row, spoolOf } from './rows.ts';

const head = row('Error');
const frame = row('  at x', { isTraceLine: true });
const of = (source: number, each: typeof head): typeof head => ({ ...each, source });

describe('the lines of a trace', () => {
  test('are those that follow its head, up to the next line that is none', () => {
    const spool = spoolOf(['a', head, frame, frame, 'b', frame]);
    expect([0, 1, 2, 4, 5, 9].map((at) => traceLinesOf(spool, at))).toEqual([0, 2, 0, 1, 0, 0]);
    expect([0, 1, 2, 3, 5].map((at) => headOf(spool, at))).toEqual([0, 1, 1, 1, 4]);
  });

  test('are of one container and stream, with events and others’ lines between', () => {
    const rows = [
      of(0, head),
      of(1, head),
      of(0, frame),
      eventRow({ kind: 'started' }),
      of(1, frame),
      of(0, frame),
    ];
    const spool = spoolOf(rows);
    expect([0, 1].map((at) => traceLinesOf(spool, at))).toEqual([2, 1]);
    expect([2, 4, 5].map((at) => headOf(spool, at))).toEqual([0, 1, 0]);
    const streams = spoolOf([head, { ...head, isStderr: true }, frame]);
    expect([0, 1].map((at) => traceLinesOf(streams, at))).toEqual([1, 0]);
  });

  test('go on behind the pieces of a long one', () => {
    const piece = row('more', { isContinuation: true });
    const spool = spoolOf([head, piece, frame, piece, frame]);
    expect(traceLinesOf(spool, 0)).toBe(2);
    expect([1, 3, 4].map((at) => headOf(spool, at))).toEqual([0, 0, 0]);
  });

  test('are found over the edges of blocks', () => {
    const spool = spoolOf([head, frame, of(1, blockful), frame]);
    prepend(spool, [head, frame]);
    expect([-2, 0].map((at) => traceLinesOf(spool, at))).toEqual([1, 2]);
    expect([-1, 3].map((at) => headOf(spool, at))).toEqual([-2, 0]);
  });

  test('whose head is not held have none', () => {
    const spool = spoolOf([frame, frame]);
    expect(headOf(spool, 1)).toBe(1);
    expect(traceLinesOf(spool, 0)).toBe(0);
  });
});
