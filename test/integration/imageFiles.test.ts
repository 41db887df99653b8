import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Engine as EnginePort } from '../../src/engine/engine.ts';
import { type ImageReference, parseImageReference } from '../../src/model/imageReference.ts';
import { openFile, writeFile } from '../../src/ui/files/localFiles.ts';
import { describeOwnBed, failureOf, kinds, never, Sandbox } from './sandbox.ts';

/* Archives of images between files and engines, with whatever can be wrong with either. */

describeOwnBed.each(kinds)('archives of images, of the %s engine', (kind) => {
  const folder = mkdtempSync(join(tmpdir(), 'quayside-archives-'));
  const full = join(folder, 'full');
  const sealed = join(folder, 'sealed');
  let sandbox: Sandbox;
  let engine: EnginePort;
  let saved: string;

  const at = (name: string): string => join(folder, name);
  const own = (): string => sandbox.name('kept:1');
  const tags = async (): Promise<readonly string[]> =>
    (await engine.list('image', never)).flatMap((image) => image.tags);
  const save = (path: string, names: readonly string[], signal = never): Promise<number> =>
    writeFile(path, engine.exportImages(names, signal));
  const load = async (path: string): Promise<readonly string[]> =>
    engine.loadImages((await openFile(path)).pieces, never);

  beforeAll(async () => {
    sandbox = await Sandbox.open(kind, 'qs-ar');
    engine = await sandbox.connect();
    await sandbox.bed.cli(['tag', 'busybox', own()]);
    saved = at('saved.tar');
    mkdirSync(full);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', full]);
    mkdirSync(sealed);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro', 'tmpfs', sealed]);
  });

  afterAll(async () => {
    execFileSync('umount', [full, sealed]);
    for (const tag of await tags()) if (tag.includes('qs-ar')) await engine.removeImage(tag, never);
    await sandbox.close();
    rmSync(folder, { recursive: true });
  });

  test('an image is saved whole, and comes back by its name', async () => {
    const bytes = await save(saved, [own()]);
    expect(readFileSync(saved).length).toBe(bytes);
    await engine.removeImage(own(), never);
    expect(await load(saved)).toEqual([own()]);
    expect(await tags()).toContain(own());
  });

  test('several images go into one archive', async () => {
    const second = sandbox.name('second:1');
    await sandbox.bed.cli(['tag', 'quay/tools:1', second]);
    await save(at('two.tar'), [own(), second]);
    await engine.removeImage(second, never);
    expect([...(await load(at('two.tar')))].sort()).toEqual([own(), second]);
  });

  test('what is compressed by gzip is taken, by zstd where the engine knows it', async () => {
    writeFileSync(at('saved.tar.gz'), gzipSync(readFileSync(saved)));
    expect(await load(at('saved.tar.gz'))).toEqual([own()]);
    writeFileSync(at('saved.tar.zst'), zstdCompressSync(readFileSync(saved)));
    const loaded = await load(at('saved.tar.zst')).catch((error: unknown) => error);
    if (kind === 'new') expect(loaded).toEqual([own()]);
    else expect([[own()], expect.objectContaining({ problem: 'unreadable' })]).toContainEqual(loaded);
  });

  test('an archive that ends too early, and what is none, are said, and nothing comes', async () => {
    const before = [...(await tags())].sort();
    writeFileSync(at('short.tar'), readFileSync(saved));
    truncateSync(at('short.tar'), Math.floor(readFileSync(saved).length / 2));
    expect(await failureOf(load(at('short.tar')))).toMatchObject({ problem: 'truncated' });
    writeFileSync(at('notes.txt'), 'no archive\n'.repeat(2000));
    expect(await failureOf(load(at('notes.txt')))).toMatchObject({ problem: 'unreadable' });
    execFileSync('tar', ['-cf', at('other.tar'), '-C', folder, 'notes.txt']);
    expect(await failureOf(load(at('other.tar')))).toMatchObject({ problem: 'unreadable' });
    expect([...(await tags())].sort()).toEqual(before);
  });

  test('a file system becomes an image; what is no archive does not', async () => {
    mkdirSync(at('root'), { recursive: true });
    writeFileSync(join(at('root'), 'hello.txt'), 'hello');
    execFileSync('tar', ['-cf', at('root.tar'), '-C', at('root'), '.']);
    const name = sandbox.name('imported:2');
    await engine.importImage((await openFile(at('root.tar'))).pieces, reference(name), never);
    expect(await tags()).toContain(name);
    const wrong = engine.importImage(
      (await openFile(at('notes.txt'))).pieces,
      reference(sandbox.name('wrong:1')),
      never,
    );
    expect(await failureOf(wrong)).toMatchObject({ problem: 'unreadable' });
    expect(await tags()).not.toContain(sandbox.name('wrong:1'));
  });

  test('a full disk, one that is not to be written, and a folder that is not there leave no file', async () => {
    expect(await failureOf(save(join(full, 'saved.tar'), [own()]))).toMatchObject({ problem: 'diskFull' });
    expect(readdirSync(full)).toEqual([]);
    expect(await failureOf(save(join(sealed, 'saved.tar'), [own()]))).toMatchObject({
      problem: 'notWritable',
    });
    expect(await failureOf(save(at('none/saved.tar'), [own()]))).toMatchObject({ problem: 'missing' });
    expect(await failureOf(load(at('none.tar')))).toMatchObject({ problem: 'missing' });
    expect(await failureOf(load(folder))).toMatchObject({ problem: 'folder' });
  });

  test('a save that is given up leaves what was there before', async () => {
    writeFileSync(at('old.tar'), 'old');
    const cancel = new AbortController();
    const pieces = (async function* () {
      for await (const piece of engine.exportImages([own()], cancel.signal)) {
        yield piece;
        cancel.abort();
      }
    })();
    expect(await failureOf(writeFile(at('old.tar'), pieces))).toMatchObject({ reason: 'cancelled' });
    expect(readFileSync(at('old.tar'), 'utf8')).toBe('old');
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  test('an image that is not there is said', async () => {
    expect(await failureOf(save(at('gone.tar'), ['qs-ar-none:1']))).toMatchObject({ reason: 'notFound' });
    expect(readdirSync(folder)).not.toContain('gone.tar');
  });
});

function reference(name: string): ImageReference {
  const parsed = parseImageReference(name);
  if (parsed === undefined) throw new Error(`no reference: ${name}`);
  return parsed;
}
