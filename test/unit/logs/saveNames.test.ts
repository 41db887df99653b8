import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fileNamesFor, safeFileName } from '../../../src/logs/saveNames.ts';

describe('the name of a file', () => {
  test.each([
    ['web', 'web'],
    ['shop / web', 'shop-web'],
    ['../../etc/passwd', 'etc-passwd'],
    ['a\\b:c*?', 'a-b-c'],
    ['.hidden', 'hidden'],
    ['容器', 'log'],
    ['', 'log'],
    ['CON', '_CON'],
    ['com1.x', '_com1.x'],
    ['console', 'console'],
  ])('of %j is %j', (name, expected) => {
    expect(safeFileName(name)).toBe(expected);
  });

  test('never leads out of its folder, and is never too long', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
        expect(safeFileName(name)).toMatch(/^\w[\w.-]{0,100}$/);
      }),
    );
  });

  test('is another one for each container, also where case makes no difference, and where a file is', () => {
    const isTaken = (fileName: string): boolean => fileName === 'db.log';
    expect(fileNamesFor(['web', 'Web', 'a/b', 'a b', 'db', 'web'], 'log', isTaken)).toEqual([
      'web.log',
      'Web-2.log',
      'a-b.log',
      'a-b-2.log',
      'db-2.log',
      'web-3.log',
    ]);
  });
});
