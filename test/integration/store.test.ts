import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Container } from '../../src/model/container.ts';
import { type FaultProxy, waitFor } from '../bed/bed.ts';
import { comparable, LiveStore } from './liveStore.ts';
import { describeBed, kinds, never, patienceMs, Sandbox } from './sandbox.ts';

/* The live store against a real daemon: what it asks, and that it ends up with what the daemon has. */

describeBed.each(kinds)('the live store on the %s engine', (kind) => {
  let sandbox: Sandbox;
  let proxy: FaultProxy;
  const stores: LiveStore[] = [];

  beforeAll(async () => {
    sandbox = await Sandbox.open(kind, 'qs-ls');
    proxy = await sandbox.proxy();
    await sandbox.run('first', 'quay/tools:1');
  });

  afterEach(() => {
    for (const store of stores.splice(0)) store.dispose();
  });

  afterAll(async () => {
    await sandbox.close();
  });

  const open = (): LiveStore => {
    const live = new LiveStore(proxy.socket);
    stores.push(live);
    proxy.reset();
    live.store.connect();
    return live;
  };

  /** Requests without their version: `GET /containers/json`. */
  const asked = (): readonly string[] =>
    proxy
      .requests()
      .map(({ method, path }) => `${method} ${(path.split('?')[0] ?? '').replace(/^\/v[\d.]+/, '')}`);

  /** Waits until the store has exactly what the daemon lists. */
  const settled = async (live: LiveStore): Promise<void> => {
    const direct = await sandbox.connect();
    const listed = async (): Promise<ReadonlyMap<string, unknown>> =>
      comparable(await direct.list('container', never));
    const own = (): ReadonlyMap<string, unknown> => comparable(live.store.state.snapshot.container.values());
    await waitFor(
      { what: 'the store having what the daemon has', deadlineMs: patienceMs, everyMs: 100 },
      async () => JSON.stringify([...(await listed())]) === JSON.stringify([...own()]),
    ).catch(async () => {
      expect(own()).toEqual(await listed());
    });
  };

  test('a connect is a ping, the events and one list for each kind that is looked at', async () => {
    const live = open();
    live.attend('container', 'image');
    await live.connected();
    expect(asked()).toEqual(['GET /_ping', 'GET /events', 'GET /containers/json', 'GET /images/json']);
    expect(live.container('qs-ls-first')?.state).toBe('running');
    expect(live.store.state.snapshot.volume.size).toBe(0);
  });

  test('while nobody looks there is the event stream and nothing else, yet states are known', async () => {
    const live = open();
    await live.connected();
    proxy.reset();
    const id = await sandbox.run('hidden', 'quay/tools:1');
    await live.until('started', () => live.container('qs-ls-hidden')?.state === 'running');
    await sandbox.bed.cli(['pause', id]);
    await live.until('paused', () => live.container('qs-ls-hidden')?.state === 'paused');
    await sandbox.bed.cli(['rm', '-f', id]);
    await live.until('removed', () => live.container('qs-ls-hidden') === undefined);
    expect(asked()).toEqual([]);
  });

  test('an event costs one read of what it names, and an event about nothing none', async () => {
    const live = open();
    live.attend('container', 'image', 'volume', 'network');
    await live.connected();
    const id = live.container('qs-ls-first')?.id ?? '';
    proxy.reset();
    await sandbox.bed.cli(['pause', id]);
    await live.until('paused', () => live.container('qs-ls-first')?.state === 'paused');
    await sandbox.bed.cli(['unpause', id]);
    await live.until('running', () => live.container('qs-ls-first')?.state === 'running');
    await sandbox.bed.cli(['exec', id, 'true']);
    expect(asked()).toEqual(Array.from({ length: 2 }, () => `GET /containers/${id}/json`));
  });

  test('images, volumes and networks come, change and go as on the engine', async () => {
    const live = open();
    live.attend('image', 'volume', 'network');
    await live.connected();
    const { cli } = sandbox.bed;
    const snapshot = (): LiveStore['store']['state']['snapshot'] => live.store.state.snapshot;
    const hasTag = (tag: string): boolean =>
      [...snapshot().image.values()].some(({ tags }) => tags.includes(tag));
    await cli(['volume', 'create', 'qs-ls-vol']);
    await cli(['network', 'create', 'qs-ls-net']);
    await cli(['tag', 'quay/hello:1', 'qs-ls-tag:1']);
    await live.until('all three', () => {
      const hasNetwork = [...snapshot().network.values()].some(({ name }) => name === 'qs-ls-net');
      return snapshot().volume.has('qs-ls-vol') && hasNetwork && hasTag('qs-ls-tag:1');
    });
    // The tag moves to another image.
    await cli(['tag', 'quay/web:1', 'qs-ls-tag:1']);
    await live.until('the tag having moved', () => {
      const owners = [...snapshot().image.values()].filter(({ tags }) => tags.includes('qs-ls-tag:1'));
      return owners.length === 1 && owners[0]?.tags.includes('quay/web:1') === true;
    });
    await cli(['rmi', 'qs-ls-tag:1']);
    await cli(['volume', 'rm', 'qs-ls-vol']);
    await cli(['network', 'rm', 'qs-ls-net']);
    await live.until('none of them', () => {
      const hasNetwork = [...snapshot().network.values()].some(({ name }) => name === 'qs-ls-net');
      return !snapshot().volume.has('qs-ls-vol') && !hasNetwork && !hasTag('qs-ls-tag:1');
    });
  });

  test('a container that joins a network shows it, and health as it changes', async () => {
    const live = open();
    live.attend('container');
    await live.connected();
    const { cli } = sandbox.bed;
    await cli(['network', 'create', 'qs-ls-join']);
    const id = await sandbox.run('patient', 'quay/health:1');
    await cli(['network', 'connect', 'qs-ls-join', id]);
    const patient = (): Container | undefined => live.container('qs-ls-patient');
    await live.until('joined', () => patient()?.networks.some(({ name }) => name === 'qs-ls-join') === true);
    await live.until('healthy', () => patient()?.health?.status === 'healthy');
    await cli(['exec', id, 'rm', '/tmp/healthy']);
    await live.until('unhealthy', () => (patient()?.health?.failingStreak ?? 0) >= 2);
    await cli(['rm', '-f', id]);
    await live.until('gone', () => patient() === undefined);
  });

  test('a prune that somebody else runs is noticed', async () => {
    const live = open();
    live.attend('container');
    await sandbox.create('unused', 'quay/hello:1', '--label', 'ls=prune');
    await live.connected();
    await live.until('there', () => live.container('qs-ls-unused') !== undefined);
    await sandbox.bed.cli(['container', 'prune', '-f', '--filter', 'label=ls=prune']);
    await live.until('gone', () => live.container('qs-ls-unused') === undefined);
  });

  test('lets go of every connection when it is disposed', async () => {
    const live = open();
    live.attend('container', 'image', 'volume', 'network');
    await live.connected();
    expect(proxy.openConnections()).toBeGreaterThan(0);
    live.dispose();
    await waitFor({ what: 'all closed', deadlineMs: patienceMs }, () => proxy.openConnections() === 0);
  });

  describe('a storm of fifty containers', () => {
    const folder = mkdtempSync(join(tmpdir(), 'quayside-storm-'));
    const file = join(folder, 'compose.yaml');
    const compose = (...args: readonly string[]): Promise<string> =>
      sandbox.bed.cli(['compose', '--file', file, ...args], { cwd: folder });

    beforeAll(() => {
      const service = (name: string): string =>
        `  ${name}:\n    image: quay/tools:1\n    pull_policy: never\n    network_mode: none\n    scale: 25\n`;
      writeFileSync(file, `name: qs-ls-storm\nservices:\n${service('a')}${service('b')}`);
    });

    afterAll(async () => {
      await compose('down', '--timeout', '1', '--volumes');
      rmSync(folder, { recursive: true });
    });

    const lists = (): number =>
      asked().filter((line) =>
        /GET \/(containers|images|networks)\/json|GET \/(volumes|networks)$/.test(line),
      ).length;

    test('ends with exactly what the daemon lists, at the cost of few lists', async () => {
      const live = open();
      live.attend('container');
      await live.connected();
      proxy.reset();
      await compose('up', '--detach', '--quiet-pull');
      await settled(live);
      const storm = [...live.store.state.snapshot.container.values()].filter(
        ({ compose: of }) => of?.project === 'qs-ls-storm',
      );
      expect(storm).toHaveLength(50);
      expect(new Set(storm.map(({ state }) => state))).toEqual(new Set(['running']));
      expect(lists()).toBeLessThanOrEqual(10);
      proxy.reset();
      await compose('kill');
      await compose('rm', '--force', '--volumes');
      await settled(live);
      expect(
        [...live.store.state.snapshot.container.values()].some(({ name }) => name.startsWith('qs-ls-storm')),
      ).toBe(false);
      expect(lists()).toBeLessThanOrEqual(10);
    });
  });
});
