import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writeYaml, type YamlValue } from '../../../src/model/yaml.ts';

/** Comes with the tools of the project; its own types do not. */
const reader: unknown = createRequire(import.meta.url)('js-yaml');

function isReader(value: unknown): value is { load(text: string): unknown } {
  return typeof value === 'object' && value !== null && 'load' in value && typeof value.load === 'function';
}

function read(text: string): unknown {
  if (!isReader(reader)) throw new Error('no reader of YAML');
  return reader.load(text);
}

describe('YAML', () => {
  test('is written as one writes it by hand', () => {
    expect(
      writeYaml({
        services: {
          web: {
            image: 'nginx:1.27',
            command: ['sh', '-c', 'echo "hi" # there'],
            ports: ['127.0.0.1:8080:80'],
            init: true,
            cpus: 0.5,
            environment: { A: '', B: 'yes', C: '1.0', D: 'two\nlines' },
            list: [{ a: 'x', b: ['y'] }, []],
          },
        },
        volumes: {},
      }),
    ).toBe(`services:
  web:
    image: nginx:1.27
    command:
      - sh
      - "-c"
      - "echo \\"hi\\" # there"
    ports:
      - "127.0.0.1:8080:80"
    init: true
    cpus: 0.5
    environment:
      A: ""
      B: "yes"
      C: "1.0"
      D: "two\\nlines"
    list:
      - a: x
        b:
          - "y"
      - []
volumes: {}
`);
  });

  test.each([
    'no',
    'Null',
    '~',
    '1e3',
    '0x1f',
    '12:30',
    '-',
    '- a',
    '*a',
    '&a',
    '!x',
    '%d',
    '@x',
    '`x`',
    'a: b',
  ])('the text %s stays one', (text) => {
    expect(read(writeYaml({ key: text, [text]: 'value' }))).toEqual({ key: text, [text]: 'value' });
  });

  test.each(['a:', ' a', 'a ', 'a #b', '\u0085', '\u2028', '\ufeff', '\u0000', '\t', '"', "'", '容器🚢'])(
    'the text %j stays one',
    (text) => {
      expect(read(writeYaml([text, { key: text }]))).toEqual([text, { key: text }]);
    },
  );

  const key = fc.string({ unit: 'grapheme' }).filter((name) => name !== '__proto__');
  const { value } = fc.letrec<{ value: YamlValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.string({ unit: 'binary' }).map((text) => text.toWellFormed()),
      fc.string({ unit: fc.constantFrom(...Array.from('-:#{}[],&*!|>\'"%@` \n\tanye01.~')) }),
      fc.integer(),
      fc.boolean(),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
    ),
  }));
  test('reads as what was written, whatever it is', () => {
    fc.assert(
      fc.property(value, (written) => {
        expect(read(writeYaml(written))).toEqual(written);
      }),
    );
  });
});
