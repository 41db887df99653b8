import { describe, expect, test } from 'vitest';
import { LineStore } from '../../../src/logs/lineStore.ts';
import type { LogLine } from '../../../src/model/log.ts';

function line(text: string, isContinuation = false): LogLine {
  return { kind: 'line', stream: 'stdout', at: 0, text, isContinuation };
}

describe('LineStore', () => {
  test('keeps numbers and rows while it is within its bounds', () => {
    const store = new LineStore({ maxRows: 10_000, maxBytes: 10_000_000 });
    for (let at = 0; at < 5000; at++) store.append(line(String(at)), 4);
    expect(store.extent).toEqual({
      firstRow: 0,
      endRow: 5000,
      lines: 5000,
      droppedLines: 0,
      hasEarlier: false,
    });
    expect(store.row(0)).toEqual(line('0'));
    expect(store.row(4999)).toEqual(line('4999'));
    expect(store.row(5000)).toBeUndefined();
  });

  test('holds the newest rows, and counts exactly those that went', () => {
    const store = new LineStore({ maxRows: 3000, maxBytes: 10_000_000 });
    for (let at = 0; at < 20_000; at++) store.append(line(String(at)), 4);
    const { firstRow, endRow, lines, droppedLines } = store.extent;
    expect(endRow).toBe(20_000);
    expect(lines).toBeGreaterThanOrEqual(3000);
    expect(lines).toBeLessThan(3000 + 1024);
    expect(lines + droppedLines).toBe(20_000);
    expect(firstRow).toBe(droppedLines);
    expect(store.row(firstRow - 1)).toBeUndefined();
    expect(store.row(firstRow)).toEqual(line(String(firstRow)));
  });

  test('holds no more than its size, however long the lines are', () => {
    const store = new LineStore({ maxRows: 200_000, maxBytes: 2_000_000 });
    for (let at = 0; at < 1000; at++) store.append(line('long'), 60_000);
    expect(store.extent.lines * 60_000).toBeLessThanOrEqual(2_000_000);
    expect(store.extent.lines).toBeGreaterThan(20);
  });

  test('counts neither events nor continuations as lines', () => {
    const store = new LineStore({ maxRows: 100, maxBytes: 1_000_000 });
    store.append(line('a'), 1);
    store.append(line('b', true), 1);
    store.append({ kind: 'event', at: 0, event: { kind: 'started' } }, 1);
    expect(store.extent).toMatchObject({ endRow: 3, lines: 1 });
  });
});
