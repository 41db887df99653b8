import { lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signedInEnvironment } from '../../../../src/engine/docker/signedInEnvironment.ts';
import type { RegistryAuth } from '../../../../src/model/registryAuth.ts';

let folder: string;
let own: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quayside-signed-'));
  own = join(folder, 'own');
  mkdirSync(join(own, 'cli-plugins'), { recursive: true });
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const kept: readonly RegistryAuth[] = [
  { registry: 'docker.io', credential: { kind: 'password', username: 'anna', password: 'pä:ss' } },
  { registry: 'localhost:5000', credential: { kind: 'identityToken', token: 't' } },
];

const configIn = (at: string | undefined): unknown =>
  JSON.parse(readFileSync(join(at ?? '', 'config.json'), 'utf8'));

describe('a docker CLI that is signed in', () => {
  it('has the user’s config, and the logins beside it', async () => {
    const config = {
      credsStore: 'keys',
      currentContext: 'lab',
      auths: { 'reg.test': { auth: 'YTpi' } },
      credHelpers: { 'other.test': 'x' },
    };
    writeFileSync(join(own, 'config.json'), JSON.stringify(config));
    const env = await signedInEnvironment({ DOCKER_CONFIG: own, PATH: '/bin' }, kept, folder);
    expect(env).toMatchObject({ PATH: '/bin', BUILDX_CONFIG: join(own, 'buildx') });
    const made = env['DOCKER_CONFIG'] ?? '';
    expect(configIn(made)).toEqual({
      ...config,
      auths: {
        'reg.test': { auth: 'YTpi' },
        'https://index.docker.io/v1/': { auth: Buffer.from('anna:pä:ss').toString('base64') },
        'localhost:5000': { identitytoken: 't' },
      },
      credHelpers: { 'other.test': 'x', 'https://index.docker.io/v1/': '', 'localhost:5000': '' },
    });
    expect(lstatSync(join(made, 'config.json')).mode & 0o777).toBe(0o600);
    expect(lstatSync(made).mode & 0o777).toBe(0o700);
    expect(lstatSync(join(made, 'cli-plugins')).isSymbolicLink()).toBe(true);
    expect(configIn(own)).toEqual(config);
  });

  it('never writes to the user’s config, also where that is a link', async () => {
    writeFileSync(join(folder, 'dotfile.json'), '{"detachKeys":"ctrl-q"}');
    symlinkSync(join(folder, 'dotfile.json'), join(own, 'config.json'));
    const env = await signedInEnvironment({ DOCKER_CONFIG: own }, kept, folder);
    expect(configIn(env['DOCKER_CONFIG'])).toMatchObject({ detachKeys: 'ctrl-q' });
    expect(readFileSync(join(folder, 'dotfile.json'), 'utf8')).toBe('{"detachKeys":"ctrl-q"}');
  });

  it('needs no config of the user’s, nor one that can be read', async () => {
    writeFileSync(join(own, 'config.json'), '{ no');
    const env = await signedInEnvironment({ DOCKER_CONFIG: own }, kept, folder);
    expect(configIn(env['DOCKER_CONFIG'])).toHaveProperty('auths');
    rmSync(own, { recursive: true });
    await expect(signedInEnvironment({ DOCKER_CONFIG: own }, kept, join(folder, 'b'))).resolves.toBeDefined();
  });

  it('is the one there is when there is nothing to add', async () => {
    const env = { DOCKER_CONFIG: own };
    expect(await signedInEnvironment(env, [], folder)).toBe(env);
  });
});
