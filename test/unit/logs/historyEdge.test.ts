import { describe, expect, test } from 'vitest';
import { HistoryEdge } from '../../../src/logs/historyEdge.ts';
import { stamped } from './lines.ts';

function edgeOf(...seconds: readonly number[]): HistoryEdge {
  const edge = new HistoryEdge();
  for (const each of seconds) edge.add(stamped('', { seconds: each }));
  return edge;
}

/** What a request that ends with it brings again, of these lines. */
function told({ until, overlap }: HistoryEdge): readonly [number | undefined, number] {
  return [until?.seconds, overlap];
}

describe('HistoryEdge', () => {
  test('lets a request end with the latest of its first lines, which may be out of order', () => {
    expect(told(edgeOf(1, 2, 3, 4, 5, 6, 7, 8, 9, 10))).toEqual([8, 8]);
    expect(told(edgeOf(1, 9, 2, 3, 4, 5, 6, 7, 8, 9, 10))).toEqual([9, 10]);
    expect(told(edgeOf(1, 2))).toEqual([2, 2]);
    expect(told(new HistoryEdge())).toEqual([undefined, 0]);
  });

  test('counts all lines of one stamp', () => {
    const many = Array.from({ length: 3000 }, () => 5);
    expect(told(edgeOf(...many))).toEqual([5, 3000]);
    expect(told(edgeOf(...many, 6, 5))).toEqual([5, 3000]);
  });

  test('does not hang on lines without a stamp', () => {
    const edge = edgeOf(1, 2);
    edge.add({ ...stamped('no stamp'), stamp: undefined });
    expect(told(edge)).toEqual([2, 2]);
  });

  test('counts the records that all its lines are made of', () => {
    const edge = edgeOf(1, 2);
    edge.add({ ...stamped('long'), records: 5 });
    const older = edgeOf(0);
    edge.prepend(older);
    expect(edge.heldRecords).toBe(8);
  });

  test('begins with the older part that was put before it', () => {
    const edge = edgeOf(20, 21);
    edge.prepend(edgeOf(...Array.from({ length: 10 }, (_, at) => at)));
    expect(told(edge)).toEqual([7, 8]);
    edge.prepend(new HistoryEdge());
    expect(told(edge)).toEqual([7, 8]);
  });

  test('looks also at its own lines when the older part is short', () => {
    const edge = edgeOf(12, 11, 13, 14, 15, 16, 17, 18, 19, 20);
    edge.prepend(edgeOf(10));
    // What is older still may be out of order with the line at 10: it must not end the request.
    expect(told(edge)).toEqual([17, 8]);
    const short = edgeOf(5);
    short.prepend(edgeOf(4));
    for (const seconds of [6, 7, 8, 9, 10, 11, 12, 13]) short.add(stamped('', { seconds }));
    expect(told(short)).toEqual([11, 8]);
  });

  test('goes on counting behind an older part of one stamp', () => {
    const edge = edgeOf(5, 5);
    edge.prepend(edgeOf(...Array.from({ length: 20 }, () => 5)));
    edge.add(stamped('', { seconds: 5 }));
    edge.add(stamped('', { seconds: 6 }));
    expect(told(edge)).toEqual([5, 23]);
  });
});
