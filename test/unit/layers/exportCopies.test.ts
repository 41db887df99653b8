import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ExportCopies, isCopyFailure } from '../../../src/layers/exportCopies.ts';
import { EngineError } from '../../../src/model/engineError.ts';

const never = new AbortController().signal;

let root: string;
let folder: string;
/** What was asked of the engine. */
let asked: string[];
/** The engine goes on only when this settles. */
let gate: Promise<unknown>;
let failure: Error | undefined;
let copies: ExportCopies;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'quayside-copies-'));
  folder = join(root, 'copies');
  asked = [];
  gate = Promise.resolve();
  failure = undefined;
  copies = new ExportCopies(folder, async function* (imageId) {
    asked.push(imageId);
    yield Buffer.from(`${imageId} begins, `);
    await gate;
    if (failure !== undefined) throw failure;
    yield Buffer.from('ends');
  });
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

async function textOf(stream: AsyncIterable<Uint8Array>): Promise<string> {
  let text = '';
  for await (const piece of stream) text += Buffer.from(piece).toString();
  return text;
}

test('an export is asked for once, also by two at the same time', async () => {
  const both = await Promise.all([textOf(copies.read('a', never)), textOf(copies.read('a', never))]);
  expect(both).toEqual(['a begins, ends', 'a begins, ends']);
  expect(await textOf(copies.read('a', never))).toBe('a begins, ends');
  expect(await textOf(copies.read('b', never))).toBe('b begins, ends');
  expect(asked).toEqual(['a', 'b']);
});

test('what is here already can be read while the rest is on its way, which comes also when nobody waits', async () => {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  gate = promise;
  for await (const piece of copies.read('a', never)) {
    expect(Buffer.from(piece).toString()).toBe('a begins, ');
    break;
  }
  resolve(undefined);
  expect(await textOf(copies.read('a', never))).toBe('a begins, ends');
  expect(asked).toEqual(['a']);
});

test('a failure of the engine is the reader’s, and the next one asks anew', async () => {
  failure = new EngineError('unreachable', 'gone');
  await expect(textOf(copies.read('a', never))).rejects.toBe(failure);
  expect(isCopyFailure(failure)).toBe(false);
  failure = undefined;
  await expect.poll(() => readdirSync(folder)).toEqual([]);
  expect(await textOf(copies.read('a', never))).toBe('a begins, ends');
});

test('a failure of the disk is told from one of the engine', async () => {
  writeFileSync(folder, 'a file where the folder would be');
  const error: unknown = await textOf(copies.read('a', never)).catch((reason: unknown) => reason);
  expect(isCopyFailure(error)).toBe(true);
});

test('an export that is too big is copied once in vain, and not again', async () => {
  const small = new ExportCopies(
    folder,
    async function* (imageId) {
      await Promise.resolve();
      asked.push(imageId);
      yield Buffer.from('more than fits');
    },
    10,
  );
  for (let time = 0; time < 2; time++) {
    const error: unknown = await textOf(small.read('a', never)).catch((reason: unknown) => reason);
    expect(isCopyFailure(error)).toBe(true);
  }
  expect(asked).toEqual(['a']);
});

test('who gives up does not wait for the rest', async () => {
  gate = new Promise(() => undefined);
  const given = new AbortController();
  const reading = textOf(copies.read('a', given.signal));
  given.abort();
  await expect(reading).rejects.toThrow();
  await copies.drop('a');
});

test('an image that nobody looks at leaves nothing', async () => {
  await textOf(copies.read('a', never));
  await copies.drop('a');
  await copies.drop('none');
  expect(existsSync(folder) && readdirSync(folder)).toEqual([]);
  await textOf(copies.read('a', never));
  expect(asked).toEqual(['a', 'a']);
});
