import { createServer, type Server } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/base/async.ts';
import { replaceContainer } from '../../src/commands/container/replaceContainer.ts';
import type { Engine as EnginePort } from '../../src/engine/engine.ts';
import type { Container } from '../../src/model/container.ts';
import { EngineError } from '../../src/model/engineError.ts';
import type { RunOptions } from '../../src/model/runOptions.ts';
import { FakeEditor } from '../support/fakeDeps.ts';
import { describeOwnBed, failureOf, kinds, never, Sandbox } from './sandbox.ts';

/* A container in the place of another, on both engines: whatever goes wrong, the old one is there as it was. */

describeOwnBed.each(kinds)('a container recreated on the %s engine', (kind) => {
  let sandbox: Sandbox;
  let engine: EnginePort;

  beforeAll(async () => {
    sandbox = await Sandbox.open(kind, 'qs-rc');
    engine = await sandbox.connect();
    await sandbox.bed.cli(['network', 'create', sandbox.name('back')]);
    await sandbox.bed.cli(['network', 'create', sandbox.name('front')]);
  });

  afterEach(async () => {
    const all = await names();
    if (all.length > 0) await sandbox.bed.cli(['rm', '-fv', ...all]);
  });

  afterAll(async () => {
    await sandbox.close();
  });

  const names = async (): Promise<readonly string[]> =>
    (await engine.list('container', never))
      .map(({ name }) => name)
      .filter((name) => name.startsWith('qs-rc'))
      .sort();
  const volumes = async (): Promise<readonly string[]> =>
    (await engine.list('volume', never)).map(({ name }) => name).sort();
  const web = (): Promise<Container> => engine.read('container', sandbox.name('web'), never);

  /** One with a name in each of two networks, a named volume, one without a name that has something in it, and a port. */
  async function makeWeb(...options: readonly string[]): Promise<string> {
    const id = await sandbox.run(
      'web',
      'quay/tools:1',
      ...['--network', sandbox.name('back'), '--network-alias', 'db', '-p', '127.0.0.1:18460:80'],
      ...['-v', `${sandbox.name('data')}:/data`, '-v', '/scratch', '-e', 'A=1', '--cap-add', 'NET_ADMIN'],
      ...options,
    );
    await sandbox.bed.cli(['network', 'connect', '--alias', 'shop', sandbox.name('front'), id]);
    await sandbox.bed.cli(['exec', id, 'sh', '-c', 'echo kept > /scratch/file']);
    return id;
  }

  async function replace(
    id: string,
    change: Partial<RunOptions>,
    port: EnginePort = engine,
  ): Promise<string> {
    const editor = new FakeEditor();
    const owner = await editor.add(port, { isDisconnected: true });
    const deps = { ...editor.deps, clock: systemClock };
    const { options } = await engine.containerRecipe(id, never);
    return replaceContainer(
      deps,
      { engine: owner, id, name: sandbox.name('web') },
      { ...options, ...change },
      never,
    );
  }

  test('keeps its name, networks, volumes and all that the form does not know', async () => {
    const id = await makeWeb();
    const before = await engine.containerRecipe(id, never);
    const volumesBefore = await volumes();
    const newId = await replace(id, { env: { A: '2', B: '3' } });
    expect(newId).not.toBe(id);
    expect(await names()).toEqual([sandbox.name('web')]);
    expect(await web()).toMatchObject({ id: newId, state: 'running' });
    const after = await engine.containerRecipe(newId, never);
    expect(after.options).toEqual({ ...before.options, env: { A: '2', B: '3' } });
    expect(after.keptNames).toEqual(['CapAdd']);
    expect(after.options.networks.map(({ name, aliases }) => [name, aliases])).toEqual([
      [sandbox.name('back'), ['db']],
      [sandbox.name('front'), ['shop']],
    ]);
    expect(await volumes()).toEqual(volumesBefore);
    expect(await sandbox.bed.cli(['exec', newId, 'cat', '/scratch/file'])).toBe('kept\n');
    // Again: a volume that had no name has kept its place.
    await replace(newId, { env: {} });
    expect(await sandbox.bed.cli(['exec', sandbox.name('web'), 'cat', '/scratch/file'])).toBe('kept\n');
  });

  describe('is as it was when the new one', () => {
    /** The same container runs, alone, with what it had; volumes that were made for the new one are gone. */
    async function expectBack(id: string, volumesBefore: readonly string[]): Promise<void> {
      expect(await names()).toEqual([sandbox.name('web')]);
      expect(await web()).toMatchObject({ id, state: 'running' });
      expect(await sandbox.bed.cli(['exec', id, 'cat', '/scratch/file'])).toBe('kept\n');
      expect(await volumes()).toEqual(volumesBefore);
    }

    test.each<[string, Partial<RunOptions>, object]>([
      ['names no program', { command: ['/no/such'], entrypoint: undefined }, { problem: 'commandMissing' }],
      [
        'ends at once',
        { command: ['sh', '-c', 'exit 3'] },
        { message: expect.stringContaining('code 3') as string },
      ],
      ['has an image that cannot be had', { image: 'localhost:1/none:1' }, { reason: 'unexpected' }],
      [
        'has a network that is not there',
        { networks: [{ name: 'qs-rc-none', aliases: [], ipAddress: '' }] },
        { problem: 'noNetwork' },
      ],
      ['has a bad limit', { memoryBytes: 1 }, { problem: 'badLimit' }],
    ])('%s', async (_what, change, failure) => {
      const id = await makeWeb();
      const volumesBefore = await volumes();
      expect(await failureOf(replace(id, change))).toMatchObject(failure);
      await expectBack(id, volumesBefore);
    });

    test('finds a port taken by another program', async () => {
      const id = await makeWeb();
      const volumesBefore = await volumes();
      const server = await listen(18461);
      const ports = [{ hostIp: '127.0.0.1', hostPort: '18461', containerPort: 80, protocol: 'tcp' as const }];
      expect(await failureOf(replace(id, { ports }))).toMatchObject({ problem: 'portTaken' });
      await new Promise((resolve) => server.close(resolve));
      await expectBack(id, volumesBefore);
    });

    test.each(['createContainer', 'renameContainer', 'stopContainer', 'startContainer'] as const)(
      'fails at %s',
      async (step) => {
        const id = await makeWeb();
        const volumesBefore = await volumes();
        expect(await failureOf(replace(id, {}, failingOnce(engine, step)))).toMatchObject({ message: 'cut' });
        await expectBack(id, volumesBefore);
      },
    );
  });

  test('that is removed at its end is made again as it was', async () => {
    const id = await makeWeb('--rm');
    const { options } = await engine.containerRecipe(id, never);
    expect(await failureOf(replace(id, { command: ['sh', '-c', 'exit 3'] }))).toMatchObject({
      message: 'It ended at once, with exit code 3. Check the command and the environment.',
    });
    expect(await names()).toEqual([sandbox.name('web')]);
    const back = await web();
    expect(back.state).toBe('running');
    expect((await engine.containerRecipe(back.id, never)).options).toEqual(options);
    expect(await sandbox.bed.cli(['exec', back.id, 'cat', '/scratch/file'])).toBe('kept\n');
  });

  test('is not lost when the engine goes in between: the sentence says where it is', async () => {
    const id = await makeWeb();
    const proxy = await sandbox.proxy();
    const proxied = await sandbox.connect(proxy.socket);
    const going = instead(proxied, 'startContainer', async (start) => {
      await proxy.setMode({ kind: 'refuse' });
      await start();
    });
    expect(await failureOf(replace(id, {}, going))).toMatchObject({
      message: expect.stringMatching(
        /is still there\..*The old container is called qs-rc-web, or qs-rc-web-old-/,
      ) as string,
    });
    expect((await engine.read('container', id, never)).name).toMatch(/-old-/);
  });
});

/** The engine, but for one call that fails before anything is done. */
function failingOnce(engine: EnginePort, step: keyof EnginePort): EnginePort {
  let isDone = false;
  return instead(engine, step, async (call) => {
    if (isDone) return call();
    isDone = true;
    throw new EngineError('unreachable', 'cut');
  });
}

/** The engine, with something else in place of one kind of call. */
function instead(
  engine: EnginePort,
  step: keyof EnginePort,
  work: (call: () => Promise<unknown>) => Promise<unknown>,
): EnginePort {
  return new Proxy(engine, {
    get(target, name): unknown {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      const call = (args: unknown[]) => Reflect.apply(value, target, args) as Promise<unknown>;
      return name === step
        ? (...args: unknown[]) => work(() => call(args))
        : (...args: unknown[]) => call(args);
    },
  });
}

function listen(port: number): Promise<Server> {
  const server = createServer();
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(server)));
}
