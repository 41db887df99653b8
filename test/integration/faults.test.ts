import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Patience } from '../../src/engine/docker/connection.ts';
import { DockerEngine } from '../../src/engine/docker/dockerEngine.ts';
import type { EngineState } from '../../src/engine/engineStore.ts';
import { type FaultMode, type FaultProxy, waitFor } from '../bed/bed.ts';
import { LiveStore } from './liveStore.ts';
import { describeBed, failureOf, never, patienceMs, Sandbox, textOf } from './sandbox.ts';

/* What stands between the extension and its engine breaks in every way that a connection can. */

/** Two seconds are a long silence for a daemon on this machine, and short to wait for. */
const impatient: Patience = { pingMs: 2000, answerMs: 2000 };

describeBed('through a connection that breaks', () => {
  let sandbox: Sandbox;
  let proxy: FaultProxy;
  const stores: LiveStore[] = [];
  const engines: DockerEngine[] = [];

  beforeAll(async () => {
    sandbox = await Sandbox.open('new', 'qs-fa');
    await sandbox.run('web', 'quay/tools:1');
    proxy = await sandbox.proxy();
  });

  afterEach(async () => {
    for (const store of stores.splice(0)) store.dispose();
    for (const engine of engines.splice(0)) engine.dispose();
    await proxy.setMode({ kind: 'pass' });
    proxy.dropConnections();
    proxy.reset();
  });

  afterAll(async () => {
    await sandbox.close();
  });

  const open = (): LiveStore => {
    const live = new LiveStore(proxy.socket, impatient);
    stores.push(live);
    live.attend('container');
    live.store.connect();
    return live;
  };

  const port = (): DockerEngine => {
    const engine = new DockerEngine({ kind: 'socket', path: proxy.socket }, impatient);
    engines.push(engine);
    return engine;
  };

  const unreachable = async (live: LiveStore): Promise<EngineState['connection']> =>
    (await live.until('unreachable', ({ connection }) => connection.phase === 'unreachable')).connection;

  /** Connected, listed, and hearing events. */
  const expectLive = async (live: LiveStore, word: string): Promise<void> => {
    await live.connected();
    const id = await sandbox.run(word, 'quay/tools:1');
    await live.until('the new container', () => live.container(sandbox.name(word))?.state === 'running');
    await sandbox.bed.cli(['rm', '-f', id]);
    await live.until('its end', () => live.container(sandbox.name(word)) === undefined);
  };

  const cases: readonly (readonly [string, FaultMode, object])[] = [
    ['garbage', { kind: 'garbage' }, { reason: 'unexpected', hint: 'garbage' }],
    [
      'HTTP that is not an engine’s',
      { kind: 'garbage', bytes: Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi') },
      { reason: 'unexpected', hint: 'garbage' },
    ],
    [
      'an engine that wants TLS',
      {
        kind: 'garbage',
        bytes: Buffer.from(
          'HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n',
        ),
      },
      { reason: 'unauthorized', hint: 'tls' },
    ],
    ['an answer cut in its head', { kind: 'cut', afterBytes: 20 }, { reason: 'unreachable' }],
    ['an answer cut in its body', { kind: 'cut', afterBytes: 700 }, { reason: 'unreachable' }],
    ['silence', { kind: 'silent' }, { reason: 'timeout', hint: 'silent' }],
    ['a dead line', { kind: 'half-open' }, { reason: 'timeout', hint: 'silent' }],
    ['a socket that nobody listens on', { kind: 'refuse' }, { reason: 'unreachable', hint: 'refused' }],
    ['no socket', { kind: 'absent' }, { reason: 'unreachable', hint: 'missing' }],
  ];

  test.each(cases)(
    '%s is told for what it is, and it connects by itself once that is over',
    async (_what, mode, expected) => {
      await proxy.setMode(mode);
      const live = open();
      expect(await unreachable(live)).toMatchObject({ error: expected });
      await proxy.setMode({ kind: 'pass' });
      await expectLive(live, 'back');
    },
  );

  test.each(cases.filter(([, { kind }]) => kind === 'refuse' || kind === 'absent'))(
    '%s after it was connected keeps what was known, until it is live again',
    async (_what, mode) => {
      const live = open();
      await live.connected();
      await proxy.setMode(mode);
      await unreachable(live);
      expect(live.container('qs-fa-web')?.state).toBe('running');
      await proxy.setMode({ kind: 'pass' });
      await expectLive(live, 'again');
    },
  );

  test('a connection that is cut once is made again at once', async () => {
    const live = open();
    await live.connected();
    proxy.dropConnections();
    await unreachable(live);
    await expectLive(live, 'cut');
  });

  test('a line that dies unnoticed is noticed by the next read, and made anew', async () => {
    const live = open();
    await live.connected();
    await proxy.setMode({ kind: 'half-open' });
    await expect(live.store.refresh()).rejects.toMatchObject({ reason: 'timeout', hint: 'silent' });
    await proxy.setMode({ kind: 'pass' });
    live.store.disconnect();
    live.store.connect();
    await expectLive(live, 'anew');
  });

  test('a slow engine is only slow', async () => {
    await proxy.setMode({ kind: 'delay', ms: 200 });
    await expectLive(open(), 'slow');
  });

  describe('a single call', () => {
    test.each([
      ['is cut in the head of its answer', { kind: 'cut', afterBytes: 20 }, { reason: 'unreachable' }],
      ['is cut in the body of its answer', { kind: 'cut', afterBytes: 700 }, { reason: 'unreachable' }],
      ['gets garbage', { kind: 'garbage' }, { reason: 'unexpected', hint: 'garbage' }],
      ['is not answered', { kind: 'silent' }, { reason: 'timeout', hint: 'silent' }],
    ] as const)('that %s fails so, and the next one is answered', async (_what, mode, expected) => {
      const engine = port();
      await engine.connect(never);
      await proxy.setMode(mode);
      expect(await failureOf(engine.list('container', never))).toMatchObject(expected);
      await proxy.setMode({ kind: 'pass' });
      expect((await engine.list('container', never)).length).toBeGreaterThan(0);
    });

    test('that waits for something is not given up for being silent', async () => {
      const engine = port();
      await engine.connect(never);
      const id = await sandbox.run('waits', 'busybox', '--', 'sleep', '4');
      // Twice as long as an answer may take.
      expect(await engine.waitContainer(id, never)).toBe(0);
    });

    test('whose output is cut says so after what came before it', async () => {
      const engine = port();
      await engine.connect(never);
      const id = await sandbox.run('cutlog', 'busybox', '--', 'seq', '20000');
      await engine.waitContainer(id, never);
      await proxy.setMode({ kind: 'cut', afterBytes: 100_000 });
      const logs = engine.logs(id, { follow: false, timestamps: false }, never);
      let bytes = 0;
      const reading = (async () => {
        for await (const { data } of logs) bytes += data.length;
      })();
      expect(await failureOf(reading)).toMatchObject({ reason: 'unreachable' });
      expect(bytes).toBeGreaterThan(1000);
    });

    test('that streams ends when the connection is dropped, in logs, exec and events alike', async () => {
      const engine = port();
      await engine.connect(never);
      const name = sandbox.name('web');
      const logs = textOf(engine.logs(name, { follow: true, timestamps: false }, never));
      const { ended } = await engine.events(() => undefined, never);
      const waiting = engine.waitContainer(name, never);
      await waitFor({ what: 'the requests', deadlineMs: patienceMs }, () =>
        ['/logs', '/wait', '/events'].every((part) =>
          proxy.requests().some(({ path }) => path.includes(part)),
        ),
      );
      proxy.dropConnections();
      expect(await failureOf(logs)).toMatchObject({ reason: 'unreachable' });
      expect(await failureOf(waiting)).toMatchObject({ reason: 'unreachable' });
      expect(await ended).toMatchObject({ reason: 'unreachable' });
    });
  });
});
