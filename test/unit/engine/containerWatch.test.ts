import { afterEach, describe, expect, test } from 'vitest';
import { ContainerHistories } from '../../../src/engine/containerHistories.ts';
import { ContainerWatch } from '../../../src/engine/containerWatch.ts';
import { EngineError } from '../../../src/model/engineError.ts';
import { container, event, longId, stopped } from '../../support/builders.ts';
import { settle } from '../../support/fakeClock.ts';
import { FakeEditor } from '../../support/fakeDeps.ts';
import { FakeEngine } from '../../support/fakeEngine.ts';

const open: { dispose(): void }[] = [];

afterEach(() => {
  for (const each of open.splice(0)) each.dispose();
});

const web = container('web');
const id = web.id;

async function stage() {
  const engine = new FakeEngine({ container: [web, container('other')] });
  const editor = new FakeEditor();
  const histories = new ContainerHistories(editor.engines, () => editor.clock.now());
  await editor.add(engine);
  const watch = new ContainerWatch({
    engines: editor.engines,
    ref: { engineId: 'default', kind: 'container', id },
    name: 'web',
    clock: editor.clock,
  });
  open.push(watch, histories, editor.engines);
  let changes = 0;
  watch.onDidChange(() => changes++);
  const reads = (): number => engine.calls.filter((call) => call === `details ${id}`).length;
  /** Lets all rests pass that are kept between two reads. */
  const pass = async (): Promise<void> => {
    for (let round = 0; round < 4; round++) {
      await settle();
      editor.clock.advance(300);
    }
    await settle();
  };
  return { editor, engine, watch, histories, reads, pass, changes: () => changes };
}

describe('following a container', () => {
  test('reads it once somebody watches, and again only when it changed', async () => {
    const { editor, engine, watch, reads, pass } = await stage();
    await pass();
    expect(reads()).toBe(0);
    watch.watch();
    await pass();
    // As listed, then as read by itself.
    const before = reads();
    expect(before).toBeGreaterThan(0);
    expect(watch.state.details?.name).toBe('web');
    editor.clock.advance(60_000);
    engine.emit(event('container', 'start', longId('other')));
    await pass();
    expect(reads()).toBe(before);
    engine.change('container', id, stopped('web', { exitCode: 3 }));
    engine.emit(event('container', 'die', id, { attributes: { exitCode: '3' } }));
    await pass();
    expect(reads()).toBeGreaterThan(before);
    expect(watch.state.details?.state.exitCode).toBe(3);
  });

  test('reads nothing while nobody watches, and all that was missed afterwards', async () => {
    const { engine, watch, reads, pass } = await stage();
    watch.watch();
    await pass();
    watch.unwatch();
    const before = reads();
    engine.change('container', id, { ...web, name: 'shop' });
    engine.emit(event('container', 'rename', id, { attributes: { name: 'shop' } }));
    await pass();
    expect(reads()).toBe(before);
    watch.watch();
    await pass();
    expect(watch.name).toBe('shop');
    expect(watch.state.details?.name).toBe('shop');
  });

  test('a burst of changes costs two reads', async () => {
    const { engine, watch, reads, pass } = await stage();
    watch.watch();
    await pass();
    const before = reads();
    for (let count = 0; count < 20; count++) engine.emit(event('container', 'kill', id));
    await pass();
    expect(reads() - before).toBe(2);
  });

  test('probes of a health check are followed, other programs that ran in it are not', async () => {
    const { engine, watch, reads, pass } = await stage();
    watch.watch();
    await pass();
    const before = reads();
    engine.emit(event('container', 'exec_die', id));
    await pass();
    expect(reads()).toBe(before);
    const health = { check: undefined, status: 'healthy', failingStreak: 0, probes: [] } as const;
    engine.details.set(id, { health });
    engine.emit(event('container', 'update', id));
    await pass();
    const then = reads();
    engine.emit(event('container', 'exec_die', id));
    await pass();
    expect(reads()).toBe(then + 1);
  });

  test('one that is gone keeps its last facts, and its successor is known by its name', async () => {
    const { engine, watch, pass } = await stage();
    watch.watch();
    await pass();
    engine.change('container', id, undefined);
    engine.emit(event('container', 'destroy', id));
    await pass();
    expect(watch.state).toMatchObject({ isGone: true, successor: undefined, details: { name: 'web' } });
    const next = container('web', { id: longId('next') });
    engine.change('container', next.id, next);
    engine.emit(event('container', 'create', next.id, { attributes: { name: 'web', image: 'x' } }));
    await pass();
    expect(watch.state.successor?.id).toBe(next.id);
  });

  test('while the engine is gone the facts stay; when it is back they are read anew', async () => {
    const { editor, engine, watch, reads, pass } = await stage();
    watch.watch();
    await pass();
    const before = reads();
    engine.fail('connect', new EngineError('unreachable', 'gone'));
    engine.endStream();
    await settle();
    expect(watch.state).toMatchObject({ phase: 'unreachable', isGone: false, details: { name: 'web' } });
    engine.heal();
    engine.change('container', id, stopped('web', { exitCode: 137 }));
    editor.clock.advance(5000);
    await pass();
    expect(watch.state).toMatchObject({ phase: 'connected', details: { state: { exitCode: 137 } } });
    expect(reads()).toBeGreaterThan(before);
  });

  test('a failure is told, until it could be read again', async () => {
    const { engine, watch, pass } = await stage();
    engine.fail(`details ${id}`, new EngineError('unexpected', 'no'));
    watch.watch();
    await pass();
    expect(watch.state.error?.message).toBe('no');
    engine.heal();
    engine.emit(event('container', 'update', id));
    await pass();
    expect(watch.state.error).toBeUndefined();
  });

  test('watched anew in the middle of a read, it is read to the end', async () => {
    const { engine, watch, pass } = await stage();
    const held = engine.hold(`details ${id}`);
    watch.watch();
    await held.reached;
    watch.unwatch();
    watch.watch();
    held.open();
    await pass();
    expect(watch.state.details?.name).toBe('web');
  });
});

describe('histories', () => {
  test('keep what events tell of a container, and since when', async () => {
    const { editor, engine, histories } = await stage();
    expect(histories.of('default', id)).toEqual({ entries: [], since: editor.clock.now() });
    engine.emit(event('container', 'start', id, { at: 1 }));
    engine.emit(event('container', 'exec_start', id, { at: 2 }));
    engine.emit(event('image', 'pull', id, { at: 3 }));
    engine.emit(event('container', 'die', id, { at: 4, attributes: { exitCode: '1' } }));
    expect(histories.of('default', id).entries).toEqual([
      { at: 1, action: 'start', detail: '' },
      { at: 4, action: 'die', detail: '1' },
    ]);
    expect(histories.of('elsewhere', id)).toEqual({ entries: [], since: undefined });
  });

  test('are bounded', async () => {
    const { engine, histories } = await stage();
    for (let at = 0; at < 150; at++) engine.emit(event('container', 'start', id, { at }));
    expect(histories.of('default', id).entries).toHaveLength(100);
    expect(histories.of('default', id).entries.at(-1)?.at).toBe(149);
    for (let count = 0; count < 2000; count++)
      engine.emit(event('container', 'start', `c${String(count)}`, { at: 200 }));
    expect(histories.of('default', id).entries).toEqual([]);
    expect(histories.of('default', 'c1999').entries).toHaveLength(1);
  });
});
