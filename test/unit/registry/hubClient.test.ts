import { describe, expect, test } from 'vitest';
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

function open(web: FakeWeb) {
  const parts = { exchange: web.exchange, clock: new FakeClock(), preferred: preferredPlatform('x64') };
  return openRegistry({ host: 'docker.io', isPlainHttp: false }, undefined, parts);
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
