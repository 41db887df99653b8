import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import type { RegistryAuth } from '../../../src/model/registryAuth.ts';
import { HttpFailure } from '../../../src/registry/http.ts';
import { openRegistry, preferredPlatform } from '../../../src/registry/openRegistry.ts';
import type { RegistryClient } from '../../../src/registry/registryClient.ts';
import { FakeClock, settle } from '../../support/fakeClock.ts';
import { FakeWeb } from '../../support/fakeWeb.ts';

const never = new AbortController().signal;
const imageType = 'application/vnd.oci.image.manifest.v1+json';
const anna = { kind: 'password', username: 'anna', password: 'pw' } as const;
const basic = `Basic ${Buffer.from('anna:pw').toString('base64')}`;
const tokenChallenge = {
  status: 401,
  headers: { 'www-authenticate': 'Bearer realm="https://auth.io/token",service="r.io"' },
};

let web: FakeWeb;
let clock: FakeClock;

beforeEach(() => {
  web = new FakeWeb().on('GET https://r.io/v2/', {});
  clock = new FakeClock();
});

function open(credential?: RegistryAuth['credential'], host = 'r.io', isPlainHttp = false): RegistryClient {
  const auth = credential === undefined ? undefined : { registry: host, credential };
  const parts = { exchange: web.exchange, clock, preferred: preferredPlatform('x64') };
  return openRegistry({ host, isPlainHttp }, auth, parts);
}

function tags(client: RegistryClient): Promise<unknown> {
  return client.tags('a/b', undefined, never).catch((error: unknown) => error);
}

const tagsUrl = 'GET https://r.io/v2/a/b/tags/list?n=100';
const oneTag = { items: [{ name: '1' }], next: undefined };

describe('a token', () => {
  const tokenUrl = 'https://auth.io/token?service=r.io&scope=repository%3Aa%2Fb%3Apull';

  /** Takes only this token for the list of tags. */
  const takes = (token: () => string): void => {
    web.on(tagsUrl, ({ headers }) =>
      headers['authorization'] === `Bearer ${token()}` ? { body: { tags: ['1'] } } : tokenChallenge,
    );
  };

  test('is asked for as nobody, and used until it ends', async () => {
    takes(() => 't1');
    web.on(`GET ${tokenUrl}`, { body: { token: 't1', expires_in: 300 } });
    const client = open();
    expect(await tags(client)).toEqual(oneTag);
    expect(await tags(client)).toEqual(oneTag);
    expect(web.asked).toEqual([tagsUrl, `GET ${tokenUrl}`, `${tagsUrl} Bearer t1`, `${tagsUrl} Bearer t1`]);
    clock.advance(296_000);
    expect(await tags(client)).toEqual(oneTag);
    expect(web.asked.slice(4)).toEqual([tagsUrl, `GET ${tokenUrl}`, `${tagsUrl} Bearer t1`]);
  });

  test('that the registry takes no more is replaced once', async () => {
    let current = 't1';
    takes(() => current);
    web.on(`GET ${tokenUrl}`, () => ({ body: { access_token: current } }));
    const client = open();
    await tags(client);
    current = 't2';
    expect(await tags(client)).toEqual(oneTag);
    web.on(`GET ${tokenUrl}`, { body: { token: 'useless' } });
    current = 't3';
    const before = web.asked.length;
    expect(await tags(client)).toMatchObject({ problem: 'denied' });
    expect(web.asked.length - before).toBe(3);
  });

  test('is asked for with the password, which the registry itself never sees', async () => {
    takes(() => 't1');
    web.on(`GET ${tokenUrl}&account=anna`, { body: { token: 't1' } });
    expect(await tags(open(anna))).toEqual(oneTag);
    expect(web.asked.filter((line) => line.includes(basic))).toEqual([
      `GET ${tokenUrl}&account=anna ${basic}`,
    ]);
  });

  test('is got for an identity token by a form', async () => {
    takes(() => 't1');
    web.on('POST https://auth.io/token', { body: { access_token: 't1' } });
    expect(await tags(open({ kind: 'identityToken', token: 'id' }))).toEqual(oneTag);
    expect(web.requests[1]?.body).toContain('grant_type=refresh_token');
    expect(web.requests[1]?.body).toContain('refresh_token=id');
  });

  test.each([
    ['a refusal', { status: 401 }, 'denied'],
    ['a bad request', { status: 400 }, 'denied'],
    ['no token', { body: {} }, 'foreign'],
    ['no JSON', { body: '<html>' }, 'foreign'],
    ['too many', { status: 429, headers: { 'retry-after': '90' } }, 'limited'],
  ])('server that answers with %s is told of', async (_what, answer, problem) => {
    web.on(tagsUrl, tokenChallenge).on(`GET ${tokenUrl}`, answer);
    expect(await tags(open())).toMatchObject({ problem });
  });

  test('is not asked for without TLS by a registry that has it', async () => {
    web.on(tagsUrl, { status: 401, headers: { 'www-authenticate': 'Bearer realm="http://auth.io/token"' } });
    expect(await tags(open(anna))).toMatchObject({ problem: 'denied' });
    expect(web.asked).toEqual([tagsUrl]);
  });
});

describe('a password', () => {
  const challenge = { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } };

  test('goes to the registry once it asks, and then at once', async () => {
    web.on(tagsUrl, ({ headers }) =>
      headers['authorization'] === basic ? { body: { tags: ['1'] } } : challenge,
    );
    const client = open(anna);
    await tags(client);
    expect(await tags(client)).toEqual(oneTag);
    expect(web.asked).toEqual([tagsUrl, `${tagsUrl} ${basic}`, `${tagsUrl} ${basic}`]);
  });

  test('that is wrong is sent once', async () => {
    web.on(tagsUrl, challenge);
    const client = open(anna);
    expect(await tags(client)).toMatchObject({ reason: 'unauthorized', problem: 'denied' });
    expect(web.asked).toHaveLength(2);
  });

  test('does not follow a redirect to another place', async () => {
    web
      .on(tagsUrl, ({ headers }) =>
        headers['authorization'] === undefined
          ? challenge
          : { status: 307, headers: { location: 'https://store.io/x' } },
      )
      .on('GET https://store.io/x', { body: { tags: ['1'] } });
    expect(await tags(open(anna))).toEqual(oneTag);
    expect(web.asked.at(-1)).toBe('GET https://store.io/x');
  });
});

describe('an address', () => {
  test('on this machine is tried with TLS, then without', async () => {
    web
      .on('GET https://localhost:5000/v2/', () => {
        throw new HttpFailure('notTls', 'no TLS there');
      })
      .on('GET http://localhost:5000/v2/a/b/tags/list?n=100', { body: { tags: ['1'] } });
    expect(await tags(open(undefined, 'localhost:5000'))).toEqual(oneTag);
  });

  test('elsewhere is never asked without TLS, unless the user said so', async () => {
    web.on('GET http://r.io/v2/a/b/tags/list?n=100', { body: { tags: ['1'] } });
    expect(await tags(open())).toMatchObject({ problem: 'unreachable' });
    expect(await tags(open(undefined, 'r.io', true))).toEqual(oneTag);
  });
});

describe('a list', () => {
  test('leaves out what is no name, and what is there twice', async () => {
    web.on(tagsUrl, { body: { tags: ['1', '../../x', '1', 'a/b', '', 3, 'v2'] } });
    expect(await tags(open())).toEqual({ items: [{ name: '1' }, { name: 'v2' }], next: undefined });
  });

  test('of a repository without tags is empty', async () => {
    web.on(tagsUrl, { body: { name: 'a/b', tags: null } });
    expect(await tags(open())).toEqual({ items: [], next: undefined });
  });

  test('that comes at once is in the order of people', async () => {
    web.on(tagsUrl, { body: { tags: ['10', '9', 'latest', '1'] } });
    expect(await tags(open())).toMatchObject({
      items: [{ name: '1' }, { name: '9' }, { name: '10' }, { name: 'latest' }],
    });
  });

  test.each([
    ['no JSON', { body: '<html>Hello</html>' }, 'foreign'],
    ['other JSON', { body: [] }, 'foreign'],
    ['404', { status: 404 }, 'missing'],
    ['500', { status: 500, body: { errors: [{ code: 'UNKNOWN', message: 'broken' }] } }, 'failed'],
    ['403', { status: 403 }, 'denied'],
    ['a redirect to itself', { status: 302, headers: { location: tagsUrl.slice(4) } }, 'foreign'],
  ])('that answers with %s is a failure of its own', async (_what, answer, problem) => {
    web.on(tagsUrl, answer);
    expect(await tags(open())).toMatchObject({ name: 'RegistryError', problem, registry: 'r.io' });
  });

  test.each([404, 405])(
    'of repositories that a registry answers with %d is one that it does not have',
    async (status) => {
      web.on('GET https://r.io/v2/_catalog?n=100', { status });
      await expect(open().repositories('', undefined, never)).rejects.toMatchObject({ problem: 'noCatalog' });
    },
  );
});

describe('too many requests', () => {
  test('are waited for when it is short, and once', async () => {
    let count = 0;
    web.on(tagsUrl, () =>
      ++count === 1 ? { status: 429, headers: { 'retry-after': '2' } } : { body: { tags: ['1'] } },
    );
    const answer = tags(open());
    await settle();
    expect(clock.pending).toEqual([2000]);
    clock.advance(2000);
    expect(await answer).toEqual(oneTag);
  });

  test('are told of when it is long', async () => {
    web.on(tagsUrl, { status: 429, headers: { 'retry-after': '600' } });
    expect(await tags(open())).toMatchObject({ problem: 'limited', retryAfterSeconds: 600 });
    expect(clock.pending).toEqual([]);
  });

  test('are not followed by more of them before the registry’s time is over', async () => {
    web.on(tagsUrl, { status: 429, headers: { 'retry-after': '600' } });
    const client = open();
    await tags(client);
    clock.advance(100_500);
    expect(await tags(client)).toMatchObject({ problem: 'limited', retryAfterSeconds: 500 });
    expect(web.asked).toEqual([tagsUrl]);
    web.on(tagsUrl, { body: { tags: ['1'] } });
    clock.advance(499_500);
    expect(await tags(client)).toEqual(oneTag);
  });
});

describe('a manifest', () => {
  const url = 'GET https://r.io/v2/a/b/manifests/1';
  const config = Buffer.from('{"os":"linux","architecture":"amd64","created":"2024-01-01T00:00:00Z"}');
  const manifest = {
    mediaType: imageType,
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', size: 5, digest: digestOf(config) },
    layers: [{ size: 100 }, { size: 20 }],
  };
  const details = (): Promise<unknown> => open().details('a/b', '1', never);

  beforeEach(() => {
    web.on(`GET https://r.io/v2/a/b/blobs/${digestOf(config)}`, { body: config });
  });

  test('asks for all types that are known, and sums up what is sent', async () => {
    web.on(url, { body: manifest, headers: { 'content-type': imageType } });
    expect(await details()).toMatchObject({
      digest: digestOf(Buffer.from(JSON.stringify(manifest))),
      sizeBytes: 125,
      createdAt: Date.UTC(2024, 0, 1),
    });
    expect(web.requests[0]?.headers['accept']?.split(', ')).toHaveLength(4);
  });

  test('that is not what its digest says is refused', async () => {
    const digest = `sha256:${'0'.repeat(64)}`;
    web.on(url, { body: manifest, headers: { 'docker-content-digest': digest } });
    await expect(details()).rejects.toMatchObject({ problem: 'corrupt' });
  });

  test('whose configuration is another one is refused', async () => {
    web
      .on(url, { body: manifest })
      .on(`GET https://r.io/v2/a/b/blobs/${digestOf(config)}`, { body: '{"os":"linux"}' });
    await expect(details()).rejects.toMatchObject({ problem: 'corrupt' });
  });

  test('of a type that nobody knows is named', async () => {
    const type = 'application/vnd.docker.distribution.manifest.v1+prettyjws';
    web.on(url, { body: {}, headers: { 'content-type': type } });
    await expect(details()).rejects.toMatchObject({ problem: 'unknownManifest', message: type });
  });

  test('of a chart has a size and no platform', async () => {
    const chart = {
      ...manifest,
      config: { ...manifest.config, mediaType: 'application/vnd.cncf.helm.config.v1+json' },
    };
    web.on(url, { body: chart });
    expect(await details()).toMatchObject({ sizeBytes: 125, platforms: [], createdAt: undefined });
  });

  test('whose head has no digest is read', async () => {
    web.on('HEAD https://r.io/v2/a/b/manifests/1', {}).on(url, { body: manifest });
    expect(await open().digest('a/b', '1', never)).toBe(digestOf(Buffer.from(JSON.stringify(manifest))));
  });
});

test('a registry that lets nobody delete says so', async () => {
  const digest = `sha256:${'1'.repeat(64)}`;
  web.on(`DELETE https://r.io/v2/a/b/manifests/${digest}`, {
    status: 405,
    body: { errors: [{ code: 'UNSUPPORTED', message: 'The operation is unsupported.' }] },
  });
  await expect(open().deleteManifest('a/b', digest, never)).rejects.toMatchObject({ problem: 'undeletable' });
});

function digestOf(content: Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}
