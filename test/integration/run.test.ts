import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { object, text } from '../../src/base/json.ts';
import type { ContainerSpec, Engine as EnginePort } from '../../src/engine/engine.ts';
import { plainRun, type RunOptions } from '../../src/model/runOptions.ts';
import { usesHostEngine } from '../bed/bed.ts';
import { describeBed, failureOf, kinds, never, Sandbox } from './sandbox.ts';

/* The port's contract about making containers, kept by both engines. */

describeBed.each(kinds)('containers made on the %s engine', (kind) => {
  let sandbox: Sandbox;
  let engine: EnginePort;

  beforeAll(async () => {
    sandbox = await Sandbox.open(kind, 'qs-run');
    engine = await sandbox.connect();
    await sandbox.bed.cli(['network', 'create', '--subnet', '10.91.1.0/24', sandbox.name('back')]);
    await sandbox.bed.cli(['network', 'create', sandbox.name('front')]);
  });

  afterAll(async () => {
    await sandbox.close();
  });

  const labels = () => ({ 'quayside.bed': sandbox.bed.name });
  const create = (word: string, spec: ContainerSpec): Promise<string> =>
    engine.createContainer({ labels: labels(), ...spec, name: sandbox.name(word) }, never);

  const everything = (): RunOptions => ({
    name: sandbox.name('all'),
    image: 'quay/tools:1',
    platform: 'linux/amd64',
    entrypoint: 'sh',
    command: ['-c', 'sleep 1000', 'a  b'],
    ports: [
      { hostIp: '127.0.0.1', hostPort: '', containerPort: 80, protocol: 'tcp' },
      { hostIp: '127.0.0.1', hostPort: '18431', containerPort: 80, protocol: 'tcp' },
      { hostIp: '127.0.0.1', hostPort: '18432-18440', containerPort: 53, protocol: 'udp' },
    ],
    publishesAll: true,
    mounts: [
      { type: 'bind', source: '/tmp', target: '/host', isReadOnly: true, extra: 'z' },
      { type: 'volume', source: sandbox.name('vol'), target: '/vol', isReadOnly: false, extra: '' },
      { type: 'tmpfs', source: '', target: '/ram', isReadOnly: false, extra: 'size=8m' },
    ],
    env: { GREETING: 'größe = 1', EMPTY: '' },
    envFiles: [],
    networks: [
      { name: sandbox.name('back'), aliases: ['db', 'store'], ipAddress: '10.91.1.77' },
      { name: sandbox.name('front'), aliases: ['shop'], ipAddress: '' },
    ],
    cpus: 0.5,
    memoryBytes: 64 * 1024 * 1024,
    pidsLimit: 50,
    restart: { name: 'on-failure', maxRetries: 3 },
    labels: { ...labels(), own: 'a=b' },
    user: '1:1',
    workingDir: '/ram',
    hostname: 'box',
    hasTerminal: true,
    isInteractive: true,
    isRemovedAtEnd: false,
  });

  test('with every option are as was asked for, and their recipe tells it again', async () => {
    const options = everything();
    const id = await engine.createContainer(options, never);
    await engine.startContainer(id, never);
    const raw = object(await engine.inspect('container', id, never));
    expect(raw).toMatchObject({
      Name: `/${options.name}`,
      Config: {
        Entrypoint: ['sh'],
        Cmd: ['-c', 'sleep 1000', 'a  b'],
        User: '1:1',
        WorkingDir: '/ram',
        Hostname: 'box',
        Tty: true,
        OpenStdin: true,
        Env: expect.arrayContaining(['GREETING=größe = 1', 'EMPTY=']) as unknown,
        Labels: expect.objectContaining({ own: 'a=b' }) as unknown,
      },
      HostConfig: {
        Memory: 64 * 1024 * 1024,
        NanoCpus: 500_000_000,
        PidsLimit: 50,
        RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 },
        PublishAllPorts: true,
        Tmpfs: { '/ram': 'size=8m' },
      },
    });
    const container = await engine.read('container', id, never);
    expect(container.state).toBe('running');
    expect(container.networks.map(({ name }) => name)).toEqual([sandbox.name('back'), sandbox.name('front')]);
    expect(container.networks[0]?.ipAddress).toBe('10.91.1.77');
    const published = container.ports.filter(({ containerPort }) => containerPort === 80);
    expect(published.map(({ host }) => host?.ip)).toEqual(['127.0.0.1', '127.0.0.1']);
    expect(published.map(({ host }) => host?.port)).toContain(18431);
    const recipe = await engine.containerRecipe(id, never);
    // What the image and the platform have to do with it, the engine does not tell again.
    expect(sorted({ ...recipe.options, platform: options.platform })).toEqual(
      sorted({
        ...options,
        // The image has the other one too.
        labels: { own: 'a=b' },
        mounts: [
          ...options.mounts,
          // The image has a volume that nobody named.
          {
            type: 'volume',
            source: anonymousVolume(raw),
            target: '/var/tools',
            isReadOnly: false,
            extra: '',
          },
        ],
      }),
    );
    expect(recipe.keptNames).toEqual([]);
    await engine.removeContainer(id, never, { force: true, volumes: true });
  });

  test('with nothing but an image are as it says; a recipe then says nothing else', async () => {
    const id = await create('plain', { image: 'quay/web:1' });
    const { options } = await engine.containerRecipe(id, never);
    expect(options).toEqual({
      ...plainRun,
      name: sandbox.name('plain'),
      image: 'quay/web:1',
      labels: expect.anything() as unknown,
    });
    expect(await engine.imageDefaults('quay/web:1', never)).toMatchObject({
      ports: [{ containerPort: 8080, protocol: 'tcp' }],
      command: ['run-web'],
    });
  });

  test('from a recipe keep what it has no word for', async () => {
    const first = await sandbox.create(
      'first',
      'quay/tools:1',
      ...[
        '--cap-add',
        'NET_ADMIN',
        '--health-cmd',
        'true',
        '--ulimit',
        'nofile=99',
        '--add-host',
        'x:1.2.3.4',
      ],
    );
    const recipe = await engine.containerRecipe(first, never);
    expect(recipe.keptNames).toEqual(
      expect.arrayContaining(['Healthcheck', 'CapAdd', 'Ulimits', 'ExtraHosts']),
    );
    const second = await engine.createContainer(
      { ...recipe.options, name: sandbox.name('second'), memoryBytes: 32 * 1024 * 1024 },
      never,
      recipe.kept,
    );
    expect(await engine.inspect('container', second, never)).toMatchObject({
      Config: { Healthcheck: { Test: ['CMD-SHELL', 'true'] } },
      HostConfig: {
        CapAdd: ['NET_ADMIN'],
        ExtraHosts: ['x:1.2.3.4'],
        Ulimits: [expect.objectContaining({ Name: 'nofile', Hard: 99 })],
        Memory: 32 * 1024 * 1024,
      },
    });
    await engine.startContainer(second, never);
    await engine.removeContainer(second, never, { force: true });
  });

  test('attached give what they say and take what is typed; the end is heard of', async () => {
    const id = await create('attached', {
      image: 'quay/tools:1',
      command: ['sh', '-c', 'read line; echo "got $line"; exit 4'],
      hasTerminal: true,
      isInteractive: true,
      isRemovedAtEnd: true,
    });
    const attached = await engine.attachContainer(id, never);
    const ended = engine.waitContainer(id, never, 'next-exit');
    await engine.startContainer(id, never);
    await attached.resize(100, 30);
    attached.write('hello\n');
    let said = '';
    for await (const { data } of attached.output) said += Buffer.from(data).toString();
    expect(said).toContain('got hello');
    expect(await ended).toBe(4);
  });

  describe('that cannot be made or started say why', () => {
    test.each<[string, string, ContainerSpec]>([
      ['noImage', 'no-image', { image: 'qs-run-none:1' }],
      ['commandMissing', 'no-command', { image: 'quay/tools:1', command: ['/no/such/program'] }],
      ['commandMissing', 'no-entry', { image: 'quay/tools:1', entrypoint: 'nosuchprogram' }],
      ['commandDenied', 'denied', { image: 'quay/tools:1', command: ['/etc'] }],
      ['noUser', 'no-user', { image: 'quay/tools:1', user: 'nobodyelse' }],
      ['badWorkingDir', 'bad-dir', { image: 'quay/tools:1', workingDir: 'relative' }],
      [
        'noNetwork',
        'no-net',
        { image: 'quay/tools:1', networks: [{ name: 'qs-run-gone', aliases: [], ipAddress: '' }] },
      ],
      ['badLimit', 'bad-memory', { image: 'quay/tools:1', memoryBytes: 1024 }],
      ['badLimit', 'bad-cpus', { image: 'quay/tools:1', cpus: 4096 }],
      ['noCommand', 'no-cmd', { image: 'busybox', entrypoint: '', command: [] }],
    ])('%s', async (problem, word, spec) => {
      const attempt = async (): Promise<void> => {
        await engine.startContainer(await create(word, spec), never);
      };
      expect(await failureOf(attempt())).toMatchObject({ name: 'EngineError', problem });
    });

    test('nameTaken, portTaken of a container and of another program', async () => {
      const port = { hostIp: '127.0.0.1', hostPort: '18450', containerPort: 80, protocol: 'tcp' } as const;
      const holder = await create('holder', { image: 'quay/tools:1', ports: [port] });
      expect(await failureOf(create('holder', { image: 'quay/tools:1' }))).toMatchObject({
        problem: 'nameTaken',
        subject: sandbox.name('holder'),
      });
      await engine.startContainer(holder, never);
      const rival = await create('rival', { image: 'quay/tools:1', ports: [port] });
      expect(await failureOf(engine.startContainer(rival, never))).toMatchObject({
        problem: 'portTaken',
        subject: '127.0.0.1:18450',
      });
      if (usesHostEngine()) return;
      await engine.removeContainer(holder, never, { force: true });
      const { createServer } = await import('node:net');
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(18450, '127.0.0.1', resolve));
      expect(await failureOf(engine.startContainer(rival, never))).toMatchObject({ problem: 'portTaken' });
      await new Promise((resolve) => server.close(resolve));
    });

    test('a second network that is not there leaves no container behind', async () => {
      const networks = ['front', 'none-such'].map((word) => ({
        name: sandbox.name(word),
        aliases: [],
        ipAddress: '',
      }));
      expect(await failureOf(create('half', { image: 'quay/tools:1', networks }))).toMatchObject({
        problem: 'noNetwork',
        subject: sandbox.name('none-such'),
      });
      await expect(engine.read('container', sandbox.name('half'), never)).rejects.toMatchObject({
        reason: 'notFound',
      });
    });
  });
});

/** The engine sorts some lists its own way. */
function sorted(options: RunOptions): unknown {
  const by =
    (of: (each: { readonly target: string }) => string) => (a: { readonly target: string }, b: typeof a) =>
      of(a) < of(b) ? -1 : 1;
  return {
    ...options,
    mounts: [...options.mounts].sort(by(({ target }) => target)),
    ports: [...options.ports].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
    networks: options.networks.map((each) => ({ ...each, aliases: [...each.aliases].sort() })),
  };
}

function anonymousVolume(raw: Readonly<Record<string, unknown>>): string {
  const mounts = Array.isArray(raw['Mounts']) ? raw['Mounts'].map(object) : [];
  return text(mounts.find((mount) => mount['Destination'] === '/var/tools')?.['Name']);
}
