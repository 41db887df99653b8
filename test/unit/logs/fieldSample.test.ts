import { describe, expect, test } from 'vitest';
import { sampleFields } from '../../../src/logs/fieldSample.ts';
import { maxBlockRows } from '../../../src/logs/spool/block.ts';
import { append, openSpool, row, spoolOf } from './rows.ts';

/** As many lines as one block has. */
const blockOf = (line: string): readonly string[] => Array.from({ length: maxBlockRows }, () => line);

describe('sampleFields', () => {
  test('counts the lines of each field, the commonest first, and looks at structured lines alone', () => {
    const spool = spoolOf([
      '{"msg":"up","status":200,"path":"/a"}',
      'status=404 path=/b took=12ms',
      'plain',
      '{"status":500}',
      row('{"status":1}', { isTraceLine: true }),
      row('{"status":1}', { isContinuation: true }),
    ]);
    const { lines, fields } = sampleFields(spool);
    expect(lines).toBe(3);
    expect(fields).toEqual([
      { name: 'status', lines: 3, width: 3, isNumeric: true },
      { name: 'path', lines: 2, width: 2, isNumeric: false },
      { name: 'took', lines: 1, width: 4, isNumeric: false },
    ]);
  });

  test('gives room for all but the few longest values, and two places for a wide character', () => {
    const spool = spoolOf([
      ...Array.from({ length: 99 }, () => '{"name":"ann","city":"東京"}'),
      `{"name":"${'x'.repeat(500)}"}`,
    ]);
    expect(sampleFields(spool).fields.map(({ width }) => width)).toEqual([3, 4]);
  });

  test('counts a name once a line, and takes its first value', () => {
    expect(sampleFields(spoolOf(['{"a":1,"a":"long"}'])).fields).toEqual([
      { name: 'a', lines: 1, width: 1, isNumeric: true },
    ]);
  });

  test('sees what was written first and last of a long log, and not all of it', () => {
    const spool = openSpool();
    for (let block = 0; block < 100; block++) append(spool, blockOf(`{"b${String(block)}":1}`));
    append(spool, ['{"now":1}']);
    const names = sampleFields(spool).fields.map(({ name }) => name);
    expect(names).toContain('b0');
    expect(names).toContain('now');
    expect(names.length).toBeLessThan(12);
  });

  test('looks at every row of the newest blocks, and at some of one before', () => {
    const spool = openSpool();
    append(spool, blockOf('{"old":1}'));
    append(spool, blockOf('plain'));
    append(spool, [...blockOf('plain').slice(5), '{"rare":1}', 'plain', 'plain', 'plain', 'plain']);
    const { fields } = sampleFields(spool);
    expect(fields).toEqual([
      { name: 'old', lines: 128, width: 1, isNumeric: true },
      { name: 'rare', lines: 1, width: 1, isNumeric: true },
    ]);
  });

  test('looks at the rows that a filter leaves, wherever they are', () => {
    const spool = openSpool();
    append(spool, [...blockOf('plain').slice(2), '{"rare":1}', 'plain']);
    for (let block = 0; block < 20; block++) append(spool, blockOf('plain'));
    const rare = maxBlockRows - 2;
    expect(sampleFields(spool).fields).toEqual([]);
    expect(sampleFields(spool, [rare]).fields.map(({ name }) => name)).toEqual(['rare']);
  });

  test('counts a row once that is in the sample and in the filter', () => {
    expect(sampleFields(spoolOf(['{"a":1}']), [0]).lines).toBe(1);
  });

  test('names no more fields than anybody looks through', () => {
    const many = (line: number): string =>
      JSON.stringify(
        Object.fromEntries(Array.from({ length: 90 }, (_, at) => [`k${String(line * 90 + at)}`, at])),
      );
    const spool = spoolOf(Array.from({ length: 100 }, (_, line) => many(line)));
    expect(sampleFields(spool).fields).toHaveLength(500);
  });

  test('is empty for an empty log', () => {
    expect(sampleFields(openSpool())).toEqual({ lines: 0, fields: [] });
  });
});
