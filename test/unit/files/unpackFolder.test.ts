import { existsSync, mkdtempSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { packFiles } from '../../../src/files/packFiles.ts';
import { unpackFolder } from '../../../src/files/unpackFolder.ts';
import { inPieces, tar } from '../layers/tarBytes.ts';

let outer = '';
let folder = '';

beforeEach(() => {
  outer = mkdtempSync(join(tmpdir(), 'quayside-unpack-'));
  folder = mkdtempSync(join(outer, 'folder-'));
});

afterEach(() => {
  rmSync(outer, { recursive: true, force: true });
});

test('files, folders and links come as they are, whatever the pieces', async () => {
  const bytes = tar(
    { name: './', flag: '5' },
    { name: './sub/', flag: '5', mode: 0o750 },
    { name: './sub/a b', content: 'hello', mode: 0o4755 },
    { name: './far/away', content: 'no folder before it' },
    { name: './link', flag: '2', link: 'sub/a b' },
    { name: './twin', flag: '1', link: './sub/a b' },
    { name: './pipe', flag: '6' },
  );
  expect(await unpackFolder(folder, inPieces(bytes, 100))).toEqual({ files: 4, leftOut: 1 });
  expect(readFileSync(join(folder, 'link'), 'utf8')).toBe('hello');
  expect(readFileSync(join(folder, 'twin'), 'utf8')).toBe('hello');
  expect(readFileSync(join(folder, 'far/away'), 'utf8')).toBe('no folder before it');
  expect(statSync(join(folder, 'sub/a b')).mode & 0o7777).toBe(0o755);
});

test('nothing gets outside: by a path, by a link, or over what is there', async () => {
  const evil = [
    tar({ name: '../out', content: 'x' }),
    tar({ name: 'a/../../out', content: 'x' }),
    tar({ name: 'twice', content: '1' }, { name: 'twice', content: '2' }),
    tar({ name: 'twin', flag: '1', link: '../../etc/passwd' }),
  ];
  for (const bytes of evil) {
    const own = mkdtempSync(join(outer, 'folder-'));
    await expect(unpackFolder(own, stream([bytes]))).rejects.toThrow();
  }
  expect(existsSync(join(outer, 'out'))).toBe(false);
  const through = tar({ name: 'door', flag: '2', link: outer }, { name: 'door/out', content: 'x' });
  await expect(unpackFolder(folder, stream([through]))).rejects.toThrow();
  expect(existsSync(join(outer, 'out'))).toBe(false);
  const absolute = mkdtempSync(join(outer, 'folder-'));
  await unpackFolder(absolute, stream([tar({ name: '/etc/x', content: 'inside' })]));
  expect(readFileSync(join(absolute, 'etc/x'), 'utf8')).toBe('inside');
});

test('an archive that is cut off is a failure', async () => {
  const bytes = tar({ name: 'a', content: 'x'.repeat(2000) });
  await expect(unpackFolder(folder, stream([bytes.subarray(0, 1000)]))).rejects.toThrow('ends in the middle');
});

test('what is packed comes out as it was', async () => {
  const source = mkdtempSync(join(outer, 'source-'));
  await unpackFolder(
    source,
    stream([
      tar(
        { name: 'in/', flag: '5' },
        { name: 'in/big', content: 'x'.repeat(1_500_000), mode: 0o700 },
        { name: 'in/empty', content: '' },
        { name: 'in/link', flag: '2', link: 'big' },
      ),
    ]),
  );
  await unpackFolder(folder, packFiles([join(source, 'in')], { uid: 1, gid: 2 }));
  expect(readFileSync(join(folder, 'in/big')).length).toBe(1_500_000);
  expect(statSync(join(folder, 'in/big')).mode & 0o777).toBe(0o700);
  expect(readlinkSync(join(folder, 'in/link'))).toBe('big');
  expect(statSync(join(folder, 'in/empty')).size).toBe(0);
});

async function* stream(pieces: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield* pieces;
}
