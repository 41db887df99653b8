import { describe, expect, test } from 'vitest';
import { textOf } from '../../../../src/model/fields/linePart.ts';
import { rowFields, type RowSays } from '../../../../src/model/fields/rowFields.ts';
import { parseFields } from '../../../../src/model/fields/structuredLine.ts';
import { rank } from '../../../../src/model/levelWords.ts';

const noon = Date.parse('2026-03-01T12:00:00Z');

/** The level as it is written, and the names of the fields that are left. */
function left(line: string, says: Partial<RowSays> = {}): readonly [string | undefined, string] {
  const fields = parseFields(line)?.fields ?? [];
  const said = rowFields(line, fields, { level: rank.info, at: noon, ...says });
  return [said.level && textOf(line, said.level.value), said.others.map((field) => field.name).join(' ')];
}

describe('rowFields', () => {
  test.each([
    ['{"level":"info","a":1}', 'info'],
    ['{"level":30,"a":1}', '30'],
    ['{"Severity":"INFO","a":1}', 'INFO'],
    ['{"log":{"level":"info"},"a":1}', 'info'],
    ['{"s":"I","a":1}', 'I'],
    ['lvl=info a=1', 'info'],
  ])('of %s takes the level %s', (line, level) => {
    expect(left(line)).toEqual([level, 'a']);
  });

  test.each([
    ['another level', '{"level":"warn","a":1}'],
    ['no level', '{"level":7,"a":1}'],
    ['a field within another', '{"x":{"level":"info"}}'],
    ['a field that may be anything', '{"s":"info","a":1}'],
  ])('leaves %s', (_, line) => {
    expect(left(line)[0]).toBeUndefined();
  });

  test('takes one field for the level, and none of a row without', () => {
    expect(left('{"level":"info","severity":"info"}')).toEqual(['info', 'severity']);
    expect(left('{"level":"info"}', { level: rank.unknown })).toEqual([undefined, 'level']);
  });

  test.each([
    ['time', '"2026-03-01T12:00:00Z"'],
    ['ts', '"2026-03-01T13:00:00.123456789+01:00"'],
    ['@timestamp', '"2026-03-01T13:00:00+0100"'],
    ['asctime', '"2026-03-01 12:00:00,900"'],
    ['ts', '1772366400.25'],
    ['time', '1772366400000'],
    ['time', '1772366400000000'],
    ['time', '1772366400000000000'],
  ])('leaves out the time of the row: %s %s', (name, value) => {
    expect(left(`{"${name}":${value},"a":1}`)[1]).toBe('a');
  });

  test.each<[string, string, number | undefined]>([
    ['another time', '{"time":"2026-03-01T12:00:02Z"}', noon],
    ['a time of another zone', '{"time":"2026-03-01T14:00:00"}', noon],
    ['a time of day', '{"time":"12:00:00"}', noon],
    ['a number that is no time', '{"time":12}', noon],
    ['what is no time of writing', '{"created":"2026-03-01T12:00:00Z"}', noon],
    ['any time where rows show none', '{"time":"2026-03-01T12:00:00Z"}', undefined],
  ])('keeps %s', (_, line, at) => {
    expect(left(line, { at })[1]).toMatch(/time|created/);
  });
});
