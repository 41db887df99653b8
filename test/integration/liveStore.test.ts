import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { EngineStore } from '../../src/engine/engineStore.ts';
import {
  type Engine as Daemon,
  type FaultProxy,
  socketFolder,
  startFaultProxy,
  waitFor,
} from '../bed/bed.ts';
import { daemon, isConnected, named, storeAt, until } from './daemons.ts';
import { describeOwnBed } from './sandbox.ts';

// It removes every container that the engine has: never somebody's own engine.
describeOwnBed('the live store on a real daemon', () => {
  let host: Daemon;
  let proxy: FaultProxy;
  let store: EngineStore;

  const calls = (): readonly string[] =>
    proxy
      .requests()
      .map(({ method, path }) => `${method} ${path.replace(/^\/v[\d.]+/, '').replace(/\?.*$/, '')}`);
  const lists = (): readonly string[] =>
    calls().filter((call) =>
      /^GET \/(containers\/json|images\/json|volumes|networks|system\/df)$/.test(call),
    );
  const clean = async (): Promise<void> => {
    const ids = (await host.cli(['ps', '--all', '--quiet'])).split('\n').filter((id) => id !== '');
    if (ids.length > 0) await host.cli(['rm', '--force', ...ids]);
  };

  beforeAll(async () => {
    host = await daemon('new');
    proxy = await startFaultProxy(host.socket, `${socketFolder('test')}/live.sock`);
  });
  beforeEach(async () => {
    await clean();
    proxy.reset();
    store = storeAt(proxy.socket);
  });
  afterEach(async () => {
    store.dispose();
    await proxy.setMode({ kind: 'pass' });
    await clean();
  });
  afterAll(async () => {
    await proxy.stop();
  });

  it('connects with one ping, one event stream and one list of each kind that somebody looks at', async () => {
    store.attend('image');
    store.connect();
    await until(store, 'connected', (state) => isConnected(state) && state.loaded.has('image'));
    expect([...calls()].sort()).toEqual([
      'GET /_ping',
      'GET /containers/json',
      'GET /events',
      'GET /images/json',
    ]);
  });

  it('reads only the container that an event names', async () => {
    store.attend('container');
    store.connect();
    await until(store, 'connected', isConnected);
    proxy.reset();
    await host.cli(['run', '--detach', '--name', 'live-one', 'busybox', 'sleep', '3600']);
    const state = await until(store, 'running', (now) => named(now, 'live-one')?.state === 'running');
    const id = named(state, 'live-one')?.id ?? '';
    expect(new Set(calls())).toEqual(new Set([`GET /containers/${id}/json`]));
    await host.cli(['rm', '--force', 'live-one']);
    await until(store, 'gone', (now) => named(now, 'live-one') === undefined);
    expect(lists()).toEqual([]);
  });

  it('asks nothing while nobody looks, and still counts', async () => {
    store.connect();
    await until(store, 'connected', isConnected);
    proxy.reset();
    await host.cli(['run', '--detach', '--name', 'live-hidden', 'busybox', 'sleep', '3600']);
    await until(store, 'running', (now) => named(now, 'live-hidden')?.state === 'running');
    expect(calls()).toEqual([]);
    const attention = store.attend('container');
    await until(store, 'exact', (now) => (named(now, 'live-hidden')?.imageId ?? '') !== '');
    attention.dispose();
  });

  it('comes out of a storm of fifty containers equal to the daemon, with at most ten lists', async () => {
    store.attend('container');
    store.attend('network');
    store.connect();
    await until(store, 'connected', isConnected);
    proxy.reset();
    const names = Array.from({ length: 50 }, (_, index) => `storm-${String(index)}`);
    const lanes = Array.from({ length: 4 }, (_, lane) => names.filter((_name, index) => index % 4 === lane));
    await Promise.all(
      lanes.map(async (lane) => {
        for (const name of lane)
          await host.cli(['run', '--detach', '--name', name, 'busybox', 'sleep', '3600']);
      }),
    );
    const state = await until(store, 'all running', (now) =>
      names.every((name) => named(now, name)?.state === 'running'),
    );
    expect(lists().length).toBeLessThanOrEqual(10);
    const listed = (
      await host.cli(['ps', '--all', '--no-trunc', '--format', '{{.ID}} {{.Names}} {{.State}}'])
    ).trim();
    const known = [...state.snapshot.container.values()].map(
      ({ id, name, state: word }) => `${id} ${name} ${word}`,
    );
    expect(known.sort()).toEqual(listed.split('\n').sort());
  });

  it.each([
    ['garbage', { kind: 'garbage' }, { reason: 'unexpected', hint: 'garbage' }],
    ['a refused connection', { kind: 'refuse' }, { reason: 'unreachable', hint: 'refused' }],
    ['no socket', { kind: 'absent' }, { reason: 'unreachable', hint: 'missing' }],
    ['half an answer', { kind: 'cut', afterBytes: 40 }, { reason: 'unreachable' }],
  ] as const)(
    'meets %s at the connect, says what it is, and recovers by itself',
    async (_name, mode, expected) => {
      await proxy.setMode(mode);
      store.connect();
      const broken = await until(
        store,
        'unreachable',
        ({ connection }) => connection.phase === 'unreachable',
      );
      expect(broken.connection).toMatchObject({ error: expected });
      await proxy.setMode({ kind: 'pass' });
      await until(store, 'connected', isConnected);
    },
  );

  it('keeps what it knows when the connection is cut in the middle, and resyncs', async () => {
    store.attend('container');
    store.connect();
    await host.cli(['run', '--detach', '--name', 'live-kept', 'busybox', 'sleep', '3600']);
    await until(store, 'running', (now) => named(now, 'live-kept')?.state === 'running');
    await proxy.setMode({ kind: 'refuse' });
    const down = await until(store, 'unreachable', ({ connection }) => connection.phase === 'unreachable');
    expect(named(down, 'live-kept')?.state).toBe('running');
    await host.cli(['rm', '--force', 'live-kept']);
    await proxy.setMode({ kind: 'pass' });
    await until(store, 'resynced', (now) => isConnected(now) && named(now, 'live-kept') === undefined);
  });

  it('survives the daemon killed in the middle of everything', async () => {
    store.dispose();
    store = storeAt(host.socket);
    store.attend('container');
    store.connect();
    await host.cli(['run', '--detach', '--name', 'live-killed', 'busybox', 'sleep', '3600']);
    await until(store, 'running', (now) => named(now, 'live-killed')?.state === 'running');
    await host.kill9();
    const down = await until(store, 'unreachable', ({ connection }) => connection.phase === 'unreachable');
    expect(named(down, 'live-killed')).toBeDefined();
    await host.start();
    await until(
      store,
      'connected again',
      (now) => isConnected(now) && named(now, 'live-killed')?.state === 'exited',
    );
    await host.cli(['start', 'live-killed']);
    await until(store, 'an event after that', (now) => named(now, 'live-killed')?.state === 'running');
  });

  it('survives a friendly restart of the daemon', async () => {
    store.dispose();
    store = storeAt(host.socket);
    store.connect();
    await until(store, 'connected', isConnected);
    await host.restart();
    await until(store, 'connected again', isConnected);
    await host.cli(['create', '--name', 'live-after', 'busybox']);
    await until(store, 'an event after that', (now) => named(now, 'live-after') !== undefined);
  });

  it('lets go of everything when it is disposed', async () => {
    store.attend('container');
    store.connect();
    await until(store, 'connected', isConnected);
    store.dispose();
    await waitFor(
      { what: 'the end of the connections', deadlineMs: 10_000 },
      () => proxy.openConnections() === 0,
    );
  });
});
