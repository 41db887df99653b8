import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeFileName, encodeFileName, shownFileName } from '../../../src/model/fileName.ts';

describe('a name of a file', () => {
  test('has one text for its bytes, whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect([...encodeFileName(decodeFileName(bytes))]).toEqual([...bytes]);
      }),
    );
  });

  test('that is UTF-8 is that text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        expect(decodeFileName(new TextEncoder().encode(name))).toBe(name);
      }),
    );
  });

  test('that is none shows its bytes', () => {
    const name = decodeFileName(Uint8Array.of(0x61, 0xe9, 0xff, 0xc3, 0xbc));
    expect(shownFileName(name)).toBe('a\\xE9\\xFFü');
    // The stand-ins themselves are characters that a name may have.
    const odd = new TextEncoder().encode('\uefe9');
    expect([...encodeFileName(decodeFileName(odd))]).toEqual([...odd]);
  });
});
