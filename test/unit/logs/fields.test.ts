import { describe, expect, test } from 'vitest';
import { fieldValue, parseFields } from '../../../src/logs/fields.ts';

/** The message, and the fields as `name=value`. */
function read(line: string): readonly [string, string] | undefined {
  const parsed = parseFields(line);
  return parsed && [parsed.message, parsed.fields.map(({ name, value }) => `${name}=${value}`).join(' ')];
}

describe('parseFields on JSON', () => {
  test.each([
    ['pino', '{"level":30,"time":1788571152988,"msg":"up"}', 'up', 'level=30 time=1788571152988'],
    ['winston', '{"level":"info","message":"up"}', 'up', 'level=info'],
    ['structlog', '{"event": "up", "level": "info"}', 'up', 'level=info'],
    ['docker', '{"log":"up\\n","stream":"stdout"}', 'up\n', 'stream=stdout'],
    ['serilog', '{"@t":"2026","@mt":"up {Port}","Port":80}', 'up {Port}', '@t=2026 Port=80'],
    [
      '.NET',
      '{"EventId":14,"LogLevel":"Information","Message":"up"}',
      'up',
      'EventId=14 LogLevel=Information',
    ],
    [
      'zap console',
      '2026-03-01T12:00:00Z\tINFO\tmain.go:1\tup\t{"a": 1}',
      '2026-03-01T12:00:00Z\tINFO\tmain.go:1\tup',
      'a=1',
    ],
    ['a prefix and a message', 'web | {"msg":"up","a":1}', 'web | up', 'a=1'],
    ['no message', ' {"a":null,"b":true,"c":""} ', '', 'a=null b=true c='],
    [
      'a message that is no text',
      '{"event":{"kind":"x"},"log":7,"message":"up"}',
      'up',
      'event.kind=x log=7',
    ],
  ])('%s', (_, line, message, fields) => {
    expect(read(line)).toEqual([message, fields]);
  });

  test('prefers the message keys in their order and keeps the others as fields', () => {
    expect(read('{"text":"c","event":"b","msg":"a"}')).toEqual(['a', 'text=c event=b']);
  });

  test('flattens objects and keeps lists as JSON', () => {
    expect(read('{"req":{"id":1,"headers":{"host":"x"}},"tags":["a", {"b":[]}],"none":{}}')).toEqual([
      '',
      'req.id=1 req.headers.host=x tags=["a", {"b":[]}] none={}',
    ]);
  });

  test('goes down five levels', () => {
    expect(read('{"a":{"b":{"c":{"d":{"e":{"f":1}}}}},"z":1}')).toEqual(['', 'a.b.c.d.e={"f":1} z=1']);
  });

  test('keeps numbers as they were written, where parsing would round', () => {
    const line = '{"trace":12345678901234567890,"ms":1.50,"big":1e400}';
    expect(read(line)).toEqual(['', 'trace=12345678901234567890 ms=1.50 big=1e400']);
  });

  test('undoes escapes in names and texts, and is not misled by brackets in them', () => {
    expect(read('{"a\\"b":"x\\ty\\u00e9","c":["]","\\"}"],"d":"{\\\\"}')).toEqual([
      '',
      'a"b=x\tyé c=["]","\\"}"] d={\\',
    ]);
  });

  test('takes names that objects have by nature for names', () => {
    expect(read('{"__proto__":1,"constructor":{"toString":2},"1":3}')).toEqual([
      '',
      '__proto__=1 constructor.toString=2 1=3',
    ]);
  });

  test('keeps both of two equal names, and the message out of the fields once', () => {
    expect(read('{"a":1,"a":2,"msg":"x","msg":"y"}')).toEqual(['x', 'a=1 a=2 msg=y']);
  });

  test.each([
    '{',
    '{"a":1',
    '{"a":1}{"b":2}',
    '[1,2]',
    '"x"',
    "{'a': 1}",
    '{}',
    '{a: 1}',
    'if (x) {}',
    'f(){"a":1}',
    '{"a":1} x',
  ])('leaves %s alone', (line) => {
    expect(parseFields(line)).toBeUndefined();
  });

  test('looks for an object in the first 256 characters only', () => {
    expect(read(`${'x'.repeat(250)} {"a":1}`)?.[1]).toBe('a=1');
    expect(parseFields(`${'x'.repeat(260)} {"a":1}`)).toBeUndefined();
  });
});

describe('parseFields on logfmt', () => {
  test.each([
    [
      'logrus',
      'time="2026-03-01T12:00:00Z" level=info msg="it is up" port=80',
      'it is up',
      'time=2026-03-01T12:00:00Z level=info port=80',
    ],
    [
      'prometheus',
      'ts=2026-03-01T12:00:00.000Z caller=main.go:1031 level=error err="open \\"x\\": no"',
      '',
      'ts=2026-03-01T12:00:00.000Z caller=main.go:1031 level=error err=open "x": no',
    ],
    ['words between', 'web: id=5 name=ann role=admin done', 'web: done', 'id=5 name=ann role=admin'],
    ['a prefix and a message', '12:00 level=info msg="it is up" id=7', '12:00 it is up', 'level=info id=7'],
    ['empty values', 'a= b="" c=d', '', 'a= b= c=d'],
    ['commas', 'count=1, name="x", last=2', '', 'count=1 name=x last=2'],
    ['equals signs in values', 'url=http://x/?a=b&c=d id=1', '', 'url=http://x/?a=b&c=d id=1'],
    ['a value of JSON', 'id=1 data={"a":1,"b":2}', '', 'id=1 data={"a":1,"b":2}'],
    ['an open quote', 'id=1 err="cut in the mid', '', 'id=1 err=cut in the mid'],
    ['escapes', 'a="x\\ny\\u00e9\\x41" b="C:\\dir\\\\"', '', 'a=x\nyéA b=C:\\dir\\'],
    ['names', 'log.level=info @t=1 a/b-c=2', '', 'log.level=info @t=1 a/b-c=2'],
  ])('%s', (_, line, message, fields) => {
    expect(read(line)).toEqual([message, fields]);
  });

  test.each([
    '',
    'plain text',
    'x=1',
    'a == b',
    'select * from t where a=1 and b=2 order by c',
    'listening on http://localhost/?a=1&b=2',
    '2026/03/01 12:00:00 INFO a message that is longer than its fields a=b c=d',
    'INFO:     127.0.0.1:1 - "GET /?a=b HTTP/1.1" 200 OK',
  ])('leaves %j alone', (line) => {
    expect(parseFields(line)).toBeUndefined();
  });
});

describe('parseFields', () => {
  test('gives the first hundred fields, and the message wherever it is', () => {
    const members = Array.from({ length: 150 }, (_, at) => `"k${String(at)}":${String(at)}`).join();
    const parsed = parseFields(`{${members},"msg":"up"}`);
    expect(parsed?.fields).toHaveLength(100);
    expect(parsed?.fields.at(-1)).toEqual({ name: 'k99', value: '99' });
    expect(parsed?.message).toBe('up');
  });

  test('cuts long values, but no character', () => {
    const value = (text: string): string => parseFields(`{"a":"${text}"}`)?.fields[0]?.value ?? '';
    expect(value('x'.repeat(2000))).toBe('x'.repeat(2000));
    expect(value('x'.repeat(2001))).toBe(`${'x'.repeat(1999)}…`);
    expect(value(`${'x'.repeat(1998)}😀😀`)).toBe(`${'x'.repeat(1998)}…`);
  });

  test('refuses a line above 64 kB', () => {
    const line = (length: number): string => `{"a":"${'x'.repeat(length - 8)}"}`;
    expect(parseFields(line(65_536))).toBeDefined();
    expect(parseFields(line(65_537))).toBeUndefined();
  });

  test('gives back what was put in', () => {
    const texts = [
      '',
      ' ',
      'x',
      '"',
      '\\',
      'a=b',
      '{"a":1}',
      '[',
      '\n\t',
      '\u2028',
      '😀',
      '\u0000',
      'a, b',
      '\\"',
    ];
    for (const a of texts)
      for (const b of texts) {
        const json = JSON.stringify({ a, [`k${b}`]: { b }, list: [a, b], n: 1 });
        expect(parseFields(json)?.fields).toEqual([
          { name: 'a', value: a },
          { name: `k${b}.b`, value: b },
          { name: 'list', value: JSON.stringify([a, b]) },
          { name: 'n', value: '1' },
        ]);
      }
  });

  /** Each would take hours, if not for ever, were the cost anything but linear. */
  test.each([
    ' ',
    '[',
    '{',
    '}',
    '"',
    '=',
    ',',
    '\\',
    '{"',
    '{"a":',
    ' {"',
    'a=',
    'a="',
    'a="\\',
    'a ',
    '\\"',
    'a=b ',
  ])('is not held up by a line of %j', (piece) => {
    for (const length of [65_500, 1_000_000])
      for (const start of ['', '{"a":', '{"a":"', 'a="', '{"a":['])
        for (const end of ['', '}', '"}', ']}']) {
          const line = start + piece.repeat((length - start.length - end.length) / piece.length) + end;
          expect(parseFields(line)?.fields.length ?? 0).toBeLessThanOrEqual(100);
        }
  });

  test('takes ten thousand levels, and objects as wide as the line', () => {
    const deep = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`;
    expect(parseFields(deep)?.fields.map(({ name, value }) => [name, value.length])).toEqual([
      ['a.a.a.a.a', 2000],
    ]);
    expect(parseFields(`{"a":${'['.repeat(30_000)}${']'.repeat(30_000)}}`)?.fields).toHaveLength(1);
    expect(parseFields(`{${'"a":{"b":1},'.repeat(5000)}"c":1}`)?.fields).toHaveLength(100);
  });

  test('takes any line, cut anywhere', () => {
    for (const line of ['a="x\\ny" b=2, msg="z" c', 'pre {"a":{"b":["\\"",1]},"msg":"x\\u00e9"}'])
      for (let end = 0; end <= line.length; end++)
        expect(() => parseFields(line.slice(0, end))).not.toThrow();
  });
});

describe('fieldValue', () => {
  test.each([
    ['{"msg":"up","a":{"b":2}}', 'a.b', '2'],
    ['{"msg":"up","a":{"b":2}}', 'msg', 'up'],
    ['pre {"msg":"up"}', 'msg', 'up'],
    ['{"a":1}', 'b', undefined],
    ['{"a":1}', 'A', undefined],
    ['{"a":1}', 'toString', undefined],
    ['level=info msg="it is up" id=7', 'id', '7'],
    ['level=info msg="it is up" id=7', 'msg', 'it is up'],
    ['plain text', 'text', undefined],
  ])('of %s, %s is %s', (line, name, value) => {
    expect(fieldValue(line, name)).toBe(value);
  });
});
