import { afterEach, expect, test } from 'vitest';
import { Emitter } from '../../../../src/base/event.ts';
import { RowStats } from '../../../../src/ui/tree/rowStats.ts';
import { container, stopped } from '../../../support/builders.ts';
import { FakeEditor } from '../../../support/fakeDeps.ts';
import { settle } from '../../../support/fakeClock.ts';
import { FakeEngine } from '../../../support/fakeEngine.ts';
import { sample } from '../../../support/samples.ts';

const web = container('web');
const hidden = container('hidden');
const idle = stopped('idle');
const open: { dispose(): void }[] = [];

afterEach(() => {
  for (const each of open.splice(0)) each.dispose();
});

const mayMove = (key: string): boolean => !key.includes(hidden.id);

async function stage() {
  const editor = new FakeEditor();
  const engine = new FakeEngine({ container: [web, hidden, idle] });
  engine.samples = [sample({ cpuPercent: 7, memoryBytes: 64 * 1024 ** 2 })];
  await editor.add(engine);
  const wanted = { is: true, change: new Emitter<void>() };
  const stats = new RowStats({
    engines: editor.engines,
    clock: editor.clock,
    isWanted: () => wanted.is,
    onDidChangeWanted: wanted.change.event,
  });
  open.push(stats, editor.engines);
  let changes = 0;
  stats.onDidChange(() => changes++);
  const pass = async (seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second++) {
      await settle();
      editor.clock.advance(1000);
    }
  };
  const streams = (): readonly string[] => engine.calls.filter((call) => call.startsWith('stats '));
  return { stats, wanted, pass, streams, changes: () => changes, editor };
}

test('measures what runs and has a row that may move, while the view is in sight', async () => {
  const { stats, pass, streams, editor } = await stage();
  await pass(5);
  expect(streams()).toEqual([]);
  const watching = stats.watch(mayMove);
  await pass(1);
  expect(streams()).toEqual([`stats ${web.id}`]);
  expect([...stats.of('default')]).toEqual([[web.id, '7.0 % · 64 MiB']]);
  watching.dispose();
  expect([...stats.of('default')]).toEqual([]);
  expect(editor.clock.pending).toEqual([]);
});

test('rows move on every third moment', async () => {
  const { stats, pass, changes } = await stage();
  open.push(stats.watch(mayMove));
  await pass(1);
  expect(changes()).toBe(1);
  await pass(2);
  expect(changes()).toBe(1);
  await pass(1);
  expect(changes()).toBe(2);
});

test('where nothing runs, rows are left alone', async () => {
  const { stats, pass, changes } = await stage();
  open.push(stats.watch(() => false));
  await pass(4);
  expect(changes()).toBe(0);
});

test('nothing is measured until somebody wants it, nor afterwards', async () => {
  const { stats, wanted, pass, streams } = await stage();
  wanted.is = false;
  open.push(stats.watch(mayMove));
  await pass(3);
  expect(streams()).toEqual([]);
  wanted.is = true;
  wanted.change.fire();
  await pass(1);
  expect(stats.of('default').size).toBe(1);
  wanted.is = false;
  wanted.change.fire();
  expect(stats.of('default').size).toBe(0);
  await pass(3);
  expect(streams()).toHaveLength(1);
});
