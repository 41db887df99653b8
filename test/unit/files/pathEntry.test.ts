import { expect, test } from 'vitest';
import { tarEnd, tarHeader, tarPadding } from '../../../src/archive/tarWriter.ts';
import { readImageEntry, readPathEntry } from '../../../src/files/pathEntry.ts';
import { helperLabel } from '../../../src/model/container.ts';
import { EngineError } from '../../../src/model/engineError.ts';
import { FakeEngine } from '../../support/fakeEngine.ts';

const signal = new AbortController().signal;
const made = 'c0ffee'.padEnd(64, '0');
const content = Buffer.from('hello');

function engineWith(kind: 'file' | 'folder' | 'link'): FakeEngine {
  const engine = new FakeEngine();
  const header = tarHeader({
    path: 'motd',
    kind,
    mode: 0o644,
    sizeBytes: kind === 'file' ? content.length : 0,
    modifiedAt: 0,
    ...(kind === 'link' ? { target: '../run/motd' } : {}),
  });
  const body = kind === 'file' ? [content, tarPadding(content.length)] : [];
  engine.exports = new Map([[made, [header, ...body, tarEnd()]]]);
  return engine;
}

test.each([
  ['a file has its content', 'file', 5, { content }],
  ['too big a file has its size', 'file', 4, { tooBig: 5 }],
  ['a link has where it leads', 'link', 5, { linkTarget: '../run/motd' }],
  ['a folder has nothing', 'folder', 5, undefined],
] as const)('%s', async (_, kind, maxBytes, entry) => {
  expect(await readPathEntry(engineWith(kind), made, '/etc/motd', maxBytes, signal)).toEqual(entry);
});

test('a path of an image is read from a container that is never started and goes at once', async () => {
  const engine = engineWith('file');
  expect(await readImageEntry(engine, 'sha256:abc', '/etc/motd', 10, signal)).toEqual({ content });
  expect(engine.calls).toEqual([
    'create sha256:abc',
    `readArchive ${made} /etc/motd`,
    `remove ${made} force volumes`,
  ]);
  expect(engine.created[0]?.labels).toHaveProperty([helperLabel]);
});

test('it goes also where there is nothing at the path', async () => {
  const engine = new FakeEngine();
  const failure = new EngineError('notFound', 'no such path');
  engine.fail('readArchive', failure);
  await expect(readImageEntry(engine, 'sha256:abc', '/etc/motd', 10, signal)).rejects.toBe(failure);
  expect(engine.calls.at(-1)).toMatch(/^remove /);
});
