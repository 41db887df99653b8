import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Logger, nullLogger } from '../../../src/base/logger.ts';
import type { FoundAuth } from '../../../src/model/registryAuth.ts';
import { RegistryCredentials } from '../../../src/registry/registryCredentials.ts';
import { writeCredentialHelper, writeProgram } from '../../support/credentialHelper.ts';

let folder = '';
let kept: Map<string, string>;
let warnings: string[];
const never = new AbortController().signal;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quayside-credentials-'));
  kept = new Map();
  warnings = [];
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function writeConfig(config: object): void {
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
}

/** The editor's storage is a map: there is no editor here. */
function open(get = (key: string) => Promise.resolve(kept.get(key))): RegistryCredentials {
  const log: Logger = { ...nullLogger, warn: (message) => warnings.push(message) };
  const secrets = {
    get,
    store: (key: string, value: string) => Promise.resolve(void kept.set(key, value)),
    delete: (key: string) => Promise.resolve(void kept.delete(key)),
  };
  return new RegistryCredentials(secrets, log, {
    env: { DOCKER_CONFIG: folder, PATH: `${join(folder, 'bin')}:/usr/bin:/bin` },
  });
}

async function found(credentials: RegistryCredentials, registry: string): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const { auth, isKept } of credentials.find(registry, never)) names.push(nameOf(auth, isKept));
  return names;
}

function nameOf({ registry, credential }: FoundAuth['auth'], isKept: boolean): string {
  const who =
    credential.kind === 'password' ? `${credential.username}:${credential.password}` : credential.token;
  return `${who}@${registry}${isKept ? ' (kept)' : ''}`;
}

const auth = Buffer.from('file:pw').toString('base64');

test('helper, docker config and the editor are asked in this order', async () => {
  writeCredentialHelper(join(folder, 'bin'), 'ours', { 'a.io': { Username: 'helper', Secret: 'pw' } });
  writeConfig({ credHelpers: { 'a.io': 'ours' }, auths: { 'a.io': { auth }, 'b.io': { auth } } });
  const credentials = open();
  await credentials.keep({
    registry: 'a.io',
    credential: { kind: 'password', username: 'editor', password: 'pw' },
  });
  expect(await found(credentials, 'a.io')).toEqual([
    'helper:pw@a.io',
    'file:pw@a.io',
    'editor:pw@a.io (kept)',
  ]);
  expect(await found(credentials, 'b.io')).toEqual(['file:pw@b.io']);
  expect(await found(credentials, 'c.io')).toEqual([]);
});

test('Docker Hub is known to helpers by its old name', async () => {
  writeCredentialHelper(join(folder, 'bin'), 'all', {
    'https://index.docker.io/v1/': { Username: '<token>', Secret: 'tok' },
  });
  writeConfig({ credsStore: 'all' });
  expect(await found(open(), 'docker.io')).toEqual(['tok@docker.io']);
});

test('what the editor keeps is forgotten when told so', async () => {
  const credentials = open();
  await credentials.keep({
    registry: 'a.io',
    credential: { kind: 'password', username: 'u', password: 'p' },
  });
  await credentials.forget('a.io');
  expect(await found(credentials, 'a.io')).toEqual([]);
});

test('a helper that is missing is left out, and the log says so', async () => {
  writeConfig({ credsStore: 'nowhere', auths: { 'a.io': { auth } } });
  expect(await found(open(), 'a.io')).toEqual(['file:pw@a.io']);
  expect(warnings).toEqual([
    'no login for a.io from its helper: docker-credential-nowhere is not in the PATH',
  ]);
});

test('a docker config that is broken, and a storage that fails, are left out too', async () => {
  writeFileSync(join(folder, 'config.json'), '{"auths": s3cret');
  expect(
    await found(
      open(() => Promise.reject(new Error('no key ring'))),
      'a.io',
    ),
  ).toEqual([]);
  expect(warnings).toEqual([
    expect.stringMatching(/^the docker config is left out: .*config\.json is not JSON$/),
    'the editor’s secret storage is left out: no key ring',
  ]);
});

test.each(['no JSON', '[]', '{"kind":"later"}', '{"kind":"password","username":3,"password":"p"}'])(
  'what is kept as %s is as good as nothing',
  async (text) => {
    kept.set('quayside.registry/a.io', text);
    expect(await found(open(), 'a.io')).toEqual([]);
  },
);

describe('signing in and out', () => {
  const bob: FoundAuth['auth'] = {
    registry: 'a.io',
    credential: { kind: 'password', username: 'bob', password: 'new' },
  };
  const config = (): unknown => JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'));

  test('goes by the helper where there is one, as docker login does', async () => {
    writeCredentialHelper(join(folder, 'bin'), 'ours', {});
    writeConfig({ credHelpers: { 'a.io': 'ours' } });
    const credentials = open();
    expect(await credentials.signIn(bob, never)).toBe('helper');
    expect(await found(credentials, 'a.io')).toEqual(['bob:new@a.io']);
    expect(kept.size).toBe(0);
    expect(await credentials.signOut('a.io', never)).toEqual(['helper']);
    expect(await found(credentials, 'a.io')).toEqual([]);
    const asked = readFileSync(join(folder, 'bin', 'docker-credential-ours.asked'), 'utf8').split('\n');
    expect(asked.filter((line) => !line.startsWith('get'))).toEqual(['store a.io', 'erase a.io', '']);
  });

  test('never writes a password into a config that has none of that registry', async () => {
    writeConfig({ auths: { 'b.io': { auth } } });
    const credentials = open();
    expect(await credentials.signIn(bob, never)).toBe('editor');
    expect(config()).toEqual({ auths: { 'b.io': { auth } } });
    expect(await found(credentials, 'a.io')).toEqual(['bob:new@a.io (kept)']);
    expect(await credentials.signOut('a.io', never)).toEqual(['editor']);
    expect(await credentials.signOut('a.io', never)).toEqual([]);
  });

  test('takes the place of the plain login in the config, with all else and its rights as they were', async () => {
    const others = { currentContext: 'x', HttpHeaders: { a: 'b' } };
    writeConfig({ ...others, auths: { 'https://a.io/v1/': { auth }, 'b.io': { auth } } });
    chmodSync(join(folder, 'config.json'), 0o600);
    const credentials = open();
    expect(await credentials.signIn(bob, never)).toBe('dockerConfig');
    const own = Buffer.from('bob:new').toString('base64');
    expect(config()).toEqual({ ...others, auths: { 'b.io': { auth }, 'a.io': { auth: own } } });
    expect(statSync(join(folder, 'config.json')).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['config.json']);
    expect(await credentials.signOut('a.io', never)).toEqual(['dockerConfig']);
    expect(config()).toEqual({ ...others, auths: { 'b.io': { auth } } });
  });

  test('fails without a word of the secret when the helper does', async () => {
    mkdirSync(join(folder, 'bin'));
    writeProgram(
      join(folder, 'bin'),
      'broken',
      '#!/bin/sh\ncat > /dev/null\necho the key ring is locked\nexit 1\n',
    );
    writeConfig({ credsStore: 'broken' });
    const failure = await open()
      .signIn(bob, never)
      .catch((error: unknown) => String(error));
    expect(failure).toBe('Error: docker-credential-broken failed: the key ring is locked');
    expect(kept.size).toBe(0);
  });

  test('leaves a config that is broken as it is', async () => {
    writeFileSync(join(folder, 'config.json'), '{"auths": s3cret');
    await expect(open().signIn(bob, never)).rejects.toThrow(/config\.json is not JSON$/);
    expect(readFileSync(join(folder, 'config.json'), 'utf8')).toBe('{"auths": s3cret');
  });
});

test('the registries that the docker config names are those of logins and helpers', async () => {
  writeConfig({
    auths: { 'https://index.docker.io/v1/': {}, 'a.io': {} },
    credHelpers: { 'b.io': 'x', 'a.io': 'x' },
  });
  expect(await open().servers()).toEqual(['docker.io', 'a.io', 'b.io']);
});

test('the helper of all logins tells of registries that the config does not name', async () => {
  const anna = { Username: 'anna', Secret: 'x' };
  writeCredentialHelper(join(folder, 'bin'), 'own', { 'https://index.docker.io/v1/': anna, 'c.io': anna });
  writeConfig({ credsStore: 'own' });
  expect(await open().storedServers(never)).toEqual(['docker.io', 'c.io']);
  writeConfig({ credsStore: 'nowhere' });
  expect(await open().storedServers(never)).toEqual([]);
  expect(warnings).toEqual([expect.stringContaining('docker-credential-nowhere is not in the PATH')]);
});
