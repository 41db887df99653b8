import { describe, expect, test } from 'vitest';
import { detailsOf } from '../../../../src/engine/docker/records/detailsRecords.ts';
import { wholeRecipe } from '../../../../src/engine/docker/records/wholeRecipe.ts';
import { engineFixtures, engineKinds } from '../../../support/fixtures.ts';

const inspected = {
  Id: 'abcdef0123456789',
  Name: '/web',
  Created: '2026-01-15T11:00:00.5Z',
  Image: 'sha256:1234',
  RestartCount: 2,
  State: {
    Status: 'running',
    ExitCode: 0,
    Error: '',
    OOMKilled: false,
    Pid: 4711,
    StartedAt: '2026-01-15T11:30:00Z',
    FinishedAt: '0001-01-01T00:00:00Z',
    Health: {
      Status: 'unhealthy',
      FailingStreak: 3,
      Log: [
        { Start: '2026-01-15T11:58:00Z', End: '2026-01-15T11:58:01Z', ExitCode: 0, Output: 'old\n' },
        { Start: '2026-01-15T11:59:00Z', End: '2026-01-15T11:59:01Z', ExitCode: 1, Output: 'refused\n' },
      ],
    },
  },
  Config: {
    Image: 'shop/web:1',
    Env: ['A=1=2', 'BARE'],
    Cmd: ['run', 'it'],
    Entrypoint: ['/init'],
    Labels: { long: 'x'.repeat(300) },
    User: '1000',
    WorkingDir: '/app',
    Hostname: 'abcdef012345',
    StopSignal: 'SIGINT',
    Healthcheck: { Test: ['CMD', 'probe'], Interval: 30_000_000_000, Retries: 3 },
    ExposedPorts: { '80/tcp': {}, '7/udp': {} },
  },
  HostConfig: {
    NetworkMode: 'back',
    Memory: 67_108_864,
    MemorySwap: 134_217_728,
    CpuQuota: 50_000,
    PidsLimit: 100,
    RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 },
    CapAdd: ['NET_ADMIN'],
    ReadonlyRootfs: true,
    Ulimits: [{ Name: 'nofile', Soft: 1024, Hard: 2048 }],
    Tmpfs: { '/run': 'ro,size=64m' },
    LogConfig: { Type: 'json-file', Config: { 'max-size': '10m' } },
    PortBindings: { '80/tcp': [{ HostIp: '', HostPort: '8080' }] },
    DeviceRequests: [{ Driver: 'nvidia', Count: -1 }],
    GroupAdd: null,
  },
  Mounts: [
    { Type: 'volume', Name: 'pages', Source: '/var/lib/x', Destination: '/pages', Driver: 'local', RW: true },
    { Type: 'bind', Source: '/srv', Destination: '/data', Mode: 'z', RW: false, Propagation: 'rprivate' },
  ],
  NetworkSettings: {
    Ports: { '80/tcp': [{ HostIp: '0.0.0.0', HostPort: '8080' }] },
    Networks: {
      back: {
        NetworkID: 'n1',
        IPAddress: '10.0.0.5',
        Gateway: '10.0.0.1',
        MacAddress: '02:42',
        Aliases: ['db'],
      },
    },
  },
};
const image = {
  Os: 'linux',
  Architecture: 'arm64',
  Variant: 'v8',
  RepoDigests: ['shop/web@sha256:99'],
  Config: { StopSignal: 'SIGINT', ExposedPorts: { '7/udp': {} } },
};

describe('the details of a container', () => {
  const details = detailsOf(inspected, image);

  test('its state, image and process', () => {
    expect(details).toMatchObject({
      id: 'abcdef0123456789',
      name: 'web',
      state: {
        state: 'running',
        startedAt: Date.UTC(2026, 0, 15, 11, 30),
        finishedAt: undefined,
        pid: 4711,
        restartCount: 2,
        restartPolicy: { name: 'on-failure', maxRetries: 3 },
        startFailure: undefined,
      },
      image: {
        reference: 'shop/web:1',
        id: 'sha256:1234',
        digests: ['shop/web@sha256:99'],
        platform: 'linux/arm64/v8',
        isGone: false,
      },
      entrypoint: ['/init'],
      command: ['run', 'it'],
      workingDir: '/app',
      user: '1000',
    });
    expect(details.labels['long']).toHaveLength(300);
    expect(details.env).toEqual([
      ['A', '1=2'],
      ['BARE', ''],
    ]);
  });

  test('the newest probe comes first', () => {
    expect(details.health).toMatchObject({
      status: 'unhealthy',
      failingStreak: 3,
      check: { test: ['CMD', 'probe'], intervalMs: 30_000, timeoutMs: undefined, retries: 3 },
      probes: [{ exitCode: 1, output: 'refused\n' }, { exitCode: 0 }],
    });
  });

  test('what it is connected to, and what it may use', () => {
    expect(details.mounts).toEqual([
      {
        type: 'bind',
        name: '',
        source: '/srv',
        target: '/data',
        driver: '',
        mode: 'z,rprivate',
        isReadOnly: true,
      },
      {
        type: 'volume',
        name: 'pages',
        source: '/var/lib/x',
        target: '/pages',
        driver: 'local',
        mode: '',
        isReadOnly: false,
      },
      {
        type: 'tmpfs',
        name: '',
        source: '',
        target: '/run',
        driver: '',
        mode: 'ro,size=64m',
        isReadOnly: true,
      },
    ]);
    expect(details.networks).toMatchObject([{ name: 'back', ipAddress: '10.0.0.5', aliases: ['db'] }]);
    expect(details.limits).toEqual({ memoryBytes: 67_108_864, cpus: 0.5, pids: 100 });
    expect(details.extras).toMatchObject({
      isReadOnly: true,
      capAdd: ['NET_ADMIN'],
      groups: [],
      ulimits: [{ name: 'nofile', soft: 1024, hard: 2048 }],
      logOptions: { 'max-size': '10m' },
    });
  });

  test('a start that failed is told in our terms', () => {
    const said = 'OCI runtime create failed: exec: "nope": executable file not found in $PATH: unknown';
    const failed = detailsOf({ State: { Status: 'created', ExitCode: 127, Error: said } }, undefined);
    expect(failed.state.startFailure).toMatchObject({ problem: 'commandMissing', subject: 'nope' });
    expect(detailsOf({ State: { Status: 'created', Error: 'odd' } }, undefined).state).toMatchObject({
      error: 'odd',
      startFailure: undefined,
    });
  });

  test('of an inspection that says nothing there are details all the same', () => {
    expect(detailsOf({}, undefined)).toMatchObject({ name: '', health: undefined, image: { isGone: true } });
    expect(detailsOf(null, null).env).toEqual([]);
  });

  test.each(engineKinds)('recorded ones of the %s engine', (kind) => {
    for (const raw of engineFixtures(kind, 'containers.inspect.json')) {
      const { name, state, health } = detailsOf(raw, undefined);
      expect(name).not.toBe('');
      if (name === 'greedy') expect(state).toMatchObject({ exitCode: 137, isOomKilled: true });
      if (name === 'unhealthy') expect(health?.failingStreak).toBeGreaterThan(0);
    }
  });
});

describe('the recipe', () => {
  const { extras, unsaidNames, keptNames } = wholeRecipe(inspected, image);

  test('has what the container was given, not what its image says', () => {
    expect(extras).toMatchObject({
      stopSignal: '',
      exposedPorts: [],
      isReadOnly: true,
      memorySwapBytes: undefined,
    });
    expect(extras.healthcheck?.test).toEqual(['CMD', 'probe']);
  });

  test('names what it has no words for', () => {
    expect(keptNames).toContain('CapAdd');
    expect(unsaidNames).toEqual(['DeviceRequests']);
  });
});
