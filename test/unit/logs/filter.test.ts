import { describe, expect, test } from 'vitest';
import { compileFilter } from '../../../src/logs/filter.ts';
import { BlockBuilder, BlockReader, type SpoolRow } from '../../../src/logs/spool/block.ts';
import { type LogCondition, type LogFilter, logLevels, noFilter } from '../../../src/model/log.ts';
import { eventRow, row } from './rows.ts';

const level = (name: (typeof logLevels)[number]): number => logLevels.indexOf(name);

/** What passes, by text; events by their kind. */
function passing(filter: Partial<LogFilter>, rows: readonly (SpoolRow | string)[], from = 0): string[] {
  const builder = new BlockBuilder();
  const all = rows.map((each) => (typeof each === 'string' ? row(each) : each));
  for (const each of all) builder.add(each);
  const block = new BlockReader(builder.build());
  const compiled = compileFilter({ ...noFilter, ...filter });
  if ('message' in compiled) throw new Error(compiled.message);
  const isPlain = all.every((each) => each.isPlain);
  return [...compiled.passes(block, from, isPlain)].flatMap((passes, at) => {
    const shown = block.row(from + at);
    return passes === 0 ? [] : [shown.kind === 'line' ? shown.text : `<${shown.event.kind}>`];
  });
}

function text(pattern: string, options: Partial<LogCondition & { kind: 'text' }> = {}): LogCondition {
  return { kind: 'text', pattern, isRegex: false, matchCase: false, isInverse: false, ...options };
}

function field(name: string, value: string, isInverse = false, isExact = false): LogCondition {
  return { kind: 'field', name, value, isExact, isInverse };
}

const conditions = (...all: readonly LogCondition[]): Partial<LogFilter> => ({ conditions: all });

describe('a filter', () => {
  test('lets through what is grave enough', () => {
    const rows = logLevels.map((name) => row(name, { level: level(name) }));
    expect(passing({ minLevel: level('warn') }, rows)).toEqual(['warn', 'error', 'fatal']);
    expect(passing({ minLevel: 0 }, rows)).toHaveLength(logLevels.length);
  });

  test('lets through one stream', () => {
    const rows = ['out', row('err', { isStderr: true })];
    expect(passing({ stream: 'stderr' }, rows)).toEqual(['err']);
    expect(passing({ stream: 'stdout' }, rows)).toEqual(['out']);
  });

  test('hides all that comes from some containers', () => {
    const rows = [
      row('web', { source: 0 }),
      row('db', { source: 1 }),
      eventRow({ kind: 'started' }, { source: 1 }),
      row('api', { source: 2 }),
    ];
    expect(passing({ hiddenSources: [1] }, rows)).toEqual(['web', 'api']);
    expect(passing({ hiddenSources: [0, 2] }, rows)).toEqual(['db', '<started>']);
  });

  test('always lets events of the other containers through', () => {
    const rows = ['line', eventRow({ kind: 'started' }), row('other', { isStderr: true, level: 6 })];
    const strict = { minLevel: 5, stream: 'stderr', conditions: [text('nothing has this')] } as const;
    expect(passing(strict, rows)).toEqual(['<started>']);
    expect(passing({ conditions: [text('started', { isInverse: true })] }, rows)).toContain('<started>');
  });

  test.each<[string, LogCondition[], string[]]>([
    ['a text', [text('error')], ['Error: one', 'error two']],
    ['a text as it is written', [text('Error', { matchCase: true })], ['Error: one']],
    ['no such text', [text('error', { isInverse: true })], ['three', '']],
    ['an expression', [text('^e|e$', { isRegex: true })], ['Error: one', 'error two', 'three']],
    ['no expression', [text('\\s', { isRegex: true, isInverse: true })], ['three', '']],
    ['all of several', [text('error'), text('two')], ['error two']],
    ['one but not the other', [text('error'), text('two', { isInverse: true })], ['Error: one']],
  ])('lets through what has %s', (_name, given, expected) => {
    expect(passing(conditions(...given), ['Error: one', 'error two', 'three', ''])).toEqual(expected);
  });

  test('reads what is seen of a line, not its escapes', () => {
    const rows = ['\u001b[31mre\u001b[0md', 'plain'];
    expect(passing(conditions(text('red')), rows)).toEqual([rows[0]]);
    expect(passing(conditions(text('31')), rows)).toEqual([]);
  });

  test('says what is wrong with an expression', () => {
    expect(
      compileFilter({ ...noFilter, conditions: [text('ok'), text('(', { isRegex: true })] }),
    ).toHaveProperty('message');
  });
});

describe('a condition on a field', () => {
  const json = (value: object): string => JSON.stringify(value);
  const rows = [
    json({ level: 'info', user: 'Ann', http: { status: 200 } }),
    json({ level: 'info', user: 'bob', msg: 'Ann is not the user' }),
    'level=info user=ann status=200',
    'user: ann',
  ];

  test('takes lines whose field has the value in it, in whatever case', () => {
    expect(passing(conditions(field('user', 'ANN')), rows)).toEqual([rows[0], rows[2]]);
    expect(passing(conditions(field('http.status', '200')), rows)).toEqual([rows[0]]);
  });

  test('takes those that have just that value when it is exact, and with not all others', () => {
    const lines = ['{"status":200}', '{"status":2001}', 'status="" a=1', 'status=OK a=1', 'plain'];
    expect(passing(conditions(field('status', '200', false, true)), lines)).toEqual([lines[0]]);
    expect(passing(conditions(field('status', 'ok', false, true)), lines)).toEqual([lines[3]]);
    expect(passing(conditions(field('status', '', false, true)), lines)).toEqual([lines[2]]);
    expect(passing(conditions(field('status', '200', true, true)), lines)).toEqual(lines.slice(1));
  });

  test('takes those that have the field at all when there is no value', () => {
    expect(passing(conditions(field('user', '')), rows)).toEqual(rows.slice(0, 3));
    expect(passing(conditions(field('http.status', '')), rows)).toEqual([rows[0]]);
  });

  test('reads what is seen of a line, not its escapes', () => {
    const coloured = 'time=1 \u001b[36muser\u001b[0m=ann status=200';
    expect(passing(conditions(field('user', 'ann')), [coloured])).toEqual([coloured]);
  });

  test('takes the others when it is turned round', () => {
    expect(passing(conditions(field('user', 'ann', true)), rows)).toEqual([rows[1], rows[3]]);
    expect(passing(conditions(field('user', '', true)), rows)).toEqual([rows[3]]);
  });

  test.each([
    ['say "hi"', 'a quote'],
    ['C:\\temp', 'a backslash'],
    ['one\ntwo', 'a line feed'],
    ['tab\there', 'a tab'],
  ])('knows the value %j although %s is escaped in the line', (value) => {
    const lines = [json({ path: `x ${value} y` }), json({ path: 'other' })];
    expect(passing(conditions(field('path', value)), lines)).toEqual([lines[0]]);
  });

  test('knows a value although its characters are written by their numbers', () => {
    const lines = ['{"city":"K\\u00f6ln","slash":"a\\/b"}', '{"city":"Bonn","slash":"a"}'];
    expect(passing(conditions(field('city', 'köln')), lines)).toEqual([lines[0]]);
    expect(passing(conditions(field('slash', 'a/b')), lines)).toEqual([lines[0]]);
  });
});

describe('lines that belong together', () => {
  const head = row('Error: boom', { level: 5 });
  const frame = row('  at pay (cart.js:7)', { isTraceLine: true, level: 5 });
  const cause = row('Caused by: no money', { isTraceLine: true, level: 5 });
  const after = row('next', { level: 3 });
  const trace = [head, frame, cause].map(({ data }) => Buffer.from(data).toString());

  test.each(['boom', 'cart', 'money'])('pass as a whole when one of them has the text: %s', (pattern) => {
    expect(passing(conditions(text(pattern)), ['x', head, frame, cause, after])).toEqual(trace);
  });

  test('are left out as a whole when one of them has what must not be', () => {
    const without = conditions(text('money', { isInverse: true }));
    expect(passing(without, ['x', head, frame, cause, after])).toEqual(['x', 'next']);
  });

  test('satisfy several conditions together, each by a line of its own', () => {
    expect(passing(conditions(text('boom'), text('cart')), ['cart', head, frame, cause])).toEqual(trace);
  });

  test('are those of one container and one stream', () => {
    const other = row('boom of another', { source: 1 });
    const others = row('  at other (x.js:1)', { source: 1, isTraceLine: true });
    const err = row('stderr', { isStderr: true });
    const rows = [head, other, err, frame, others, eventRow({ kind: 'started' }), cause];
    expect(passing(conditions(text('x.js')), rows)).toEqual([
      'boom of another',
      '  at other (x.js:1)',
      '<started>',
    ]);
    expect(passing(conditions(text('money')), rows)).toEqual([trace[0], trace[1], '<started>', trace[2]]);
  });

  test('are also the pieces of one long line', () => {
    const pieces = [
      row('begins'),
      row('goes on', { isContinuation: true }),
      row('ends', { isContinuation: true }),
    ];
    expect(passing(conditions(text('goes')), ['x', ...pieces, 'y'])).toEqual(['begins', 'goes on', 'ends']);
    expect(passing(conditions(text('goes', { isInverse: true })), ['x', ...pieces, 'y'])).toEqual(['x', 'y']);
  });

  test('whose first is in the block before are taken for what is there', () => {
    expect(passing(conditions(text('money')), [frame, cause, after])).toEqual(trace.slice(1));
    expect(passing(conditions(text('money')), ['x', head, frame, cause], 2)).toEqual(trace.slice(1));
  });
});
