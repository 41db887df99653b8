import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type TarEntry, TarReader } from '../../../src/archive/tarReader.ts';
import { tarEnd, tarHeader, type TarMember, tarPadding } from '../../../src/archive/tarWriter.ts';

function read(bytes: Buffer): readonly TarEntry[] {
  const entries: TarEntry[] = [];
  const reader = new TarReader({
    entry: (entry) => {
      entries.push(entry);
    },
    content: () => undefined,
    entryEnd: () => undefined,
  });
  reader.push(bytes);
  reader.end();
  return entries;
}

describe('what is written into a tar', () => {
  const part = fc
    .string({ unit: fc.constantFrom('a', 'ü', '容', '\uefff', ' ', '\n', "'"), minLength: 1, maxLength: 120 })
    .filter((text) => text.trim() !== '');
  const member = fc.record({
    path: fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/')),
    kind: fc.constantFrom('file' as const, 'folder' as const, 'link' as const),
    mode: fc.integer({ min: 0, max: 0o7777 }),
    uid: fc.constantFrom(0, 1000, 2_097_151, 2_097_152, 4_000_000_000),
    gid: fc.constantFrom(0, 5, 3_000_000_000),
    modifiedAt: fc.integer({ min: 0, max: 4_000_000_000 }),
    target: part,
  });

  test('is read as it was', () => {
    fc.assert(
      fc.property(member, (made) => {
        const { kind, target, ...rest } = made;
        const written: TarMember = { ...rest, kind, sizeBytes: 0, ...(kind === 'link' ? { target } : {}) };
        expect(read(Buffer.concat([tarHeader(written), tarEnd()]))).toEqual([
          {
            path: made.path,
            type: { file: 'file', folder: 'directory', link: 'symlink' }[kind],
            sizeBytes: 0,
            mode: made.mode,
            uid: made.uid,
            gid: made.gid,
            modifiedAt: made.modifiedAt * 1000,
            linkTarget: kind === 'link' ? target : '',
          },
        ]);
      }),
    );
  });

  test('has its content in whole blocks', () => {
    const content = Buffer.from('hello');
    const header = tarHeader({ path: 'a', kind: 'file', mode: 0o600, sizeBytes: 5, modifiedAt: 0 });
    const bytes = Buffer.concat([header, content, tarPadding(5), tarEnd()]);
    expect(bytes.length % 512).toBe(0);
    expect(read(bytes)).toMatchObject([{ path: 'a', sizeBytes: 5 }]);
  });
});
