import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine as EnginePort } from '../../src/engine/engine.ts';
import type { Container } from '../../src/model/container.ts';
import { usesHostEngine, waitFor } from '../bed/bed.ts';
import { describeBed, drain, failureOf, kinds, never, patienceMs, Sandbox, textOf } from './sandbox.ts';

/* The port's contract about containers, kept by both engines. */

describeBed.each(kinds)('containers of the %s engine', (kind) => {
  let sandbox: Sandbox;
  let engine: EnginePort;

  beforeAll(async () => {
    sandbox = await Sandbox.open(kind, 'qs-ct');
    engine = await sandbox.connect();
  });

  afterAll(async () => {
    await sandbox.close();
  });

  const stateOf = async (id: string): Promise<Container['state']> =>
    (await engine.read('container', id, never)).state;

  const listed = async (id: string): Promise<Container> => {
    const found = (await engine.list('container', never)).find((container) => container.id === id);
    if (found === undefined) throw new Error(`${id} is not listed`);
    return found;
  };

  test('the engine says who it is and which API is spoken', async () => {
    const version = await engine.connect(never);
    expect(version).toMatchObject({ product: 'Docker', os: 'linux' });
    expect(version.version).toMatch(kind === 'old' ? /^20\.10/ : /^\d+\./);
    // Somebody's own engine may be of any age.
    if (!usesHostEngine()) expect(version.apiVersion).toBe(kind === 'old' ? '1.41' : '1.45');
  });

  test('its own words are there untouched', async () => {
    const { version, info } = await engine.describe(never);
    expect(version).toMatchObject({ ApiVersion: expect.stringMatching(/^1\.\d+$/) as string });
    expect(info).toMatchObject({ ServerVersion: expect.stringMatching(/^\d+\./) as string });
    const id = await sandbox.create('raw', 'quay/hello:1');
    expect(await engine.inspect('container', id, never)).toMatchObject({
      Id: id,
      Config: { Image: 'quay/hello:1' },
    });
  });

  describe('a list and a read', () => {
    test('say the same of containers in every state', async () => {
      const network = sandbox.name('net');
      await sandbox.bed.cli(['network', 'create', network]);
      await sandbox.run(
        'all',
        'quay/web:1',
        ...[
          '-p',
          '127.0.0.1::8080',
          '--expose',
          '9000',
          '--network',
          network,
          '-v',
          `${sandbox.name('vol')}:/v:ro`,
        ],
        ...[
          '-v',
          '/tmp:/host',
          '-l',
          'com.docker.compose.project=shop',
          '-l',
          'com.docker.compose.service=web',
        ],
      );
      await sandbox.create('created', 'quay/hello:1', '--', 'echo', 'two words', 'one');
      await sandbox.bed.cli(['pause', await sandbox.run('paused', 'quay/tools:1')]);
      const ended = await sandbox.run('ended', 'busybox', '--', 'sh', '-c', 'exit 3');
      expect(await engine.waitContainer(ended, never)).toBe(3);
      // The engine's list is a copy that follows its containers by a moment.
      const list = async () => await engine.list('container', never);
      await waitFor({ what: 'its end in the list', deadlineMs: patienceMs }, async () =>
        (await list()).some(({ id, state }) => id === ended && state === 'exited'),
      );
      const all = (await list()).filter(({ name }) => name.startsWith('qs-ct-'));
      expect(all.length).toBeGreaterThanOrEqual(4);
      for (const container of all) {
        const exact = await engine.read('container', container.id, never);
        expect(container).toEqual({
          ...exact,
          // The list rounds the times, and does not know of failed probes and killed processes.
          stateSince: container.stateSince,
          oomKilled: false,
          health: exact.health === undefined ? undefined : { status: exact.health.status },
        });
      }
    });

    test('know ports, mounts, networks and compose', async () => {
      const container = await engine.read('container', sandbox.name('all'), never);
      expect(container).toMatchObject({
        name: 'qs-ct-all',
        image: 'quay/web:1',
        state: 'running',
        ports: [
          { containerPort: 8080, protocol: 'tcp', host: { ip: '127.0.0.1' } },
          { containerPort: 9000, protocol: 'tcp' },
        ],
        mounts: [
          { type: 'bind', source: '/tmp', target: '/host', readOnly: false },
          { type: 'volume', source: 'qs-ct-vol', target: '/v', readOnly: true },
        ],
        networks: [{ name: 'qs-ct-net' }],
        compose: { project: 'shop', service: 'web' },
      });
      expect(container.networks[0]?.ipAddress).toMatch(/^\d+\.\d+\.\d+\.\d+$/);
    });

    test('the times of a list are near the exact ones', async () => {
      const { id, stateSince = 0 } = await engine.read('container', sandbox.name('all'), never);
      const rounded = (await listed(id)).stateSince ?? 0;
      expect(Math.abs(rounded - stateSince)).toBeLessThan(60_000);
    });
  });

  describe('lifecycle', () => {
    test('start, pause, unpause, stop and start again do what they say', async () => {
      const id = await sandbox.create('life', 'quay/tools:1');
      expect(await stateOf(id)).toBe('created');
      await engine.startContainer(id, never);
      expect(await stateOf(id)).toBe('running');
      await engine.pauseContainer(id, never);
      expect(await stateOf(id)).toBe('paused');
      await engine.unpauseContainer(id, never);
      expect(await stateOf(id)).toBe('running');
      await engine.stopContainer(id, never, 5);
      expect(await engine.read('container', id, never)).toMatchObject({ state: 'exited', exitCode: 0 });
      await engine.startContainer(id, never);
      expect(await stateOf(id)).toBe('running');
    });

    test('a verb that finds nothing left to do succeeds', async () => {
      const id = await sandbox.run('twice', 'quay/tools:1');
      await engine.startContainer(id, never);
      await engine.stopContainer(id, never, 5);
      await engine.stopContainer(id, never, 5);
      expect(await stateOf(id)).toBe('exited');
    });

    test('restart makes it run anew', async () => {
      const id = await sandbox.run('restart', 'quay/tools:1');
      const before = (await engine.read('container', id, never)).stateSince ?? 0;
      await engine.restartContainer(id, never);
      const after = await engine.read('container', id, never);
      expect(after.state).toBe('running');
      expect(after.stateSince).toBeGreaterThan(before);
    });

    test('kill sends the signal that is named', async () => {
      const id = await sandbox.run(
        'kill',
        'busybox',
        '--',
        'sh',
        '-c',
        'trap "exit 42" USR1; echo set; while :; do sleep 0.1; done',
      );
      await waitFor({ what: 'the trap', deadlineMs: patienceMs }, async () =>
        (await sandbox.bed.cli(['logs', id])).includes('set'),
      );
      await engine.killContainer(id, 'SIGUSR1', never);
      expect(await engine.waitContainer(id, never)).toBe(42);
      expect(await engine.read('container', id, never)).toMatchObject({ state: 'exited', exitCode: 42 });
    });

    test('rename gives it its new name, and the old one is free', async () => {
      const id = await sandbox.create('before', 'quay/hello:1');
      await engine.renameContainer(id, sandbox.name('after'), never);
      expect((await engine.read('container', id, never)).name).toBe('qs-ct-after');
      await expect(engine.read('container', sandbox.name('before'), never)).rejects.toMatchObject({
        reason: 'notFound',
      });
    });

    test('remove takes it away, with its anonymous volumes only when asked to', async () => {
      const [kept, dropped] = [
        await sandbox.create('kept', 'quay/tools:1'),
        await sandbox.create('dropped', 'quay/tools:1'),
      ];
      const volumeOf = async (id: string): Promise<string> =>
        (await engine.read('container', id, never)).mounts[0]?.source ?? '';
      const [left, gone] = [await volumeOf(kept), await volumeOf(dropped)];
      await engine.removeContainer(kept, never);
      await engine.removeContainer(dropped, never, { volumes: true });
      await expect(engine.read('container', kept, never)).rejects.toMatchObject({ reason: 'notFound' });
      expect((await engine.read('volume', left, never)).name).toBe(left);
      await expect(engine.read('volume', gone, never)).rejects.toMatchObject({ reason: 'notFound' });
      await engine.removeVolume(left, never);
    });

    test('create, start and wait run a container to its end', async () => {
      const id = await engine.createContainer(
        {
          image: 'busybox',
          name: sandbox.name('spec'),
          command: ['sh', '-c', 'exit 7'],
          labels: { 'quayside.bed': sandbox.bed.name, own: 'größe' },
        },
        never,
      );
      await engine.startContainer(id, never);
      expect(await engine.waitContainer(id, never)).toBe(7);
      expect((await engine.read('container', id, never)).labels['own']).toBe('größe');
    });
  });

  describe('a verb that cannot be done', () => {
    test('is a conflict where the state or a name is in the way', async () => {
      const running = await sandbox.run('busy', 'quay/tools:1');
      const other = await sandbox.create('other', 'quay/hello:1');
      const conflict = { reason: 'conflict' };
      expect(await failureOf(engine.removeContainer(running, never))).toMatchObject(conflict);
      expect(await failureOf(engine.renameContainer(other, sandbox.name('busy'), never))).toMatchObject(
        conflict,
      );
      expect(await failureOf(engine.killContainer(other, 'SIGKILL', never))).toMatchObject(conflict);
      await engine.pauseContainer(running, never);
      expect(await failureOf(engine.pauseContainer(running, never))).toMatchObject(conflict);
      await engine.removeContainer(running, never, { force: true });
      await expect(engine.read('container', running, never)).rejects.toMatchObject({ reason: 'notFound' });
    });

    test('is not found where there is no such container, in the engine’s own words', async () => {
      const gone = 'qs-ct-gone';
      const failures = await Promise.all(
        [
          engine.startContainer(gone, never),
          engine.stopContainer(gone, never),
          engine.restartContainer(gone, never),
          engine.pauseContainer(gone, never),
          engine.unpauseContainer(gone, never),
          engine.killContainer(gone, 'SIGKILL', never),
          engine.renameContainer(gone, 'qs-ct-new', never),
          engine.removeContainer(gone, never),
          engine.waitContainer(gone, never),
          engine.processes(gone, never),
          engine.exec(gone, { command: ['true'] }, never),
          engine.pathStat(gone, '/etc/passwd', never),
          drain(engine.readArchive(gone, '/etc', never)),
          engine.writeArchive(gone, '/etc', nothing(), never),
          engine.read('container', gone, never),
          textOf(engine.logs(gone, { follow: false, timestamps: false }, never)),
          engine.createContainer({ image: 'qs-ct-no-such-image:1' }, never),
        ].map(failureOf),
      );
      for (const failure of failures)
        expect(failure).toMatchObject({
          reason: 'notFound',
          message: expect.stringMatching(/no such/i) as string,
        });
    });

    test('is not found for ids that could lead elsewhere, and nothing is sent', async () => {
      const proxy = await sandbox.proxy();
      const through = await sandbox.connect(proxy.socket);
      await sandbox.create('victim', 'quay/hello:1');
      proxy.reset();
      for (const id of [
        '',
        '.',
        '..',
        '../',
        'a b',
        '?x',
        'qs-ct-victim?x',
        'qs-ct-victim#',
        '../images/x',
        'a//b',
        '/',
        '\n',
      ]) {
        const calls = [
          through.startContainer(id, never),
          through.stopContainer(id, never),
          through.restartContainer(id, never),
          through.pauseContainer(id, never),
          through.unpauseContainer(id, never),
          through.killContainer(id, 'SIGKILL', never),
          through.renameContainer(id, 'qs-ct-new', never),
          through.removeContainer(id, never, { force: true }),
          through.waitContainer(id, never),
          through.processes(id, never),
          through.exec(id, { command: ['true'] }, never),
          through.pathStat(id, '/etc/passwd', never),
          drain(through.readArchive(id, '/etc', never)),
          through.writeArchive(id, '/etc', nothing(), never),
          through.removeImage(id, never),
          through.removeVolume(id, never),
          through.removeNetwork(id, never),
          through.read('container', id, never),
          through.read('image', id, never),
          through.inspect('volume', id, never),
          through.inspect('network', id, never),
        ];
        for (const failure of await Promise.all(calls.map(failureOf)))
          expect(failure, id).toMatchObject({ reason: 'notFound' });
      }
      expect(proxy.requests()).toEqual([]);
      expect(await stateOf(sandbox.name('victim'))).toBe('created');
    });
  });

  describe('processes', () => {
    test('processes have pid, user and command', async () => {
      const id = await sandbox.run('top', 'busybox', '--', 'sleep', '1000');
      expect(await engine.processes(id, never)).toEqual([
        { pid: expect.stringMatching(/^\d+$/) as string, user: 'root', command: 'sleep 1000' },
      ]);
    });

    test('of a container that does not run are a conflict or an error, never an empty list', async () => {
      const id = await sandbox.create('asleep', 'quay/hello:1');
      expect(await failureOf(engine.processes(id, never))).toMatchObject({ name: 'EngineError' });
    });
  });
});

/** A tar with nothing in it. */
async function* nothing(): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield new Uint8Array(1024);
}
