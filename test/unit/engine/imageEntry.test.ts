import { expect, test } from 'vitest';
import { readImageEntry } from '../../../src/engine/imageEntry.ts';
import { removeLeftovers } from '../../../src/engine/leftovers.ts';
import { temporaryLabel } from '../../../src/model/container.ts';
import { EngineError } from '../../../src/model/engineError.ts';
import { container, longId, now } from '../../support/builders.ts';
import { settle } from '../../support/fakeClock.ts';
import { FakeEditor } from '../../support/fakeDeps.ts';
import { FakeEngine } from '../../support/fakeEngine.ts';

const signal = new AbortController().signal;

test('a path of an image is read from a container that is never started and goes at once', async () => {
  const engine = new FakeEngine();
  engine.entries = new Map([['/etc/motd', { content: new Uint8Array([1]) }]]);
  expect(await readImageEntry(engine, 'sha256:abc', '/etc/motd', 10, signal)).toEqual({
    content: new Uint8Array([1]),
  });
  const id = 'c0ffee'.padEnd(64, '0');
  expect(engine.calls).toEqual(['create sha256:abc', `entry ${id} /etc/motd`, `remove ${id} force volumes`]);
  expect(engine.created[0]?.labels).toHaveProperty([temporaryLabel]);
});

test('it goes also where there is nothing at the path', async () => {
  const engine = new FakeEngine();
  const failure = new EngineError('notFound', 'no such path');
  engine.fail('entry', failure);
  await expect(readImageEntry(engine, 'sha256:abc', '/etc/motd', 10, signal)).rejects.toBe(failure);
  expect(engine.calls.at(-1)).toMatch(/^remove /);
});

test('what was left over is removed at the next start, unless somebody may be at it, or it was made to run', async () => {
  const labels = { [temporaryLabel]: 'image' };
  const old = container('old', { labels, state: 'created', createdAt: 0 });
  const engine = new FakeEngine({
    container: [
      old,
      container('fresh', { labels, state: 'created', createdAt: now * 2 }),
      container('running', { labels, createdAt: 0 }),
      container('web', { state: 'created', createdAt: 0, id: longId('web') }),
    ],
  });
  const editor = new FakeEditor();
  const { store } = await editor.add(engine);
  const attention = store.attend('container');
  await settle();
  const leftovers = removeLeftovers(editor.engines, editor.clock);
  await settle();
  expect(engine.calls.filter((call) => call.startsWith('remove'))).toEqual([`remove ${old.id} volumes`]);
  leftovers.dispose();
  attention.dispose();
});
