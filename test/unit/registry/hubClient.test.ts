import { describe, expect, test } from 'vitest';
import type { RegistryAuth } from '../../../src/model/registryAuth.ts';
import { openRegistry, preferredPlatform } from '../../../src/registry/openRegistry.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { FakeWeb } from '../../support/fakeWeb.ts';

/*
 * Docker Hub can't be reached from the tests: the answers here were written by hand in the form that its API documents,
 * and were never held against the real one.
 */

const never = new AbortController().signal;
const digest = (digit: string): string => `sha256:${digit.repeat(64)}`;
const base = 'https://hub.docker.com/v2/namespaces/bitnami/repositories';

const image = (architecture: string, size: number, digit: string) => ({
  architecture,
  features: '',
  variant: architecture === 'arm64' ? 'v8' : null,
  digest: digest(digit),
  os: architecture === 'unknown' ? 'unknown' : 'linux',
  os_version: null,
  size,
  status: 'active',
  last_pushed: '2026-09-01T16:03:27Z',
});

const tag = {
  name: '1.27',
  last_updated: '2026-09-30T12:03:00.807746Z',
  full_size: 17_464_159,
  tag_status: 'active',
  tag_last_pushed: '2026-09-01T16:04:00.5Z',
  media_type: 'application/vnd.oci.image.index.v1+json',
  content_type: 'image',
  digest: digest('a'),
  images: [image('arm64', 500, 'b'), image('amd64', 700, 'c'), image('unknown', 3, 'd')],
};

function open(web: FakeWeb, credential?: RegistryAuth['credential'], clock = new FakeClock()) {
  const parts = { exchange: web.exchange, clock, preferred: preferredPlatform('x64') };
  const auth = credential === undefined ? undefined : { registry: 'docker.io', credential };
  return openRegistry({ host: 'docker.io', isPlainHttp: false }, auth, parts);
}

describe('Docker Hub', () => {
  test('lists the repositories of a namespace by its own API, by page', async () => {
    const next = `${base}?page=2&page_size=100`;
    const web = new FakeWeb()
      .on(`GET ${base}?page_size=100`, {
        body: { count: 3, next, previous: null, results: [{ name: 'nginx' }, { name: 'Not A Name' }] },
      })
      .on(`GET ${next}`, { body: { count: 3, next: null, results: [{ name: 'redis' }] } });
    const hub = open(web);
    const first = await hub.repositories('bitnami', undefined, never);
    expect(first.items).toEqual(['bitnami/nginx']);
    expect(await hub.repositories('bitnami', first.next, never)).toEqual({
      items: ['bitnami/redis'],
      next: undefined,
    });
  });

  test('tells all of its tags at once: no manifest is read, which would count as a pull', async () => {
    const web = new FakeWeb().on(`GET ${base}/nginx/tags?page_size=100`, {
      body: { count: 1, next: 'https://evil.io/v2/x', results: [tag] },
    });
    expect(await open(web).tags('bitnami/nginx', undefined, never)).toEqual({
      items: [
        {
          name: '1.27',
          details: {
            digest: digest('a'),
            sizeBytes: 700,
            platforms: [
              { os: 'linux', architecture: 'arm64', variant: 'v8' },
              { os: 'linux', architecture: 'amd64', variant: '' },
            ],
            createdAt: Date.parse('2026-09-01T16:04:00.5Z'),
            mediaType: tag.media_type,
          },
        },
      ],
      next: undefined,
    });
    expect(web.asked).toHaveLength(1);
  });

  describe('asked by somebody', () => {
    const anna = { kind: 'password', username: 'anna', password: 'p w' } as const;
    const login = 'POST https://hub.docker.com/v2/auth/token';
    const list = `GET ${base}?page_size=100`;
    const empty = { body: { count: 0, next: null, results: [] } };

    test('is asked for one token, which then says who asks, until it is old', async () => {
      const clock = new FakeClock();
      const web = new FakeWeb().on(login, { body: { access_token: 'abc' } }).on(list, empty);
      const hub = open(web, anna, clock);
      await Promise.all([1, 2].map(() => hub.repositories('bitnami', undefined, never)));
      expect(web.asked).toEqual([login, `${list} Bearer abc`, `${list} Bearer abc`]);
      expect(JSON.parse(web.requests[0]?.body ?? '')).toEqual({ identifier: 'anna', secret: 'p w' });
      clock.advance(10 * 60_000);
      await hub.repositories('bitnami', undefined, never);
      expect(web.asked.filter((each) => each === login)).toHaveLength(2);
    });

    test.each([
      ['a login that it does not take', anna, { status: 401, body: { message: 'no' } }],
      ['an answer without a token', anna, { body: 'no' }],
      ['a token of its registry', { kind: 'identityToken', token: 't' } as const, { status: 500 }],
    ])('shows what is public for %s', async (_what, credential, answer) => {
      const web = new FakeWeb().on(login, answer).on(list, empty);
      expect((await open(web, credential).repositories('bitnami', undefined, never)).items).toEqual([]);
      expect(web.asked.at(-1)).toBe(list);
    });

    test('is said to be asked too often, and is asked again later', async () => {
      const web = new FakeWeb().on(login, { status: 429, headers: { 'retry-after': '60' } }).on(list, empty);
      const hub = open(web, anna);
      await expect(hub.repositories('bitnami', undefined, never)).rejects.toMatchObject({
        problem: 'limited',
        retryAfterSeconds: 60,
      });
      web.on(login, { body: { access_token: 'abc' } });
      await hub.repositories('bitnami', undefined, never);
      expect(web.asked.at(-1)).toBe(`${list} Bearer abc`);
    });
  });

  test.each([
    [{ status: 404, body: { message: 'object not found' } }, 'missing'],
    [{ status: 429, headers: { 'retry-after': '60' } }, 'limited'],
    [{ body: '<html>' }, 'foreign'],
    [{ body: {} }, 'foreign'],
  ])('that answers with %o is told of', async (answer, problem) => {
    const web = new FakeWeb().on(`GET ${base}?page_size=100`, answer);
    await expect(open(web).repositories('bitnami', undefined, never)).rejects.toMatchObject({
      problem,
      registry: 'docker.io',
    });
  });

  test('deletes nothing', async () => {
    const hub = open(new FakeWeb());
    await expect(hub.deleteManifest('bitnami/nginx', digest('a'), never)).rejects.toMatchObject({
      problem: 'undeletable',
    });
  });

  test('is asked by its registry’s own name', async () => {
    const web = new FakeWeb().on('HEAD https://registry-1.docker.io/v2/library/nginx/manifests/1', {
      headers: { 'docker-content-digest': digest('e') },
    });
    expect(await open(web).digest('library/nginx', '1', never)).toBe(digest('e'));
  });
});
