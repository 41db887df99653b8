import { describe, expect, test } from 'vitest';
import { createBody, endpointConfig, readKept } from '../../../../src/engine/docker/records/createBody.ts';
import { namesOfKept } from '../../../../src/engine/docker/records/keptNames.ts';
import { recipeOf } from '../../../../src/engine/docker/records/recipe.ts';
import { bindOf } from '../../../../src/engine/docker/records/recipeMounts.ts';
import { plainRun, type RunOptions } from '../../../../src/model/runOptions.ts';

const nothing = readKept(undefined);

const everything: RunOptions = {
  name: 'web',
  image: 'quay/web:1',
  platform: 'linux/amd64',
  entrypoint: 'sh',
  command: ['-c', 'echo "$HOME"'],
  ports: [
    { hostIp: '127.0.0.1', hostPort: '8080', containerPort: 80, protocol: 'tcp' },
    { hostIp: '', hostPort: '', containerPort: 80, protocol: 'tcp' },
    { hostIp: '', hostPort: '5000-5010', containerPort: 53, protocol: 'udp' },
  ],
  publishesAll: true,
  mounts: [
    { type: 'bind', source: '/srv', target: '/data', isReadOnly: true, extra: 'rslave' },
    { type: 'volume', source: 'pages', target: '/pages', isReadOnly: false, extra: '' },
    { type: 'volume', source: '', target: '/scratch', isReadOnly: false, extra: '' },
    { type: 'tmpfs', source: '', target: '/run', isReadOnly: false, extra: 'size=64m' },
  ],
  env: { A: '1', B: 'x=y' },
  envFiles: [],
  networks: [
    { name: 'back', aliases: ['db'], ipAddress: '10.0.0.5' },
    { name: 'front', aliases: [], ipAddress: '' },
  ],
  cpus: 1.5,
  memoryBytes: 512 * 1024 * 1024,
  pidsLimit: 100,
  restart: { name: 'on-failure', maxRetries: 3 },
  labels: { team: 'a' },
  user: '1000:1000',
  workingDir: '/data',
  hostname: 'box',
  hasTerminal: true,
  isInteractive: true,
  isRemovedAtEnd: false,
};

describe('the body of a container', () => {
  test('says all that was asked for', () => {
    expect(createBody(everything, nothing)).toEqual({
      Image: 'quay/web:1',
      Entrypoint: ['sh'],
      Cmd: ['-c', 'echo "$HOME"'],
      Env: ['A=1', 'B=x=y'],
      Labels: { team: 'a' },
      User: '1000:1000',
      WorkingDir: '/data',
      Hostname: 'box',
      Tty: true,
      OpenStdin: true,
      StdinOnce: false,
      ExposedPorts: { '80/tcp': {}, '53/udp': {} },
      Volumes: { '/scratch': {} },
      HostConfig: {
        Binds: ['/srv:/data:ro,rslave', 'pages:/pages'],
        Tmpfs: { '/run': 'size=64m' },
        PortBindings: {
          '80/tcp': [
            { HostIp: '127.0.0.1', HostPort: '8080' },
            { HostIp: '', HostPort: '' },
          ],
          '53/udp': [{ HostIp: '', HostPort: '5000-5010' }],
        },
        PublishAllPorts: true,
        NetworkMode: 'back',
        NanoCpus: 1_500_000_000,
        Memory: 536_870_912,
        PidsLimit: 100,
        RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 },
        AutoRemove: false,
      },
      NetworkingConfig: {
        EndpointsConfig: { back: { Aliases: ['db'], IPAMConfig: { IPv4Address: '10.0.0.5' } } },
      },
    });
  });

  test('leaves to the image what nobody said', () => {
    const body = createBody({ ...plainRun, image: 'x' }, nothing);
    expect(body).not.toHaveProperty('Cmd');
    expect(body).not.toHaveProperty('Entrypoint');
    expect(body).not.toHaveProperty('Hostname');
    expect(body).not.toHaveProperty('NetworkingConfig');
    expect(body).toMatchObject({ HostConfig: { NetworkMode: 'default', Binds: [], PortBindings: {} } });
    expect(createBody({ ...plainRun, image: 'x', entrypoint: '' }, nothing)).toMatchObject({
      Entrypoint: [''],
    });
  });

  test('keeps what there was beyond, and what is said now counts', () => {
    const kept = readKept({
      config: { StopSignal: 'SIGINT', ExposedPorts: { '9/tcp': {} } },
      hostConfig: { CapAdd: ['NET_ADMIN'], Memory: 1 },
      endpoints: { back: { IPAMConfig: { IPv6Address: 'fd00::5' }, DriverOpts: { a: 'b' } } },
    });
    expect(createBody(everything, kept)).toMatchObject({
      StopSignal: 'SIGINT',
      ExposedPorts: { '9/tcp': {}, '80/tcp': {} },
      HostConfig: { CapAdd: ['NET_ADMIN'], Memory: 536_870_912 },
    });
    expect(endpointConfig({ name: 'back', aliases: [], ipAddress: '10.0.0.5' }, kept)).toEqual({
      IPAMConfig: { IPv6Address: 'fd00::5', IPv4Address: '10.0.0.5' },
      DriverOpts: { a: 'b' },
    });
  });
});

/** As an engine answers for the container above, whose image says some of it. */
const inspected = {
  Id: 'abcdef0123456789',
  Name: '/web',
  Config: {
    Hostname: 'abcdef012345',
    User: '',
    Tty: true,
    OpenStdin: true,
    Env: ['A=1', 'PATH=/bin'],
    Cmd: ['-c', 'ls'],
    Entrypoint: ['sh', '-e'],
    Image: 'quay/web:1',
    WorkingDir: '/app',
    Labels: { own: '1', vendor: 'v' },
    ExposedPorts: { '80/tcp': {}, '9000/tcp': {}, '7/udp': {} },
    Volumes: { '/cache': {} },
    Healthcheck: { Test: ['CMD', 'true'] },
    StopSignal: 'SIGINT',
    OnBuild: null,
  },
  HostConfig: {
    Binds: ['/srv:/data:ro,z', 'pages:/pages:rw'],
    Mounts: [
      { Type: 'bind', Source: '/etc/x', Target: '/x', ReadOnly: true },
      { Type: 'volume', Source: 'nfs', Target: '/nfs', VolumeOptions: { NoCopy: true } },
    ],
    Tmpfs: { '/run': 'size=64m' },
    PortBindings: { '80/tcp': [{ HostIp: '', HostPort: '8080' }] },
    NetworkMode: 'shop',
    NanoCpus: 500_000_000,
    Memory: 1_048_576,
    MemorySwap: 2_097_152,
    PidsLimit: null,
    RestartPolicy: { Name: 'always', MaximumRetryCount: 0 },
    AutoRemove: false,
    CapAdd: ['NET_ADMIN'],
    ShmSize: 67_108_864,
    IpcMode: 'private',
    LogConfig: { Type: 'json-file', Config: {} },
    MaskedPaths: ['/proc/kcore'],
    Dns: [],
    Privileged: false,
  },
  Mounts: [
    { Type: 'bind', Source: '/srv', Destination: '/data' },
    { Type: 'volume', Name: 'f'.repeat(64), Destination: '/cache', RW: true },
    { Type: 'volume', Name: 'nfs', Destination: '/nfs', RW: true },
    { Type: 'volume', Name: 'pages', Destination: '/pages', RW: true },
  ],
  NetworkSettings: {
    Networks: {
      extra: { Aliases: null, IPAMConfig: null, NetworkID: 'n2' },
      shop: {
        Aliases: ['web', 'abcdef012345'],
        IPAMConfig: { IPv4Address: '10.0.0.5' },
        NetworkID: 'n1',
        IPAddress: '10.0.0.5',
      },
    },
  },
};
const image = {
  Config: {
    Env: ['PATH=/bin'],
    Cmd: ['run'],
    Entrypoint: null,
    Labels: { vendor: 'v' },
    ExposedPorts: { '9000/tcp': {} },
    Volumes: { '/cache': {} },
    WorkingDir: '/app',
    StopSignal: 'SIGINT',
  },
};

describe('the recipe of a container', () => {
  const { options, kept } = recipeOf(inspected, image);

  test('tells what was asked for from what the image says', () => {
    expect(options).toEqual({
      ...plainRun,
      name: 'web',
      image: 'quay/web:1',
      entrypoint: 'sh',
      command: ['-e', '-c', 'ls'],
      ports: [{ hostIp: '', hostPort: '8080', containerPort: 80, protocol: 'tcp' }],
      mounts: [
        { type: 'bind', source: '/srv', target: '/data', isReadOnly: true, extra: 'z' },
        { type: 'volume', source: 'pages', target: '/pages', isReadOnly: false, extra: '' },
        { type: 'tmpfs', source: '', target: '/run', isReadOnly: false, extra: 'size=64m' },
        { type: 'bind', source: '/etc/x', target: '/x', isReadOnly: true, extra: '' },
        { type: 'volume', source: 'f'.repeat(64), target: '/cache', isReadOnly: false, extra: '' },
      ],
      env: { A: '1' },
      networks: [
        { name: 'shop', aliases: ['web'], ipAddress: '10.0.0.5' },
        { name: 'extra', aliases: [], ipAddress: '' },
      ],
      cpus: 0.5,
      memoryBytes: 1_048_576,
      restart: { name: 'always', maxRetries: 0 },
      labels: { own: '1' },
      hasTerminal: true,
      isInteractive: true,
    });
  });

  test('keeps what the options have no word for, and names what is not as usual', () => {
    expect(kept.config).toEqual({ Healthcheck: { Test: ['CMD', 'true'] }, ExposedPorts: { '7/udp': {} } });
    expect(kept.hostConfig).toMatchObject({ CapAdd: ['NET_ADMIN'], ShmSize: 67_108_864 });
    expect(kept.hostConfig).not.toHaveProperty('MemorySwap');
    expect(kept.hostConfig['Mounts']).toEqual([
      { Type: 'volume', Source: 'nfs', Target: '/nfs', VolumeOptions: { NoCopy: true } },
    ]);
    expect(kept.endpoints).toEqual({ shop: { IPAMConfig: { IPv4Address: '10.0.0.5' } }, extra: {} });
    expect(namesOfKept(kept)).toEqual(['Healthcheck', 'ExposedPorts', 'CapAdd', 'Mounts']);
  });

  test.each([
    ['default', { bridge: {} }, []],
    ['bridge', { bridge: {}, extra: {} }, ['bridge', 'extra']],
    ['host', { host: {} }, ['host']],
    ['container:abc', {}, ['container:abc']],
    ['n1', { back: { NetworkID: 'n0' }, shop: { NetworkID: 'n1' } }, ['shop', 'back']],
  ])('of the network mode %s names its networks, the first one first', (mode, networks, names) => {
    const raw = { HostConfig: { NetworkMode: mode }, NetworkSettings: { Networks: networks } };
    expect(recipeOf(raw, {}).options.networks.map(({ name }) => name)).toEqual(names);
  });

  test.each([
    ['C:\\data:/data:ro', { type: 'bind', source: 'C:\\data', target: '/data', isReadOnly: true }],
    ['pages:C:\\pages', { type: 'volume', source: 'pages', target: 'C:\\pages' }],
    ['~/x:/x', { type: 'bind', source: '~/x', target: '/x' }],
  ])('reads the bind %s', (bind, mount) => {
    expect(bindOf(bind)).toMatchObject(mount);
  });
});
