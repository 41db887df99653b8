import { describe, expect, test } from 'vitest';
import {
  emptyExtent,
  type LogState,
  type LogUpdate,
  type MarkedRow,
  noFilter,
  noHistory,
  noMatches,
  showAll,
} from '../../../src/model/log.ts';
import {
  isFindRequest,
  isFindStep,
  isLinkRequest,
  isLocateRequest,
  isLogsDelta,
  isLogsPageState,
  isLogView,
  isMore,
  isPartsRequest,
  isRowsRequest,
  isShowRequest,
  isSnapshotRequest,
  mergeUpdates,
} from '../../../src/protocol/logs.ts';

function stateOf(endRow: number): LogState {
  return {
    showId: 0,
    isShowComplete: true,
    showProblem: undefined,
    extent: { ...emptyExtent, endRow },
    cleared: undefined,
    nextRow: endRow,
    shownLines: 0,
    history: noHistory,
    halt: undefined,
    phase: 'following',
    sources: [],
    find: noMatches,
  };
}

function update(firstRow: number, count: number, { findId = 0, showId = 0 } = {}): LogUpdate {
  const rows = Array.from({ length: count }, (_, at): MarkedRow => {
    const row = firstRow + at;
    return {
      kind: 'line',
      stream: 'stdout',
      at: 0,
      level: 0,
      source: 0,
      text: String(row),
      isContinuation: false,
      isTraceLine: false,
      row,
    };
  });
  return { state: stateOf(firstRow + count), tail: { showId, firstRow, rows, findId } };
}

describe('guards of the log page', () => {
  test('refuse windows that are too big or make no sense', () => {
    expect(isRowsRequest({ firstRow: 0, count: 1000 })).toBe(true);
    // What was read later is older: positions go below zero.
    expect(isRowsRequest({ firstRow: -5000, count: 1 })).toBe(true);
    for (const bad of [
      { firstRow: 0, count: 1001 },
      { firstRow: 0, count: -1 },
      { firstRow: 0.5, count: 1 },
      { firstRow: Number.NEGATIVE_INFINITY, count: 1 },
      { firstRow: 0 },
      null,
      [],
    ])
      expect(isRowsRequest(bad)).toBe(false);
    expect(isLogView({ tailRows: Number.NaN })).toBe(false);
  });

  test('refuse endless patterns', () => {
    const query = { isRegex: true, matchCase: false };
    expect(isFindRequest({ findId: 1 })).toBe(true);
    expect(isFindRequest({ findId: 1, query: { ...query, pattern: 'x' } })).toBe(true);
    expect(isFindRequest({ findId: 1, query: { ...query, pattern: 'x'.repeat(10_001) } })).toBe(false);
  });

  describe('of what shows', () => {
    const text = { kind: 'text', pattern: 'x', isRegex: false, matchCase: false, isInverse: true };
    const field = { kind: 'field', name: 'user', value: 'ann', isExact: true, isInverse: false };
    const withFilter = (filter: object): object => ({ ...showAll, filter: { ...noFilter, ...filter } });
    const accepts = (show: object): boolean => isShowRequest({ showId: 1, show, anchorRow: undefined });

    test('take every kind of condition', () => {
      expect(accepts(showAll)).toBe(true);
      expect(accepts(withFilter({ minLevel: 6, stream: 'stderr', hiddenSources: [0, 3] }))).toBe(true);
      expect(accepts(withFilter({ conditions: [text, field] }))).toBe(true);
      expect(accepts({ ...showAll, contexts: [{ row: -3, lines: 100 }], fromRow: -7 })).toBe(true);
      expect(isShowRequest({ showId: 1, show: showAll, anchorRow: -7 })).toBe(true);
      expect(isSnapshotRequest({ view: { tailRows: 10 }, show: showAll })).toBe(true);
    });

    test.each<[string, object]>([
      ['a level that there is not', withFilter({ minLevel: 7 })],
      ['a stream that there is not', withFilter({ stream: 'stdin' })],
      ['a source that is none', withFilter({ hiddenSources: [-1] })],
      ['more sources than anybody has', withFilter({ hiddenSources: Array.from({ length: 1001 }, () => 0) })],
      ['a condition of no kind', withFilter({ conditions: [{ ...text, kind: 'time' }] })],
      ['half a condition', withFilter({ conditions: [{ kind: 'field', name: 'user' }] })],
      ['an endless pattern', withFilter({ conditions: [{ ...text, pattern: 'x'.repeat(10_001) }] })],
      [
        'more conditions than anybody types',
        withFilter({ conditions: Array.from({ length: 51 }, () => text) }),
      ],
      ['rows that are none', { ...showAll, unfolded: [0.5] }],
      ['a context that has no end', { ...showAll, contexts: [{ row: 0, lines: 1001 }] }],
      ['half a context', { ...showAll, contexts: [{ row: 0 }] }],
      ['the beginning at half a row', { ...showAll, fromRow: 0.5 }],
      ['more rows than anybody unfolds', { ...showAll, unfolded: Array.from({ length: 10_001 }, () => 0) }],
    ])('refuse %s', (_what, show) => {
      expect(accepts(show)).toBe(false);
      expect(isSnapshotRequest({ view: { tailRows: 10 }, show })).toBe(false);
    });
  });

  test('take places, steps and links by whole numbers only', () => {
    expect(isFindStep({ row: -3, ordinal: 0, direction: 'next' })).toBe(true);
    expect(isFindStep({ row: 0, ordinal: -1, direction: 'next' })).toBe(false);
    expect(isFindStep({ row: 0, ordinal: undefined, direction: 'up' })).toBe(false);
    expect(isLocateRequest({ at: 1.5, row: undefined })).toBe(true);
    expect(isLocateRequest({ at: undefined, row: -3 })).toBe(true);
    expect(isLocateRequest({ at: Number.NaN })).toBe(false);
    expect(isLocateRequest({ row: '1' })).toBe(false);
    expect(isLinkRequest({ row: -1, index: 0 })).toBe(true);
    expect(isLinkRequest({ row: -1, index: -1 })).toBe(false);
    expect([0, 1, 2000, 2001, 1.5].map((parts) => isPartsRequest({ parts }))).toEqual([
      false,
      true,
      true,
      false,
      false,
    ]);
    expect([{ isAll: true }, {}].map(isMore)).toEqual([true, false]);
  });

  test('know the state of this version only', () => {
    const state = {
      version: 3,
      target: { ref: 'default/container/c', name: 'web' },
      wrap: true,
      timestamps: 'utc',
      histogram: false,
      find: { pattern: '', isRegex: false, matchCase: false },
      filter: noFilter,
      isFolding: true,
      isRaw: false,
      columns: ['status'],
      onlyColumns: false,
    };
    expect(isLogsPageState(state)).toBe(true);
    for (const bad of [
      { ...state, version: 2 },
      { ...state, columns: [1] },
      { ...state, columns: Array.from({ length: 51 }, String) },
      { ...state, timestamps: 'never' },
      { ...state, filter: { ...noFilter, minLevel: 99 } },
      { ...state, isFolding: undefined },
      undefined,
    ])
      expect(isLogsPageState(bad)).toBe(false);
  });

  test('look at the outline of what the host made', () => {
    expect(isLogsDelta({ seq: 1, ...update(0, 1) })).toBe(true);
    expect(isLogsDelta({ seq: 1, state: {} })).toBe(false);
    expect(isLogsDelta({ ...update(0, 1) })).toBe(false);
  });
});

describe('mergeUpdates', () => {
  test('joins rows that follow each other, and keeps the newest', () => {
    const merged = mergeUpdates(update(0, 800), update(800, 800));
    expect(merged.tail.firstRow).toBe(600);
    expect(merged.tail.rows).toHaveLength(1000);
    expect(merged.state.extent.endRow).toBe(1600);
  });

  test('takes the later rows where they do not join, or are of another search or another show', () => {
    expect(mergeUpdates(update(0, 5), update(50, 5)).tail.firstRow).toBe(50);
    expect(mergeUpdates(update(0, 5), update(5, 5, { findId: 1 })).tail.firstRow).toBe(5);
    expect(mergeUpdates(update(0, 5), update(5, 5, { showId: 1 })).tail).toMatchObject({
      showId: 1,
      firstRow: 5,
    });
  });

  test('keeps the earlier rows when the later update has none', () => {
    expect(mergeUpdates(update(0, 5), update(5, 0)).tail.rows).toHaveLength(5);
  });
});
