import { describe, expect, test } from 'vitest';
import { HistoryEdge } from '../../../src/logs/historyEdge.ts';
import { stamped } from './lines.ts';

function edgeOf(...seconds: readonly number[]): HistoryEdge {
  const edge = new HistoryEdge();
  for (const each of seconds) edge.add(stamped('', { seconds: each }));
  return edge;
}

/** Where a request may end, and the stamps by which the edge is known. */
function told({ until, stamps, isWhole }: HistoryEdge): readonly unknown[] {
  return [until?.seconds, stamps.map(({ seconds }) => seconds), isWhole];
}

describe('HistoryEdge', () => {
  test('is known by its first stamps, and ends a request with the latest of them', () => {
    expect(told(edgeOf(1, 2, 3, 4, 5, 6, 7, 8, 9, 10))).toEqual([9, [1, 2, 3, 4, 5, 6, 7, 8, 9], true]);
    expect(told(edgeOf(1, 9, 2, 3, 4, 5, 6, 7, 8, 9))).toEqual([9, [1, 9, 2, 3, 4, 5, 6, 7, 8], true]);
    expect(told(edgeOf(1, 2))).toEqual([2, [1, 2], false]);
    expect(told(new HistoryEdge())).toEqual([undefined, [], false]);
  });

  test('goes on to the end of lines of one stamp', () => {
    const many = Array.from({ length: 3000 }, () => 5);
    expect(told(edgeOf(...many))).toEqual([5, many, false]);
    expect(told(edgeOf(...many, 6, 7))).toEqual([6, [...many, 6], true]);
  });

  test('does not hang on lines without a stamp', () => {
    const edge = edgeOf(1, 2);
    edge.add({ ...stamped('no stamp'), stamp: undefined });
    expect(told(edge)).toEqual([2, [1, 2], false]);
  });

  test('counts the records that all its lines are made of', () => {
    const edge = edgeOf(1, 2);
    edge.add({ ...stamped('long'), records: 5 });
    const older = edgeOf(0);
    edge.prepend(older);
    expect(edge.heldRecords).toBe(8);
  });

  test('begins with the older part that was put before it, however short that is', () => {
    const edge = edgeOf(11, 12, 13, 14, 15, 16, 17, 18, 19);
    edge.prepend(edgeOf(1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
    expect(told(edge)).toEqual([9, [1, 2, 3, 4, 5, 6, 7, 8, 9], true]);
    const short = edgeOf(5);
    short.prepend(edgeOf(4));
    for (const seconds of [6, 7, 8, 9, 10, 11, 12, 13]) short.add(stamped('', { seconds }));
    expect(told(short)).toEqual([12, [4, 5, 6, 7, 8, 9, 10, 11, 12], true]);
    const nothing = edgeOf(1);
    nothing.prepend(new HistoryEdge());
    expect(told(nothing)).toEqual([1, [1], false]);
  });
});
