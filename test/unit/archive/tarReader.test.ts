import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type TarEntry, TarReader } from '../../../src/archive/tarReader.ts';
import { archiveEnd, type Entry, pax, tar, tarEntry } from '../layers/tarBytes.ts';

type Read = TarEntry & { readonly content: string };

/** All entries with their contents, of bytes that come in these pieces. */
function read(...pieces: readonly Buffer[]): Read[] {
  const entries: Read[] = [];
  let entry: TarEntry | undefined;
  let parts: Buffer[] = [];
  const reader = new TarReader({
    entry(begun) {
      expect(entry).toBeUndefined();
      entry = begun;
    },
    content(bytes) {
      parts.push(Buffer.from(bytes));
    },
    entryEnd() {
      if (entry !== undefined) entries.push({ ...entry, content: Buffer.concat(parts).toString() });
      entry = undefined;
      parts = [];
    },
  });
  for (const piece of pieces) {
    const memory = Buffer.from(piece);
    reader.push(memory);
    // The connection may use it again.
    memory.fill(0xaa);
  }
  reader.end();
  return entries;
}

const one = (...entries: readonly Entry[]): Read | undefined => read(tar(...entries)).at(-1);

describe('TarReader', () => {
  test('reads what a header says', () => {
    const entry = { name: 'etc/passwd', mode: 0o104755, uid: 1000, gid: 33, content: 'root\n' };
    expect(one(entry)).toEqual({
      path: 'etc/passwd',
      type: 'file',
      sizeBytes: 5,
      mode: 0o4755,
      uid: 1000,
      gid: 33,
      modifiedAt: 1_700_000_000_000,
      linkTarget: '',
      content: 'root\n',
    });
  });

  test.each([
    ['0', 'file'],
    ['\0', 'file'],
    ['7', 'file'],
    ['1', 'hardlink'],
    ['2', 'symlink'],
    ['3', 'device'],
    ['4', 'device'],
    ['5', 'directory'],
    ['6', 'fifo'],
  ])('the flag %j is a %s', (flag, type) => {
    expect(one({ name: 'a', flag, link: 'b' })).toMatchObject({ type, path: 'a' });
  });

  test('a slash at the end of an old header makes a folder', () => {
    expect(one({ name: 'old/', flag: '\0' })).toMatchObject({ type: 'directory', path: 'old' });
  });

  test('a symbolic link keeps its target as it stands, a hard link names a path of the archive', () => {
    expect(one({ name: 'a/l', flag: '2', link: '../../x/' })?.linkTarget).toBe('../../x/');
    expect(one({ name: 'a/l', flag: '1', link: '/a/./b' })?.linkTarget).toBe('a/b');
  });

  test('only files have content, whatever size stands there', () => {
    const link = { name: 'l', flag: '1', link: 'a', sizeBytes: 4000 };
    expect(read(tar(link, { name: 'b', content: 'B' })).map(({ path }) => path)).toEqual(['l', 'b']);
  });

  test('joins the prefix of ustar, and takes GNU’s use of those bytes for none', () => {
    expect(one({ name: 'name', prefix: 'very/long' })?.path).toBe('very/long/name');
    expect(one({ name: 'name', prefix: '14071234567', isGnu: true })?.path).toBe('name');
  });

  test('takes path, link, size, owner and time from an extended header, for one entry', () => {
    const records = {
      path: `${'d/'.repeat(200)}größe`,
      linkpath: 'x'.repeat(300),
      uid: '3000000',
      gid: '4000000',
      mtime: '1700000000.987654321',
      'SCHILY.xattr.user.x': 'a=b\nc',
    };
    const [long, next] = read(tar(pax(records), { name: 'short', flag: '2', link: 'y' }, { name: 'next' }));
    expect(long).toMatchObject({
      path: records.path,
      linkTarget: records.linkpath,
      uid: 3_000_000,
      gid: 4_000_000,
      modifiedAt: 1_700_000_000_987,
    });
    expect(next).toMatchObject({ path: 'next', uid: 0, modifiedAt: 1_700_000_000_000 });
    expect(one(pax({ size: '5' }), { name: 'a', content: 'hello', sizeBytes: 0 })?.content).toBe('hello');
  });

  test('a global extended header says nothing of files', () => {
    expect(one(pax({ path: 'other', comment: 'c0ffee' }, 'g'), { name: 'a' })?.path).toBe('a');
  });

  test('an empty value in an extended header is none', () => {
    expect(one(pax({ path: '', size: '' }), { name: 'a', content: 'A' })).toMatchObject({
      path: 'a',
      content: 'A',
    });
  });

  test('takes GNU’s long names and links, for one entry', () => {
    const [name, link] = ['n/'.repeat(150), 't'.repeat(400)];
    const entries = read(
      tar(
        { name: '././@LongLink', flag: 'L', content: `${name}x\0` },
        { name: '././@LongLink', flag: 'K', content: `${link}\0` },
        { name: name.slice(0, 100), flag: '2', link: link.slice(0, 100) },
        { name: 'next', flag: '2', link: 'y' },
      ),
    );
    expect(entries).toMatchObject([
      { path: `${name}x`, linkTarget: link },
      { path: 'next', linkTarget: 'y' },
    ]);
  });

  test('reads numbers in base 256: large, and before the epoch', () => {
    expect(one({ name: 'a', uid: 2 ** 31, gid: 2 ** 40, time: -86_400 })).toMatchObject({
      uid: 2 ** 31,
      gid: 2 ** 40,
      modifiedAt: -86_400_000,
    });
    const header = tarEntry({ name: 'big', sizeBytes: 10 * 2 ** 30 });
    const sizes: number[] = [];
    const reader = new TarReader({
      entry: ({ sizeBytes }) => sizes.push(sizeBytes),
      content: () => undefined,
      entryEnd: () => undefined,
    });
    reader.push(header);
    expect(sizes).toEqual([10 * 2 ** 30]);
  });

  test('passes over the map of old sparse files, in the header and in blocks behind it', () => {
    const sparse = (hasMore: boolean): Entry => ({
      name: 'sparse',
      flag: 'S',
      isGnu: true,
      sizeBytes: 4,
      edit(header) {
        header[482] = hasMore ? 1 : 0;
        header.write('00010000000\0', 483, 'latin1');
      },
    });
    const more = (hasMore: boolean): Buffer => {
      const block = Buffer.alloc(512, 7);
      block[504] = hasMore ? 1 : 0;
      return block;
    };
    const data = Buffer.concat([Buffer.from('data'), Buffer.alloc(508)]);
    const next = [tarEntry({ name: 'next', content: 'N' }), archiveEnd];
    const expected = [
      { path: 'sparse', type: 'file', sizeBytes: 8 ** 7, content: 'data' },
      { path: 'next', content: 'N' },
    ];
    expect(read(Buffer.concat([tarEntry(sparse(false)), data, ...next]))).toMatchObject(expected);
    const maps = [tarEntry(sparse(true)), more(true), more(false)];
    expect(read(Buffer.concat([...maps, data, ...next]))).toMatchObject(expected);
  });

  test('sparse files of the new kind have their own name and size', () => {
    const records = { 'GNU.sparse.major': '1', 'GNU.sparse.name': 'real', 'GNU.sparse.realsize': '9000' };
    const entry = one(pax({ ...records, path: 'GNUSparseFile.0/real' }), { name: 'x', content: 'map' });
    expect(entry).toMatchObject({ path: 'real', sizeBytes: 9000, content: 'map' });
  });

  test('passes over what only some program knows', () => {
    expect(read(tar({ name: 'volume', flag: 'V', content: 'x' }, { name: 'a' }))).toHaveLength(1);
  });

  test('an archive is over with its two empty blocks, or without them', () => {
    const entry = tarEntry({ name: 'a', content: 'A' });
    expect(read(entry)).toHaveLength(1);
    expect(read(Buffer.concat([entry, archiveEnd, Buffer.from('anything at all')]))).toHaveLength(1);
    expect(read(archiveEnd)).toEqual([]);
    expect(() => read(Buffer.concat([entry, Buffer.alloc(512), entry]))).toThrow('behind its end');
  });

  test.each([
    ['a.b/..c/...', 'a.b/..c/...'],
    ['./a//b/./c/', 'a/b/c'],
    ['/etc/passwd', 'etc/passwd'],
    ['a/../b', 'b'],
    ['./', ''],
    ['.', ''],
  ])('the path %s is %j', (name, path) => {
    expect(one({ name })?.path).toBe(path);
  });

  test('names that are no UTF-8 still differ', () => {
    const names = [Buffer.from([0x61, 0xff]), Buffer.from([0x61, 0xfe])];
    const paths = read(tar(...names.map((name) => ({ name })))).map(({ path }) => path);
    expect(new Set(paths).size).toBe(2);
  });

  describe('refuses', () => {
    const huge = 'x/'.repeat(3000);
    test.each<[string, string, Buffer]>([
      ['a path out of the archive', 'unsafe', tar({ name: '../../etc/passwd' })],
      ['a hard link out of it', 'unsafe', tar({ name: 'a', flag: '1', link: '/../x' })],
      ['a path that no system opens', 'unsafe', tar(pax({ path: huge }), { name: 'a' })],
      ['a huge extended header', 'tooBig', tar({ name: 'x', flag: 'x', sizeBytes: 2 ** 30 })],
      ['a huge long name', 'tooBig', tar({ name: 'x', flag: 'L', sizeBytes: 2 ** 40 })],
      ['a wrong checksum', 'damaged', Buffer.alloc(512, 'x')],
      ['a negative size', 'damaged', tar({ name: 'a', sizeBytes: -1 })],
      [
        'a size beyond all numbers',
        'damaged',
        tar({ name: 'a', edit: (block) => block.fill(0xbf, 124, 136) }),
      ],
      ['letters for a number', 'damaged', tar({ name: 'a', edit: (block) => block.write('12x4567', 108) })],
      ['a record longer than its header', 'damaged', tar({ name: 'x', flag: 'x', content: '99 path=a\n' })],
      ['a record without a sign', 'damaged', tar({ name: 'x', flag: 'x', content: '7 path\n' })],
      ['a record without an end', 'damaged', tar({ name: 'x', flag: 'x', content: '9 path=ab' })],
      ['a record without a length', 'damaged', tar({ name: 'x', flag: 'x', content: 'path=a\n' })],
      ['a size in letters', 'damaged', tar(pax({ size: '-5' }), { name: 'a' })],
      ['an end in a header', 'truncated', tar({ name: 'a' }).subarray(0, 100)],
      ['an end in a content', 'truncated', tar({ name: 'a', content: 'abc' }).subarray(0, 514)],
      ['an end before the entry of a header', 'truncated', tarEntry(pax({ path: 'b' }))],
    ])('%s', (_what, problem, bytes) => {
      expect(() => read(bytes)).toThrow(expect.objectContaining({ name: 'ArchiveError', problem }));
    });
  });

  const anyName = fc
    .array(fc.stringMatching(/^[a-zü世][a-z.ü世 ]{0,40}$/), { minLength: 1, maxLength: 6 })
    .map((parts) => parts.join('/'));
  const anyEntry = fc.record({
    name: anyName,
    kind: fc.constantFrom('plain', 'pax', 'gnu', 'folder', 'symlink'),
    content: fc.uint8Array({ maxLength: 1300 }),
    uid: fc.nat(2 ** 31),
  });

  test('gives the same entries however the bytes are cut', () => {
    fc.assert(
      fc.property(
        fc.array(anyEntry, { maxLength: 5 }),
        fc.array(fc.nat(600), { minLength: 1, maxLength: 20 }),
        (entries, sizes) => {
          const bytes = tar(...entries.flatMap(written));
          const pieces: Buffer[] = [];
          for (let at = 0, turn = 0; at < bytes.length; turn++) {
            const size = (sizes[turn % sizes.length] ?? 0) + 1;
            pieces.push(bytes.subarray(at, at + size));
            at += size;
          }
          const expected = entries.map(({ name, kind, content }) => ({
            path: name,
            linkTarget: kind === 'symlink' ? name : '',
            content: hasContent(kind) ? Buffer.from(content).toString() : '',
          }));
          const seen = read(...pieces);
          expect(seen).toMatchObject(expected);
          expect(read(bytes)).toEqual(seen);
        },
      ),
    );
  });

  test('whatever the bytes are, it reads them or says what is wrong', () => {
    fc.assert(
      fc.property(
        fc.array(anyEntry, { minLength: 1, maxLength: 3 }),
        fc.array(fc.tuple(fc.nat(4000), fc.nat(255)), { maxLength: 5 }),
        fc.nat(5000),
        (entries, changes, length) => {
          const bytes = tar(...entries.flatMap(written)).subarray(0, length);
          for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
          try {
            read(bytes);
          } catch (error) {
            expect(error).toMatchObject({ name: 'ArchiveError' });
          }
        },
      ),
    );
  });

  function hasContent(kind: string): boolean {
    return kind !== 'folder' && kind !== 'symlink';
  }

  /** Long names need one of the two ways to write them. */
  function written({
    name,
    kind,
    content,
    uid,
  }: {
    name: string;
    kind: string;
    content: Uint8Array;
    uid: number;
  }): Entry[] {
    const flag = kind === 'folder' ? '5' : kind === 'symlink' ? '2' : '0';
    const entry: Entry = { name, flag, uid, ...(hasContent(kind) ? { content } : {}) };
    if (kind === 'gnu')
      return [
        { name: '././@LongLink', flag: 'L', content: `${name}\0` },
        { ...entry, name: 'cut' },
      ];
    return [pax({ path: name, linkpath: name }), { ...entry, name: 'cut', link: 'cut' }];
  }
});
