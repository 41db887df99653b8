import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type LogPermalink,
  maxLinkedContainers,
  parseLogPermalink,
  printLogPermalink,
} from '../../../src/model/logPermalink.ts';
import type { ContainerScope } from '../../../src/model/containerScope.ts';
import { textHash } from '../../../src/model/textHash.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 40 });
const name = fc.oneof(
  text,
  fc.constantFrom('compose', 'container', '/', '&', '=', '%', '%2F', 'a&b=c#d', '\n'),
);
const engineId = fc.stringMatching(/^[\w.+-]{1,20}$/);
const ref = fc.record({
  engineId,
  kind: fc.constant('container' as const),
  id: fc.stringMatching(/^[0-9a-f]{1,64}$/),
});
const scope: fc.Arbitrary<ContainerScope> = fc.oneof(
  fc
    .uniqueArray(ref, { minLength: 1, maxLength: 8, selector: ({ engineId: of, id }) => `${of} ${id}` })
    .map((refs) => ({
      kind: 'containers' as const,
      // Their order is no part of it: they are printed sorted.
      refs: refs.sort((a, b) =>
        `${a.engineId}/container/${a.id}` < `${b.engineId}/container/${b.id}` ? -1 : 1,
      ),
    })),
  fc.record({
    kind: fc.constant('compose' as const),
    engineId,
    project: name.filter((project) => project !== ''),
    service: fc.option(name, { nil: undefined }),
  }),
);
const line = fc.record({
  at: fc.oneof(fc.integer({ min: -1000, max: 4_102_444_800_000 }), fc.constantFrom(8.64e15, -8.64e15)),
  textHash: text.map(textHash),
});
const anyLink: fc.Arbitrary<LogPermalink> = fc.record({ scope, line });

describe('a link to a line', () => {
  test('says whose log it is, when, and what it is known by', () => {
    const refs = [{ engineId: 'default', kind: 'container' as const, id: 'abc' }];
    const link = {
      scope: { kind: 'containers' as const, refs },
      line: { at: 1_772_366_462_123, textHash: '0f3a1b2c' },
    };
    expect(printLogPermalink(link)).toBe('scope=default%2Fcontainer%2Fabc&at=1772366462123&text=0f3a1b2c');
  });

  test('gives back what was put in, whatever it is', () => {
    fc.assert(
      fc.property(anyLink, (link) => {
        expect(parseLogPermalink(printLogPermalink(link))).toEqual(link);
      }),
    );
  });

  test('survives what is added to it on the way, in any order', () => {
    const query = 'utm_source=mail&text=0f3a1b2c&at=5&scope=e%2Fcontainer%2Fa&windowId=_blank';
    expect(parseLogPermalink(query)?.line).toEqual({ at: 5, textHash: '0f3a1b2c' });
  });

  test.each([
    '',
    'scope=e%2Fcontainer%2Fa',
    'scope=e%2Fcontainer%2Fa&at=5&text=',
    'scope=e%2Fcontainer%2Fa&at=&text=0f3a1b2c',
    'scope=e%2Fcontainer%2Fa&at=1e9&text=0f3a1b2c',
    'scope=e%2Fcontainer%2Fa&at=9999999999999999&text=0f3a1b2c',
    'scope=e%2Fcontainer%2Fa&at=5&text=0F3A1B2C',
    'scope=e%2Fcontainer%2Fa&at=5&text=0f3a1b2c00',
    'scope=e%2Fimage%2Fa&at=5&text=0f3a1b2c',
    'scope=e%2Fcompose%2F&at=5&text=0f3a1b2c',
    'scope=%E0%A4%A&at=5&text=0f3a1b2c',
    'scope=..%2F..&at=5&text=0f3a1b2c',
    `scope=${'e%2Fcontainer%2Fa%0A'.repeat(maxLinkedContainers)}e%2Fcontainer%2Fa&at=5&text=0f3a1b2c`,
    `scope=e%2Fcontainer%2Fa&at=5&text=0f3a1b2c&${'x'.repeat(20_000)}`,
  ])('is none when it says anything else: %s', (query) => {
    expect(parseLogPermalink(query)).toBeUndefined();
  });

  test('takes anything without failing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (query) => {
        parseLogPermalink(query);
      }),
    );
  });
});

test('texts are told apart by their hashes', () => {
  expect(textHash('')).toBe('811c9dc5');
  expect(textHash('a')).toBe('e40c292c');
  const many = Array.from({ length: 5000 }, (_, at) => textHash(`line ${String(at)}`));
  expect(new Set(many).size).toBe(5000);
});
