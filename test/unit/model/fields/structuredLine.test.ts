import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { textOf } from '../../../../src/model/fields/linePart.ts';
import { fieldValue, parseFields, wordsLead } from '../../../../src/model/fields/structuredLine.ts';

/** Name and value of each field. */
function fieldsOf(line: string): (readonly [name: string, value: string])[] {
  return (parseFields(line)?.fields ?? []).map(({ name, value }) => [name, textOf(line, value)]);
}

/** The message with what stands before it, and the fields as `name=value`. */
function read(line: string): readonly [string, string] | undefined {
  const parsed = parseFields(line);
  if (parsed === undefined) return undefined;
  const { prefix, message } = parsed;
  const parts = message === undefined ? prefix : [...prefix, message.value];
  return [
    parts.map((part) => textOf(line, part)).join(' '),
    fieldsOf(line)
      .map((pair) => pair.join('='))
      .join(' '),
  ];
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

const piece = fc.constantFrom(
  ...[
    '{',
    '}',
    '{"',
    '"',
    '":',
    ',',
    '[',
    ']',
    '=',
    ' ',
    '\\',
    '\\"',
    '\\u00e9',
    'msg',
    'a',
    'level=',
    '1',
    '\n',
    'é',
    '😀',
  ],
);
const anyValue = fc.jsonValue({ maxDepth: 6 });
/** Structured, cut, or made of what structured lines are made of. */
const anyLine = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join('')),
  fc.dictionary(fc.string(), anyValue).map((object) => JSON.stringify(object)),
  fc
    .tuple(fc.dictionary(fc.string(), anyValue), fc.constantFrom('', 'pre ', '12:00\tINFO\t'), fc.nat(3))
    .map(
      ([object, prefix, cut]) =>
        prefix + JSON.stringify({ ...object, msg: 'x' }).slice(0, cut === 3 ? -1 : undefined),
    ),
  fc
    .array(fc.tuple(fc.stringMatching(/^[a-z_.]{1,6}$/), fc.string()), { maxLength: 12 })
    .map((pairs) => pairs.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(' ')),
);
const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

describe('parseFields', () => {
  test('gives the first hundred fields, and the message wherever it is', () => {
    const members = Array.from({ length: 150 }, (_, at) => `"k${String(at)}":${String(at)}`).join();
    const line = `{${members},"msg":"up"}`;
    expect(fieldsOf(line)).toHaveLength(100);
    expect(fieldsOf(line).at(-1)).toEqual(['k99', '99']);
    expect(fieldValue(line, 'msg')).toBe('up');
    const rest = parseFields(line)?.rest;
    expect(rest && textOf(line, rest)).toMatch(/^,"k100":100,.*,"msg":"up"\}$/);
    expect(parseFields('{"a":1,"msg":"up"}')?.rest).toBeUndefined();
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
        expect(fieldsOf(json)).toEqual([
          ['a', a],
          [`k${b}.b`, b],
          ['list', JSON.stringify([a, b])],
          ['n', '1'],
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
    expect(fieldsOf(deep).map(([name, value]) => [name, value.length])).toEqual([['a.a.a.a.a', 59_971]]);
    expect(parseFields(`{"a":${'['.repeat(30_000)}${']'.repeat(30_000)}}`)?.fields).toHaveLength(1);
    expect(parseFields(`{${'"a":{"b":1},'.repeat(5000)}"c":1}`)?.fields).toHaveLength(100);
  });

  test('takes any line, cut anywhere', () => {
    for (const line of ['a="x\\ny" b=2, msg="z" c', 'pre {"a":{"b":["\\"",1]},"msg":"x\\u00e9"}'])
      for (let end = 0; end <= line.length; end++)
        expect(() => parseFields(line.slice(0, end))).not.toThrow();
  });

  test('tells parts that stand in the line, in its order and apart from each other', () => {
    fc.assert(
      fc.property(anyLine, (line) => {
        const parsed = parseFields(line);
        if (parsed === undefined) return;
        const { prefix, message, fields } = parsed;
        const all = message === undefined ? fields : [...fields, message];
        const values = all.map(({ value }) => value).sort((a, b) => a.start - b.start);
        // Within an object the names around a field are those of its neighbours too.
        const own = all.flatMap(({ path, value }) => [...path.slice(-1), value]);
        const parts = [...prefix, ...own].sort((a, b) => a.start - b.start || a.end - b.end);
        let end = 0;
        for (const part of parts) {
          expect(part.start).toBeGreaterThanOrEqual(end);
          expect(part.end).toBeGreaterThanOrEqual(part.start);
          end = part.end;
        }
        expect(end).toBeLessThanOrEqual(line.length);
        for (const { name, path } of all) expect(path.map((part) => textOf(line, part)).join('.')).toBe(name);
        if (fields.length < 100 && message === undefined)
          expect(fields.map(({ value }) => value)).toEqual(values);
      }),
      { numRuns: 500 },
    );
  });

  test('gives any JSON back, however it was written', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' })),
        fc.boolean(),
        (object, isAscii) => {
          const json = JSON.stringify(object);
          const line = isAscii ? json.replace(/[\u0080-\uffff]/g, escaped) : json;
          const all = Object.entries(object);
          const parsed = parseFields(line);
          const { message } = parsed ?? {};
          const told = message === undefined ? [] : [[message.name, textOf(line, message.value)]];
          expect(new Map([...fieldsOf(line), ...told] as [string, string][])).toEqual(new Map(all));
        },
      ),
    );
  });
});

describe('wordsLead', () => {
  test.each([
    ['{"a":1,"msg":"up"}', true],
    ['pre {"a":1}', true],
    ['INFO up a=1 b=2 c=3 msg=x', true],
    ['a=1 b=2', true],
    ['a=1 and b=2', false],
    ['msg=x a=1 b=2 done', false],
    ['<img src=x onerror="y()">', false],
  ])('of %s is %s', (line, leads) => {
    const parsed = parseFields(line);
    expect(parsed && wordsLead(parsed)).toBe(leads);
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
