import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type FilePlace, parsePlace, printPlace } from '../../../src/model/filePlace.ts';

describe('a place of files', () => {
  const text = fc.string({ minLength: 1, maxLength: 30 });

  test('comes back from its address, which has no capital letter', () => {
    fc.assert(
      fc.property(text, text, fc.constantFrom('container', 'volume'), (id, engineId, kind) => {
        const place: FilePlace = { engineId, kind, id };
        const printed = printPlace(place);
        expect(printed).toMatch(/^[a-z0-9._~+-]+$/);
        expect(parsePlace(printed)).toEqual(place);
      }),
    );
  });

  test('of a usual name can be read', () => {
    expect(printPlace({ engineId: 'default', kind: 'container', id: 'shop-web-1' })).toBe(
      'shop-web-1+default',
    );
    expect(printPlace({ engineId: 'default', kind: 'volume', id: 'data' })).toBe('data+default+volume');
  });

  test.each(['', 'web', '+default', 'web+', 'a+b+network', 'a+b+volume+c'])('%j is none', (authority) => {
    expect(parsePlace(authority)).toBeUndefined();
  });
});
