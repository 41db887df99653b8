import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileQuery, findMarks, type LineMatcher } from '../../../src/logs/query.ts';
import { BlockBuilder, BlockReader, type SpoolRow } from '../../../src/logs/spool/block.ts';
import { plainText } from '../../../src/model/ansi.ts';
import type { FindQuery } from '../../../src/model/log.ts';
import { eventRow, row } from './rows.ts';

function query(pattern: string, options: Partial<FindQuery> = {}): LineMatcher {
  const matcher = compileQuery({ pattern, isRegex: false, matchCase: false, ...options });
  if ('message' in matcher) throw new Error(matcher.message);
  return matcher;
}

const marks = (text: string, pattern: string, options: Partial<FindQuery> = {}): readonly number[] =>
  findMarks(text, query(pattern, options).expression);

function blockOf(rows: readonly SpoolRow[]): BlockReader {
  const builder = new BlockBuilder();
  for (const each of rows) builder.add(each);
  return new BlockReader(builder.build());
}

function matchingRows(matcher: LineMatcher, rows: readonly SpoolRow[], from = 0): [number, number][] {
  const told: [number, number][] = [];
  const isPlain = rows.every((each) => each.isPlain);
  matcher.eachMatchingRow(blockOf(rows), from, isPlain, (at, count) => told.push([at, count]));
  return told;
}

describe('compileQuery', () => {
  test('takes plain text literally', () => {
    expect(marks('a.b (c) a.b', 'a.b')).toEqual([0, 3, 8, 11]);
    expect(marks('axb', 'a.b')).toEqual([]);
    expect(marks('[x]{1}\\/^$', '[x]{1}\\/^$')).toEqual([0, 10]);
  });

  test('minds the case only when told', () => {
    expect(marks('Error ERROR', 'error')).toEqual([0, 5, 6, 11]);
    expect(marks('Error ERROR', 'ERROR', { matchCase: true })).toEqual([6, 11]);
    expect(marks('ÄRGER ärger', 'ärger')).toEqual([0, 5, 6, 11]);
  });

  test('takes expressions that Unicode mode refuses, and says what is wrong with others', () => {
    expect(marks('a-b', '\\w\\-b', { isRegex: true })).toEqual([0, 3]);
    expect(compileQuery({ pattern: '(', isRegex: true, matchCase: false })).toHaveProperty('message');
  });

  test('finds no empty matches', () => {
    expect(marks('bab', 'a*', { isRegex: true })).toEqual([1, 2]);
  });

  test('takes a character for one, however it is stored', () => {
    expect(marks('🎉🎉', '^..$', { isRegex: true })).toEqual([0, 4]);
  });
});

const patterns = [
  'a',
  'B',
  'ab',
  'a|b',
  'ab|a',
  'a|ab',
  '[ab]+',
  '[^a]',
  '[^a]*',
  '[^ab]+',
  '.',
  '.*',
  'a.b',
  'a.*b',
  'a.*?b',
  '(a|b)*b',
  'a*',
  'a*?',
  'a+?',
  '\\s',
  '\\s+',
  '\\s*a',
  'a\\s*',
  '\\S+',
  '\\W+',
  '^',
  '$',
  '^a',
  'a$',
  '^a*$',
  '^$',
  '^.',
  '.$',
  '(?:^|b)a',
  'a(?:$|b)',
  '\\ba',
  'a\\b',
  '\\Ba',
  'a\\B',
  'a(?=b)',
  'a(?!b)',
  '(?<=b)a',
  '(?<!b)a',
  '(?<![^])a',
  'a(?![^])',
  '[^]',
  '[^]b',
  'a[^]?b',
  '(a)\\1',
  '(?<x>a)\\k<x>',
  'a\\nb',
  '(?:a\\n)?b',
  'a|\\n',
  '\\n*a',
  'é',
  '世+',
  '[^世]+',
  '\\u{1f389}',
  '\\p{L}+',
  '\\xe9',
  '(?i:A)b',
  '(?-m:^)a',
  'a(?-m:$)',
  '(?m:^a)',
  '(?s:.+)',
  '(?s-m:^.a)',
];

describe('LineMatcher', () => {
  const texts = {
    ascii: fc.string({ unit: fc.constantFrom('a', 'b', 'A', ' ', '\t', '-', '"'), maxLength: 8 }),
    'of any script': fc.string({
      unit: fc.constantFrom('a', 'b', ' ', 'é', '世', '🎉', '\u00a0', '\u2028', '\ufeff', 'ſ'),
      maxLength: 8,
    }),
    'with escapes': fc.string({
      unit: fc.constantFrom('a', 'b', '\u001b[1m', '\r', '\u0000', '\u009b31m', 'é'),
      maxLength: 8,
    }),
    'of any bytes': fc
      .uint8Array({ maxLength: 8 })
      .map((bytes) => Uint8Array.from(bytes, (byte) => (byte === 10 ? 97 : byte))),
  };
  const anyPattern = fc.record({
    pattern: fc.constantFrom(...patterns),
    isRegex: fc.constantFrom(true, true, true, false),
    matchCase: fc.boolean(),
  });

  test.each(Object.entries<fc.Arbitrary<string | Uint8Array>>(texts))(
    'finds in a block of texts %s what each line has by itself',
    (_name, text) => {
      const anyRow = fc.oneof(
        { weight: 9, arbitrary: text.map((each) => row(each)) },
        { weight: 1, arbitrary: fc.constant(eventRow({ kind: 'refused', reason: 'a b aab' })) },
      );
      fc.assert(
        fc.property(
          anyPattern,
          fc.array(anyRow, { minLength: 1, maxLength: 12 }),
          fc.nat({ max: 3 }),
          (options, rows, from) => {
            const matcher = query(options.pattern, options);
            const expected = rows.flatMap(({ kind, data }, at) => {
              const seen = plainText(Buffer.from(data).toString('utf8'));
              const count = kind === 'line' ? findMarks(seen, matcher.expression).length / 2 : 0;
              return at < from || count === 0 ? [] : [[at, count]];
            });
            expect(matchingRows(matcher, rows, from)).toEqual(expected);
          },
        ),
        { numRuns: 1500 },
      );
    },
    30_000,
  );

  test('does not let a match run on into the next line', () => {
    const rows = ['ab', 'bc', '', 'xx'].map((text) => row(text));
    expect(matchingRows(query('[^a]+', { isRegex: true }), rows)).toEqual([
      [0, 1],
      [1, 1],
      [3, 1],
    ]);
    expect(matchingRows(query('b\\s*b', { isRegex: true }), rows)).toEqual([]);
  });

  test('searches what is seen, not the escapes', () => {
    const rows = [row('\u001b[31mred\u001b[0m red'), row('blue'), row('31 red')];
    expect(matchingRows(query('red|31', { isRegex: true }), rows)).toEqual([
      [0, 2],
      [2, 2],
    ]);
  });

  test('goes through a block of thousands of lines', () => {
    const rows = Array.from({ length: 1000 }, (_, at) => row(at % 7 === 0 ? `hit ${String(at)}` : 'miss'));
    const told = matchingRows(query('HIT'), rows);
    expect(told.map(([at]) => at)).toEqual(Array.from({ length: 143 }, (_, at) => at * 7));
  });
});
