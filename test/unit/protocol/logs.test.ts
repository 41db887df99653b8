import { describe, expect, test } from 'vitest';
import type { LogLine, LogUpdate } from '../../../src/model/log.ts';
import { emptyExtent, noMatches } from '../../../src/model/log.ts';
import {
  isFindRequest,
  isLogsPageState,
  isLogView,
  isRowsRequest,
  mergeUpdates,
} from '../../../src/protocol/logs.ts';

function update(firstRow: number, count: number, findId = 0): LogUpdate {
  const rows = Array.from({ length: count }, (_, at): LogLine => {
    return { kind: 'line', stream: 'stdout', at: 0, text: String(firstRow + at), isContinuation: false };
  });
  const extent = { ...emptyExtent, endRow: firstRow + count };
  return { state: { extent, phase: 'following', find: noMatches }, tail: { firstRow, rows, findId } };
}

describe('guards of the log page', () => {
  test('refuse windows that are too big or make no sense', () => {
    expect(isRowsRequest({ firstRow: 0, count: 1000 })).toBe(true);
    for (const bad of [
      { firstRow: 0, count: 1001 },
      { firstRow: -1, count: 1 },
      { firstRow: 0.5, count: 1 },
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

  test('know the state of this version only', () => {
    const state = {
      version: 1,
      target: { ref: 'default/container/c', name: 'web' },
      wrap: true,
      timestamps: 'utc',
      find: { pattern: '', isRegex: false, matchCase: false },
    };
    expect(isLogsPageState(state)).toBe(true);
    expect(isLogsPageState({ ...state, version: 2 })).toBe(false);
    expect(isLogsPageState({ ...state, timestamps: 'never' })).toBe(false);
    expect(isLogsPageState(undefined)).toBe(false);
  });
});

describe('mergeUpdates', () => {
  test('joins rows that follow each other, and keeps the newest', () => {
    const merged = mergeUpdates(update(0, 800), update(800, 800));
    expect(merged.tail.firstRow).toBe(600);
    expect(merged.tail.rows).toHaveLength(1000);
    expect(merged.state.extent.endRow).toBe(1600);
  });

  test('takes the later rows where they do not join or are of another search', () => {
    expect(mergeUpdates(update(0, 5), update(50, 5)).tail.firstRow).toBe(50);
    expect(mergeUpdates(update(0, 5), update(5, 5, 1)).tail.firstRow).toBe(5);
  });

  test('keeps the earlier rows when the later update has none', () => {
    expect(mergeUpdates(update(0, 5), update(5, 0)).tail.rows).toHaveLength(5);
  });
});
