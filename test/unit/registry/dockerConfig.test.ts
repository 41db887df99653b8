import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import {
  authFor,
  type DockerConfig,
  helperFor,
  parseDockerConfig,
  readDockerConfig,
} from '../../../src/registry/dockerConfig.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

function config(content: object): DockerConfig {
  const parsed = parseDockerConfig(JSON.stringify(content));
  if (parsed === undefined) throw new Error('JSON that is none');
  return parsed;
}

describe('logins of the docker config', () => {
  test.each([
    ['as the CLI writes them', { auth: base64('anna:pa:ss wörd') }, 'anna', 'pa:ss wörd'],
    ['padded by an old client', { auth: base64('anna:pw\0\0') }, 'anna', 'pw'],
    ['with an empty password', { auth: base64('anna:') }, 'anna', ''],
    ['in two fields', { username: 'anna', password: 'pw' }, 'anna', 'pw'],
  ])('%s', (_what, entry, username, password) => {
    const parsed = config({ auths: { 'host:5000': entry } });
    expect(authFor(parsed, 'host:5000')).toEqual({ kind: 'password', username, password });
  });

  test('may be a token instead', () => {
    const parsed = config({ auths: { 'a.io': { auth: base64('<token>:'), identitytoken: 'tök' } } });
    expect(authFor(parsed, 'a.io')).toEqual({ kind: 'identityToken', token: 'tök' });
  });

  test.each([{}, { auth: '' }, { auth: base64('nocolon') }, { auth: base64(':pw') }, { auth: 5 }, null, 'x'])(
    '%j says nothing',
    (entry) => {
      expect(authFor(config({ auths: { 'a.io': entry } }), 'a.io')).toBeUndefined();
    },
  );

  test.each([
    ['a.io', 'a.io'],
    ['https://a.io', 'a.io'],
    ['http://a.io:5000/v2/', 'a.io:5000'],
    ['https://index.docker.io/v1/', 'docker.io'],
    ['index.docker.io', 'docker.io'],
    ['docker.io', 'docker.io'],
    ['registry-1.docker.io', 'docker.io'],
  ])('under %s are those of %s', (key, registry) => {
    expect(authFor(config({ auths: { [key]: { auth: base64('u:p') } } }), registry)).toBeDefined();
  });

  test.each([
    ['a.io', 'b.io'],
    ['a.io', 'a.io:5000'],
    ['a.io:5000', 'a.io'],
    ['https://a.io.evil.com/', 'a.io'],
    ['https://evil.com/a.io', 'a.io'],
    ['docker.io.evil.com', 'docker.io'],
  ])('under %s are not those of %s', (key, registry) => {
    expect(authFor(config({ auths: { [key]: { auth: base64('u:p') } } }), registry)).toBeUndefined();
  });

  test('under the key of today go before those under an older one', () => {
    const parsed = config({
      auths: { 'https://a.io/v1/': { auth: base64('old:p') }, 'a.io': { auth: base64('new:p') } },
    });
    expect(authFor(parsed, 'a.io')).toMatchObject({ username: 'new' });
  });
});

describe('credential helpers of the docker config', () => {
  const parsed = config({
    credsStore: 'desktop',
    credHelpers: { 'gcr.io': 'gcloud', 'https://index.docker.io/v1/': 'hub', 'plain.io': '' },
  });

  test.each([
    ['gcr.io', 'gcloud'],
    ['docker.io', 'hub'],
    ['other.io', 'desktop'],
    ['plain.io', undefined],
  ])('of %s: %s', (registry, helper) => {
    expect(helperFor(parsed, registry)).toBe(helper);
  });

  test('none is named', () => {
    expect(helperFor(config({}), 'a.io')).toBeUndefined();
    expect(helperFor(config({ credsStore: '', credHelpers: { 'a.io': 7 } }), 'a.io')).toBeUndefined();
  });
});

test.each(['[]', 'null', '3', '{"auths":[]}', '{"auths":{"a.io":[]},"credHelpers":"x","credsStore":{}}'])(
  '%s reads as empty',
  (text) => {
    const parsed = parseDockerConfig(text);
    expect([parsed?.auths.size, parsed?.helpers.size, parsed?.store]).toEqual([0, 0, undefined]);
  },
);

describe('the file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'quayside-config-'));

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test('is looked for where DOCKER_CONFIG says; one that is missing is empty', async () => {
    expect((await readDockerConfig({ DOCKER_CONFIG: folder })).auths.size).toBe(0);
    writeFileSync(
      join(folder, 'config.json'),
      JSON.stringify({ auths: { 'a.io': { auth: base64('u:p') } } }),
    );
    expect((await readDockerConfig({ DOCKER_CONFIG: folder })).auths.size).toBe(1);
  });

  test('that is broken is refused, without a word of its content', async () => {
    writeFileSync(join(folder, 'config.json'), '{"auths":{"a.io":{"auth":"c2VjcmV0"');
    const failure: unknown = await readDockerConfig({ DOCKER_CONFIG: folder }).catch(
      (error: unknown) => error,
    );
    expect(String(failure)).toMatch(/config\.json is not JSON$/);
    expect(JSON.stringify(failure, Object.getOwnPropertyNames(failure))).not.toContain('c2VjcmV0');
  });
});
