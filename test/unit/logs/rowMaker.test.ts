import { describe, expect, test } from 'vitest';
import { eventRow, RowMaker } from '../../../src/logs/rowMaker.ts';
import { logLevels } from '../../../src/model/log.ts';
import { stamped } from './lines.ts';

const level = (name: (typeof logLevels)[number]): number => logLevels.indexOf(name);

describe('RowMaker', () => {
  test('makes rows of lines, with their bytes, time, stream and container', () => {
    const rows = new RowMaker(7);
    const line = stamped('INFO ready', { stream: 'stderr', seconds: 1000, nanos: 123_999_999 });
    expect(rows.row(line)).toEqual({
      kind: 'line',
      at: 1_000_123,
      isStderr: true,
      isContinuation: false,
      isTraceLine: false,
      isPlain: true,
      level: level('info'),
      source: 7,
      data: line.data,
    });
    expect(rows.row({ ...stamped('x'), stamp: undefined }).at).toBeUndefined();
  });

  test('reads level and trace from what is seen of a line', () => {
    const rows = new RowMaker(0);
    expect(rows.row(stamped('\u001b[31mERROR\u001b[0m failed'))).toMatchObject({
      isPlain: false,
      level: level('error'),
    });
    rows.row(stamped('\u001b[31mTypeError: x is not a function\u001b[0m'));
    expect(rows.row(stamped('\u001b[2m    at pay (/app/cart.js:7:3)\u001b[0m'))).toMatchObject({
      isTraceLine: true,
    });
  });

  test('gives a trace’s lines, and the pieces of a long line, the level of their first', () => {
    const rows = new RowMaker(0);
    const made = [
      stamped('ERROR failed: TypeError: x is not a function'),
      stamped('    at info (/app/info.js:7:3)'),
      { ...stamped('WARN in the middle'), isContinuation: true },
      stamped('DEBUG next'),
    ].map((line) => rows.row(line));
    expect(made.map((row) => row.level)).toEqual([
      level('error'),
      level('error'),
      level('error'),
      level('debug'),
    ]);
    expect(made.map(({ isTraceLine }) => isTraceLine)).toEqual([false, true, false, false]);
  });

  test('keeps the streams of a container apart', () => {
    const rows = new RowMaker(0);
    rows.row(stamped('TypeError: x is not a function', { stream: 'stderr' }));
    expect(rows.row(stamped('WARN between'))).toMatchObject({ isTraceLine: false, level: level('warn') });
    expect(rows.row(stamped('    at pay (/app/cart.js:7:3)', { stream: 'stderr' }))).toMatchObject({
      isTraceLine: true,
    });
  });
});

test('an event is a row that tells it', () => {
  const { data, ...rest } = eventRow({ kind: 'exited', exitCode: 1, outOfMemory: false }, 5, 2);
  expect(JSON.parse(Buffer.from(data).toString())).toEqual({
    kind: 'exited',
    exitCode: 1,
    outOfMemory: false,
  });
  expect(rest).toMatchObject({ kind: 'event', at: 5, source: 2, isPlain: true });
});
