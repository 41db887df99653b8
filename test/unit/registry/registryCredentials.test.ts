import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Logger, nullLogger } from '../../../src/base/logger.ts';
import type { FoundAuth } from '../../../src/model/registryAuth.ts';
import { RegistryCredentials } from '../../../src/registry/registryCredentials.ts';
import { writeCredentialHelper } from '../../support/credentialHelper.ts';

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
