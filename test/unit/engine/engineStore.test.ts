import { afterEach, describe, expect, test } from 'vitest';
import { nullLogger } from '../../../src/base/logger.ts';
import { EngineStore } from '../../../src/engine/engineStore.ts';
import { EngineError } from '../../../src/model/engineError.ts';
import { container, event, image, type Objects, stopped } from '../../support/builders.ts';
import { FakeClock, settle } from '../../support/fakeClock.ts';
import { FakeEngine } from '../../support/fakeEngine.ts';

interface Stage {
  readonly engine: FakeEngine;
  readonly clock: FakeClock;
  readonly store: EngineStore;
  readonly phases: string[];
  names(): readonly string[];
}

const stores: EngineStore[] = [];

afterEach(() => {
  for (const store of stores.splice(0)) store.dispose();
});

function stage(objects: Objects = { container: [web] }): Stage {
  const engine = new FakeEngine(objects);
  const clock = new FakeClock();
  const store = new EngineStore('default', engine, clock, nullLogger);
  stores.push(store);
  const phases: string[] = [];
  store.onDidChange(({ connection: { phase } }) => {
    if (phases.at(-1) !== phase) phases.push(phase);
  });
  return {
    engine,
    clock,
    store,
    phases,
    names: () => [...store.state.snapshot.container.values()].map(({ name }) => name),
  };
}

const web = container('web');
const gone = new EngineError('unreachable', 'connect ENOENT', { hint: 'missing' });

describe('EngineStore', () => {
  test('asks nothing before it is told to connect', async () => {
    const { engine, store } = stage();
    store.attend('container');
    await settle();
    expect(engine.calls).toEqual([]);
    expect(store.state).toMatchObject({ connection: { phase: 'disconnected' } });
  });

  test('connects by a ping, the events and one list, in this order, and says who answers', async () => {
    const { engine, store, phases, names } = stage();
    store.connect();
    store.connect();
    await settle();
    expect(engine.calls).toEqual(['connect', 'events', 'list container']);
    expect(phases).toEqual(['connecting', 'connected']);
    expect(store.state.connection).toEqual({ phase: 'connected', version: engine.version });
    expect(names()).toEqual(['web']);
  });

  test('lists each attended kind once, and not again for a second look', async () => {
    const { engine, store } = stage({ container: [web], image: [image('a', ['a:1'])] });
    store.attend('container');
    const first = store.attend('image');
    store.attend('image');
    store.connect();
    await settle();
    first.dispose();
    store.attend('image');
    await settle();
    expect(engine.calls).toEqual(['connect', 'events', 'list container', 'list image']);
  });

  test('whoever looks at images looks at containers too: they tell what is in use', async () => {
    const { engine, store } = stage();
    store.attend('image');
    store.connect();
    await settle();
    engine.emit(event('container', 'update', web.id));
    await settle();
    expect(engine.calls.at(-1)).toBe(`read container ${web.id}`);
  });

  test('events that come before the first list is answered are in the first state', async () => {
    const { engine, store, names } = stage();
    const held = engine.hold('list container');
    store.connect();
    await held.reached;
    engine.emit(event('container', 'create', 'abc', { attributes: { name: 'early' } }));
    held.open();
    await settle();
    expect(names()).toEqual(['web', 'early']);
  });

  test('passes every event on, also those that change nothing', async () => {
    const { engine, store } = stage();
    const heard: string[] = [];
    store.onDidReceiveEvent(({ kind, action }) => heard.push(`${kind} ${action}`));
    store.connect();
    await settle();
    engine.emit(event('container', 'exec_start', web.id));
    engine.emit(event('image', 'push', 'a'));
    expect(heard).toEqual(['container exec_start', 'image push']);
  });

  test('tries for ever with growing waits up to five seconds, and says why it cannot', async () => {
    const { engine, clock, store, phases } = stage();
    engine.fail('connect', gone);
    store.connect();
    const waits: number[] = [];
    for (let attempt = 0; attempt < 9; attempt++) {
      await settle();
      waits.push(...clock.pending);
      clock.advance(5000);
    }
    expect(waits).toEqual([100, 200, 400, 800, 1600, 3200, 5000, 5000, 5000]);
    expect(phases).toEqual(['connecting', 'unreachable']);
    expect(store.state.connection).toEqual({ phase: 'unreachable', error: gone });
  });

  test('begins with the shortest wait again after it was connected', async () => {
    const { engine, clock, store } = stage();
    engine.fail('connect', gone);
    store.connect();
    for (let attempt = 0; attempt < 5; attempt++) {
      await settle();
      clock.advance(5000);
    }
    engine.heal();
    await settle();
    clock.advance(5000);
    await settle();
    expect(store.state.connection.phase).toBe('connected');
    engine.fail('connect', gone);
    engine.endStream();
    await settle();
    expect(clock.pending).toEqual([100]);
  });

  test('a daemon that is gone leaves its last state; when it is back all loaded kinds are listed again', async () => {
    const { engine, clock, store, names } = stage({ container: [web], image: [image('a', ['a:1'])] });
    const looking = store.attend('image');
    store.connect();
    await settle();
    looking.dispose();
    engine.fail('connect', gone);
    engine.endStream();
    await settle();
    expect(store.state.connection.phase).toBe('unreachable');
    expect(names()).toEqual(['web']);
    engine.heal();
    engine.change('container', web.id, undefined);
    engine.change('container', 'new', container('new', { id: 'new' }));
    engine.calls.length = 0;
    clock.advance(100);
    await settle();
    expect(engine.calls).toEqual(['connect', 'events', 'list container']);
    expect(names()).toEqual(['new']);
    engine.calls.length = 0;
    store.attend('image');
    await settle();
    expect(engine.calls).toEqual(['list image']);
  });

  test('tries at once when the socket is back, without waiting for its time', async () => {
    const { engine, clock, store } = stage();
    engine.fail('connect', gone);
    store.connect();
    await settle();
    engine.heal();
    engine.comeBack();
    await settle();
    expect(store.state.connection.phase).toBe('connected');
    expect(clock.pending).toEqual([]);
  });

  test('tries at once when the socket came back while an attempt failed', async () => {
    const { engine, store } = stage();
    engine.fail('connect', gone);
    store.connect();
    engine.comeBack();
    engine.heal();
    await settle();
    expect(engine.calls.filter((call) => call === 'connect')).toHaveLength(2);
    expect(store.state.connection.phase).toBe('connected');
  });

  test('tries at once when it is asked to, also by a refresh', async () => {
    const { engine, store } = stage();
    engine.fail('connect', gone);
    store.connect();
    await settle();
    store.retry();
    await settle();
    await store.refresh();
    await settle();
    expect(engine.calls).toEqual(['connect', 'connect', 'connect']);
  });

  test.each(['connect', 'events', 'list container'])(
    '%s that fails is an engine that is not reachable',
    async (call) => {
      const { engine, clock, store, names } = stage();
      engine.fail(call, gone);
      store.connect();
      await settle();
      expect(store.state.connection.phase).toBe('unreachable');
      expect(engine.isFollowed).toBe(false);
      engine.heal();
      clock.advance(100);
      await settle();
      expect(store.state.connection.phase).toBe('connected');
      expect(names()).toEqual(['web']);
    },
  );

  test('a read that nobody answers makes a new connection', async () => {
    const { engine, clock, store, phases } = stage();
    store.attend('container');
    store.connect();
    await settle();
    engine.fail('read', new EngineError('timeout', 'no answer within 60 s', { hint: 'silent' }));
    engine.emit(event('container', 'update', web.id));
    await settle();
    expect(store.state.connection).toMatchObject({ phase: 'unreachable', error: { reason: 'timeout' } });
    engine.heal();
    clock.advance(100);
    await settle();
    expect(phases).toEqual(['connecting', 'connected', 'unreachable', 'connected']);
    expect(engine.isFollowed).toBe(true);
  });

  test('a kind that cannot be listed is failed, not a hot loop, and not a broken connection', async () => {
    const { engine, clock, store } = stage();
    engine.fail('list image', new EngineError('unexpected', 'server error'));
    store.attend('image');
    store.connect();
    for (let turn = 0; turn < 5; turn++) {
      await settle();
      clock.advance(5000);
    }
    expect(store.state.connection.phase).toBe('connected');
    expect(store.state.failed.get('image')?.message).toBe('server error');
    expect(engine.calls.filter((call) => call === 'list image')).toHaveLength(1);
    engine.heal();
    await store.refresh();
    expect(store.state.failed.size).toBe(0);
  });

  test('a refresh lists what is loaded, and fails with the reason when it cannot', async () => {
    const { engine, store, names } = stage();
    store.connect();
    await settle();
    engine.change('container', web.id, undefined);
    await store.refresh();
    expect(names()).toEqual([]);
    engine.fail('list container', gone);
    await expect(store.refresh()).rejects.toMatchObject({ reason: 'unreachable' });
  });

  test('disconnect forgets everything and ends the event stream', async () => {
    const { engine, store, names } = stage();
    store.connect();
    await settle();
    store.disconnect();
    await settle();
    expect(store.state).toMatchObject({ connection: { phase: 'disconnected' } });
    expect(names()).toEqual([]);
    expect(store.state.loaded.size).toBe(0);
    expect(engine.isFollowed).toBe(false);
    engine.emit(event('container', 'create', 'late'));
    expect(names()).toEqual([]);
  });

  test('disconnect ends a connection that is only being made, and its wait between attempts', async () => {
    const { engine, clock, store, phases } = stage();
    const held = engine.hold('connect');
    store.connect();
    await held.reached;
    store.disconnect();
    held.open();
    await settle();
    expect(phases).toEqual(['connecting', 'disconnected']);
    engine.fail('connect', gone);
    store.connect();
    await settle();
    store.disconnect();
    await settle();
    expect(clock.pending).toEqual([]);
    expect(phases.at(-1)).toBe('disconnected');
  });

  test('a connection made right after a disconnect is live, however late the old one ends', async () => {
    const { engine, store, names } = stage();
    store.attend('container');
    store.connect();
    await settle();
    const old = engine.hold('end of events');
    store.disconnect();
    await old.reached;
    store.connect();
    await settle();
    expect(store.state.connection.phase).toBe('connected');
    old.open();
    await settle();
    engine.change('container', web.id, stopped('web', { name: 'renamed' }));
    engine.emit(event('container', 'update', web.id));
    await settle();
    expect(names()).toEqual(['renamed']);
  });

  test('dispose ends everything: stream, timers, engine, listeners', async () => {
    const { engine, clock, store, phases } = stage();
    store.connect();
    await settle();
    store.dispose();
    await settle();
    expect(engine.isFollowed).toBe(false);
    expect(engine.isDisposed).toBe(true);
    const before = phases.length;
    engine.endStream();
    clock.advance(60_000);
    await settle();
    expect(phases).toHaveLength(before);
    expect(clock.pending).toEqual([]);
    expect(engine.calls).toEqual(['connect', 'events', 'list container']);
  });

  test('dispose while it waits for the next attempt leaves no timer', async () => {
    const { engine, clock, store } = stage();
    engine.fail('connect', gone);
    store.connect();
    await settle();
    store.dispose();
    await settle();
    expect(clock.pending).toEqual([]);
    expect(engine.calls).toEqual(['connect']);
  });
});
