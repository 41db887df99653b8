import { describe, expect, onTestFinished, test } from 'vitest';
import { EngineError } from '../../../../src/model/engineError.ts';
import type { ContainerScope } from '../../../../src/model/containerScope.ts';
import { ScopeWatch } from '../../../../src/ui/panels/logsScope.ts';
import { composeLabels, container, event, longId } from '../../../support/builders.ts';
import { FakeEditor } from '../../../support/fakeDeps.ts';
import { FakeEngine } from '../../../support/fakeEngine.ts';
import { settle } from '../../../support/fakeClock.ts';

const shop: ContainerScope = { kind: 'compose', engineId: 'default', project: 'shop', service: undefined };
const one = (name: string): ContainerScope => {
  return { kind: 'containers', refs: [{ engineId: 'default', kind: 'container', id: longId(name) }] };
};
const refOf = (name: string): string => `default/container/${longId(name)}`;
const member = (name: string, createdAt = 0) =>
  container(name, { createdAt, labels: composeLabels('shop', name) });

interface Bed {
  readonly engine: FakeEngine;
  readonly watch: ScopeWatch;
  /** What the listener was told, by names. */
  readonly told: string[];
  /** A container is there, or has changed, and the engine tells. */
  change(
    action: string,
    name: string,
    record: ReturnType<typeof member> | undefined,
    detail?: string,
  ): Promise<void>;
  rest(): Promise<void>;
}

async function open(scope: ContainerScope, ...names: readonly string[]): Promise<Bed> {
  const editor = new FakeEditor();
  const engine = new FakeEngine({ container: names.map((name, at) => member(name, -at)) });
  const { store } = await editor.add(engine);
  const detach = store.attend('container');
  await settle();
  const told: string[] = [];
  const nameOf = (ref: string): string =>
    Buffer.from(ref.split('/')[2] ?? '', 'hex')
      .toString()
      .replaceAll('\0', '');
  const watch = new ScopeWatch(scope, editor.engines, {
    joined: (sources) => told.push(`joined ${sources.map(({ name }) => name).join(', ')}`),
    changed: (ref) => told.push(`changed ${nameOf(ref)}`),
    happened: (ref, happened) => told.push(`happened ${nameOf(ref)} ${JSON.stringify(happened)}`),
    engineChanged: (engineId, isThere) => told.push(`${engineId} ${isThere ? 'is back' : 'is gone'}`),
  });
  watch.begin();
  const rest = async (): Promise<void> => {
    for (let turn = 0; turn < 5; turn++) {
      await settle();
      editor.clock.advance(1000);
    }
  };
  onTestFinished(() => {
    watch.dispose();
    detach.dispose();
    editor.engines.dispose();
  });
  return {
    engine,
    watch,
    told,
    rest,
    change: async (action, name, record, detail = '') => {
      engine.change('container', longId(name), record);
      engine.emit(event('container', action, longId(name), { detail }));
      await rest();
    },
  };
}

describe('the containers of a log', () => {
  test('are those of its scope, the oldest first', async () => {
    const { watch } = await open(shop, 'a', 'b');
    expect(watch.sources.map(({ name, ref }) => [name, ref])).toEqual([
      ['b', refOf('b')],
      ['a', refOf('a')],
    ]);
  });

  test('are also those that are named but not known yet', async () => {
    const { watch } = await open(one('later'), 'a');
    expect(watch.sources).toMatchObject([{ ref: refOf('later'), name: '', containerId: longId('later') }]);
  });

  test('of an engine that is not found are none', async () => {
    const { watch } = await open({ ...shop, engineId: 'other' }, 'a');
    expect(watch.sources).toEqual([]);
  });

  test('that come later join, once, and none that belongs elsewhere', async () => {
    const { watch, told, change } = await open(shop, 'a');
    await change('create', 'b', member('b'));
    await change('create', 'plain', container('plain'));
    await change('start', 'b', { ...member('b'), stateSince: 7 });
    expect(told.filter((line) => line.startsWith('joined'))).toEqual(['joined b']);
    expect(watch.sources.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  test('are looked at again when they change or go, and only these', async () => {
    const { told, change } = await open(shop, 'a', 'b');
    told.length = 0;
    await change('die', 'a', { ...member('a'), state: 'exited', exitCode: 1 });
    expect(told.filter((line) => line === 'changed a').length).toBeGreaterThan(0);
    told.length = 0;
    await change('destroy', 'a', undefined);
    expect(told).toContain('changed a');
    expect(told).not.toContain('changed b');
  });

  test('have told what their logs do not say: health, and want of memory', async () => {
    const { told, change } = await open(shop, 'a');
    await change('health_status', 'a', member('a'), 'unhealthy');
    await change('oom', 'a', member('a'));
    await change('health_status', 'a', member('a'), 'running');
    await change('exec_start', 'a', member('a'));
    await change('oom', 'plain', container('plain'));
    expect(told.filter((line) => line.startsWith('happened'))).toEqual([
      'happened a {"kind":"health","status":"unhealthy"}',
      'happened a {"kind":"outOfMemory"}',
    ]);
  });

  test('have told that their engine went, and that it is back', async () => {
    const { engine, told, rest } = await open(shop, 'a');
    engine.fail('connect', new EngineError('unreachable', 'no socket'));
    engine.endStream(new EngineError('unreachable', 'aborted'));
    await rest();
    engine.heal();
    await rest();
    expect(told.filter((line) => line.startsWith('default is'))).toEqual([
      'default is gone',
      'default is back',
    ]);
  });

  test('say nothing after the end', async () => {
    const { watch, told, change } = await open(shop, 'a');
    watch.dispose();
    told.length = 0;
    await change('create', 'b', member('b'));
    expect(told).toEqual([]);
  });
});
