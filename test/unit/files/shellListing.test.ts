import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseShellListing, sectionMark } from '../../../src/files/shellListing.ts';
import { encodeFileName } from '../../../src/model/fileName.ts';

const mark = '6f1d3c5e-mark';

interface Written {
  readonly name: string;
  readonly target?: string;
}

/** What `stat -c` writes for the formats, after `find`; `quote`: as busybox does. */
function listing(files: readonly Written[], isQuoted: boolean): Buffer {
  const bytes = (text: string): Buffer => Buffer.from(encodeFileName(text));
  const named = (name: string, target: string | undefined): string => {
    if (target === undefined) return `./${name}`;
    return isQuoted ? `'./${name}' -> '${target}'` : `./${name} -> ${target}`;
  };
  const own = files.flatMap(({ name, target }) => [
    bytes(
      `${target === undefined ? '81a4' : 'a1ff'} 5 1768469400 0 7 root UNKNOWN 2026-01-15 09:30:00.123456789 +0000\n./${name}\n${mark}${named(name, target)}${mark}\n`,
    ),
  ]);
  const links = files.flatMap(({ name, target }) =>
    target === undefined ? [] : [bytes(`41ed\n./${name}\n${mark}\n`)],
  );
  return Buffer.concat([...own, bytes(sectionMark(mark)), ...links]);
}

/** No slash and no zero; bytes that are no UTF-8 among them. */
const name = fc
  .array(
    fc.oneof(
      fc.constantFrom('\n', "'", '"', ' -> ', '\\', '\uefff', '\uef80', '容', '=', '$'),
      fc.string({ maxLength: 4 }),
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((parts) => parts.join('').replace(/[/\0]/g, '_'))
  .filter((text) => text !== '');

describe('a listing by a shell', () => {
  test.each([true, false])('has every name and target as it is (quoted: %s)', (isQuoted) => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.record({ name, target: fc.option(name, { nil: undefined }) }), {
          selector: (file) => file.name,
          maxLength: 6,
        }),
        (files) => {
          const entries = parseShellListing(listing(files as readonly Written[], isQuoted), mark);
          expect(entries.map((entry) => ({ name: entry.name, target: entry.link?.target }))).toEqual(
            files.map((file) => ({ name: file.name, target: file.target })),
          );
          expect(entries.every(({ link }) => link === undefined || link.kind === 'directory')).toBe(true);
        },
      ),
    );
  });

  test('tells size, mode, owner and time to the millisecond', () => {
    expect(parseShellListing(listing([{ name: 'a' }], false), mark)).toEqual([
      {
        name: 'a',
        kind: 'file',
        sizeBytes: 5,
        modifiedAt: Date.UTC(2026, 0, 15, 9, 30) + 123,
        mode: 0o644,
        owner: 'root:7',
      },
    ]);
  });

  test('of nothing, or cut off, has what is whole', () => {
    expect(parseShellListing(Buffer.alloc(0), mark)).toEqual([]);
    const whole = listing([{ name: 'a' }, { name: 'b' }], false);
    const cut = whole.subarray(0, whole.lastIndexOf('./b'));
    expect(parseShellListing(cut, mark).map((entry) => entry.name)).toEqual(['a']);
  });
});
