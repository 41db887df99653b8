import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { discoverEngines } from '../../src/engine/docker/discover.ts';
import type { EngineDescription } from '../../src/engine/engineSet.ts';

/* Engines are found by files alone: a docker configuration folder and a home of the test's own, nothing is dialled. */

let folder = '';
let config = '';
const servers: Server[] = [];
const home = process.env['HOME'];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quayside-find-'));
  config = join(folder, 'docker');
  mkdirSync(config);
  process.env['HOME'] = join(folder, 'home');
});

afterEach(async () => {
  process.env['HOME'] = home;
  for (const server of servers.splice(0))
    await new Promise((resolve) => {
      server.close(resolve);
    });
  rmSync(folder, { recursive: true });
});

function addContext(
  name: string,
  host: string,
  options: { skipVerify?: boolean; tls?: Record<string, string> } = {},
): void {
  const hash = createHash('sha256').update(name).digest('hex');
  const meta = join(config, 'contexts/meta', hash);
  mkdirSync(meta, { recursive: true });
  const docker = { Host: host, SkipTLSVerify: options.skipVerify ?? false };
  writeFileSync(join(meta, 'meta.json'), JSON.stringify({ Name: name, Metadata: {}, Endpoints: { docker } }));
  if (options.tls === undefined) return;
  const tls = join(config, 'contexts/tls', hash, 'docker');
  mkdirSync(tls, { recursive: true });
  for (const [file, content] of Object.entries(options.tls)) writeFileSync(join(tls, file), content);
}

async function socketAt(path: string): Promise<void> {
  mkdirSync(join(path, '..'), { recursive: true });
  const server = createServer();
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(path, resolve);
  });
}

async function find(env: Record<string, string> = {}, address = ''): Promise<readonly EngineDescription[]> {
  const found = await discoverEngines({ env: { DOCKER_CONFIG: config, ...env }, address, platform: 'linux' });
  // The machine that runs the tests may have Podman's socket.
  return found.filter((engine) => !engine.address.startsWith('unix:///run/podman'));
}

const lines = (engines: readonly EngineDescription[]): readonly string[] =>
  engines.map(({ id, address }) => `${id} ${address}`);
const usual = 'default unix:///var/run/docker.sock';

describe('engines', () => {
  test('without any configuration are the default one alone', async () => {
    const [engine, ...others] = await find({ DOCKER_CONFIG: join(folder, 'none') });
    expect(engine).toMatchObject({
      id: 'default',
      name: 'default',
      isLocal: true,
      address: 'unix:///var/run/docker.sock',
    });
    expect(others).toEqual([]);
  });

  test('are those of the contexts, the chosen one first', async () => {
    addContext('work', 'tcp://10.0.0.5:2375');
    addContext('a b/c', 'unix:///tmp/other.sock');
    expect(lines(await find())).toEqual([usual, 'a-b-c unix:///tmp/other.sock', 'work tcp://10.0.0.5:2375']);
    writeFileSync(join(config, 'config.json'), JSON.stringify({ currentContext: 'work' }));
    expect(lines(await find())[0]).toBe('work tcp://10.0.0.5:2375');
    expect(lines(await find({ DOCKER_CONTEXT: 'a b/c' }))[0]).toBe('a-b-c unix:///tmp/other.sock');
    expect(lines(await find({ DOCKER_CONTEXT: 'default' }))[0]).toBe(usual);
  });

  test('begin with DOCKER_HOST, and before that with the setting', async () => {
    addContext('work', 'tcp://10.0.0.5:2375');
    const env = { DOCKER_HOST: 'tcp://10.0.0.6:2375', DOCKER_CONTEXT: 'work' };
    expect(lines(await find(env))).toEqual([
      'DOCKER_HOST tcp://10.0.0.6:2375',
      'work tcp://10.0.0.5:2375',
      usual,
    ]);
    expect(lines(await find(env, ' unix:///tmp/mine.sock '))[0]).toBe('settings unix:///tmp/mine.sock');
  });

  test.each(['DOCKER_CONFIG', 'DOCKER_CONTEXT', 'DOCKER_HOST'])('take an empty %s for none', async (name) => {
    const chosen = join(folder, 'home/.docker');
    config = name === 'DOCKER_CONFIG' ? chosen : config;
    mkdirSync(config, { recursive: true });
    addContext('work', 'tcp://10.0.0.5:2375');
    writeFileSync(join(config, 'config.json'), JSON.stringify({ currentContext: 'work' }));
    expect(lines(await find({ [name]: '' }))).toEqual(['work tcp://10.0.0.5:2375', usual]);
  });

  test('that DOCKER_HOST writes wrongly are there with the reason, beside the others', async () => {
    const [engine, ...others] = await find({ DOCKER_HOST: 'tcp//oops' });
    expect(engine).toMatchObject({ id: 'DOCKER_HOST', address: 'tcp//oops', endpoint: { kind: 'invalid' } });
    expect(lines(others)).toEqual([usual]);
    await expect(engine?.open().connect(new AbortController().signal)).rejects.toMatchObject({
      reason: 'unreachable',
      hint: 'endpoint',
      message: 'the address “tcp//oops” cannot be read: it has no scheme such as unix:// or tcp://',
    });
  });

  test('of a context that is not there are an error to say, not a reason to use another', async () => {
    const [engine] = await find({ DOCKER_CONTEXT: 'gone' });
    expect(engine).toMatchObject({ id: 'gone', endpoint: { kind: 'invalid' } });
    await expect(engine?.open().connect(new AbortController().signal)).rejects.toThrow(
      'no docker context has this name',
    );
  });

  test('over ssh are named, and said not to be supported', async () => {
    addContext('far', 'ssh://me@build.example');
    const far = (await find()).find(({ id }) => id === 'far');
    expect(far).toMatchObject({ address: 'ssh://me@build.example', isLocal: false });
    await expect(far?.open().connect(new AbortController().signal)).rejects.toMatchObject({
      reason: 'unsupported',
    });
  });

  test('reached two ways are one, the better name kept', async () => {
    const real = join(folder, 'real.sock');
    await socketAt(real);
    symlinkSync(real, join(folder, 'link.sock'));
    addContext('linked', `unix://${join(folder, 'link.sock')}`);
    addContext('remote', 'tcp://10.0.0.5:2375');
    expect(lines(await find({ DOCKER_HOST: `unix://${real}` }))).toEqual([
      `DOCKER_HOST unix://${real}`,
      usual,
      'remote tcp://10.0.0.5:2375',
    ]);
    expect(
      lines(await find({ DOCKER_HOST: 'tcp://10.0.0.5:2375' })).filter((line) => line.includes('10.0.0.5')),
    ).toHaveLength(1);
  });

  test('whose names are alike as ids stay apart', async () => {
    addContext('a b', 'tcp://10.0.0.1:1');
    addContext('a/b', 'tcp://10.0.0.2:1');
    expect((await find()).map(({ id }) => id)).toEqual(['default', 'a-b', 'a-b-2']);
  });

  test('of the usual products are found by their sockets, and only by sockets', async () => {
    const at = (path: string): string => join(folder, 'home', path);
    await socketAt(at('.colima/default/docker.sock'));
    await socketAt(at('.rd/docker.sock'));
    mkdirSync(at('.orbstack/run'), { recursive: true });
    writeFileSync(at('.orbstack/run/docker.sock'), '');
    await socketAt(join(folder, 'run/docker.sock'));
    const found = await find({ XDG_RUNTIME_DIR: join(folder, 'run') });
    expect(found.map(({ id }) => id)).toEqual(['default', 'rootless', 'rancher-desktop', 'colima-default']);
  });

  test('with broken files are found as if those were not there', async () => {
    addContext('work', 'tcp://10.0.0.5:2375');
    writeFileSync(join(config, 'config.json'), '{"currentContext":');
    mkdirSync(join(config, 'contexts/meta/broken'));
    writeFileSync(join(config, 'contexts/meta/broken/meta.json'), 'no json');
    mkdirSync(join(config, 'contexts/meta/empty'));
    writeFileSync(join(config, 'contexts/meta/empty/meta.json'), '{"Name":"empty","Endpoints":{}}');
    expect(lines(await find())).toEqual([usual, 'work tcp://10.0.0.5:2375']);
  });
});

describe('TLS material', () => {
  const tls = { 'ca.pem': 'CA', 'cert.pem': 'CERT', 'key.pem': 'KEY' };

  test('of a context comes with it', async () => {
    addContext('safe', 'tcp://10.0.0.5', { tls, skipVerify: true });
    const safe = (await find()).find(({ id }) => id === 'safe');
    expect(safe).toMatchObject({
      address: 'tcp://10.0.0.5:2376',
      endpoint: { tls: { ca: 'CA', cert: 'CERT', key: 'KEY', skipVerify: true } },
    });
  });

  test('of the environment is that of DOCKER_CERT_PATH, for any DOCKER_TLS_VERIFY', async () => {
    const certs = join(folder, 'certs');
    mkdirSync(certs);
    for (const [file, content] of Object.entries(tls)) writeFileSync(join(certs, file), content);
    const env = { DOCKER_HOST: 'tcp://10.0.0.5', DOCKER_CERT_PATH: certs };
    for (const verify of ['1', '0', 'no'])
      expect((await find({ ...env, DOCKER_TLS_VERIFY: verify }))[0]?.endpoint).toMatchObject({
        port: 2376,
        tls: { ca: 'CA', cert: 'CERT', key: 'KEY', skipVerify: false },
      });
    expect((await find({ ...env, DOCKER_TLS_VERIFY: '' }))[0]?.endpoint).toEqual({
      kind: 'tcp',
      host: '10.0.0.5',
      port: 2375,
    });
  });

  test('that is only in part there is used so', async () => {
    addContext('half', 'tcp://10.0.0.5', { tls: { 'ca.pem': 'CA' } });
    const half = (await find()).find(({ id }) => id === 'half');
    expect(half?.endpoint).toMatchObject({ tls: { ca: 'CA', skipVerify: false } });
    expect(half?.endpoint).not.toHaveProperty('tls.cert');
  });
});

test.each([
  ['unix:///tmp/x.sock', true],
  ['tcp://localhost:2375', true],
  ['tcp://127.0.0.1:2375', true],
  ['tcp://[::1]:2375', true],
  ['tcp://10.0.0.5:2375', false],
  ['tcp://localhost.example:2375', false],
  ['ssh://localhost', false],
])('the engine at %s is on this machine: %s', async (address, isLocal) => {
  expect((await find({}, address))[0]?.isLocal).toBe(isLocal);
});

test('on Windows the pipes are looked for', async () => {
  const found = await discoverEngines({ env: { DOCKER_CONFIG: config }, address: '', platform: 'win32' });
  expect(found.map(({ address }) => address)).toEqual([
    'npipe:////./pipe/docker_engine',
    'npipe:////./pipe/dockerDesktopLinuxEngine',
    'npipe:////./pipe/podman-machine-default',
  ]);
});
