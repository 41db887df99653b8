import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile as write } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openFile, writeFile } from '../../../../src/ui/files/localFiles.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quayside-files-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function* from(pieces: readonly Uint8Array[], error?: Error): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    await Promise.resolve();
    yield piece;
  }
  if (error !== undefined) throw error;
}

const sizes: Readonly<Record<string, readonly number[]>> = {
  nothing: [],
  'empty pieces': [0, 0],
  'less than is written at once': [1, 500, 0, 32_768],
  'many small pieces': Array.from({ length: 3000 }, (_, at) => 900 + (at % 300)),
  'pieces larger than what is written at once': [3_000_000, 5, 1_048_576, 1_048_575, 2],
};

describe('a file of this machine', () => {
  test.each(Object.entries(sizes))('is written and read whole: %s', async (_name, lengths) => {
    const pieces = lengths.map((length) => randomBytes(length));
    const whole = Buffer.concat(pieces);
    const path = join(folder, 'a.tar');
    expect(await writeFile(path, from(pieces))).toBe(whole.length);
    expect((await readFile(path)).equals(whole)).toBe(true);
    const opened = await openFile(path);
    expect(opened.sizeBytes).toBe(whole.length);
    const read: Uint8Array[] = [];
    for await (const piece of opened.pieces) read.push(piece);
    expect(Buffer.concat(read).equals(whole)).toBe(true);
    expect(await readdir(folder)).toEqual(['a.tar']);
  });

  test('is what it was when not all of it came', async () => {
    const path = join(folder, 'a.tar');
    await write(path, 'before');
    const cut = from([randomBytes(2_000_000), randomBytes(10)], new Error('the engine went away'));
    await expect(writeFile(path, cut)).rejects.toThrow('the engine went away');
    expect(await readFile(path, 'utf8')).toBe('before');
    expect(await readdir(folder)).toEqual(['a.tar']);
  });

  test('can’t be written where there is no folder', async () => {
    const path = join(folder, 'none', 'a.tar');
    await expect(writeFile(path, from([randomBytes(1)]))).rejects.toMatchObject({ problem: 'missing' });
  });
});
