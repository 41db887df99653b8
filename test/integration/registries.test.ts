import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../src/base/async.ts';
import type { Page } from '../../src/model/registry.ts';
import type { RegistryAuth } from '../../src/model/registryAuth.ts';
import { exchange } from '../../src/registry/http.ts';
import { openRegistry, preferredPlatform } from '../../src/registry/openRegistry.ts';
import type { RegistryClient } from '../../src/registry/registryClient.ts';
import { makeFolder, runFolder } from '../bed/folders.ts';
import {
  freePort,
  type Registry,
  RegistryFill,
  startRegistry,
  startTokenServer,
  type TokenServer,
} from '../bed/bed.ts';
import { describeOwnBed, failureOf, never } from './sandbox.ts';

/* The client against real registries: one that is open, one behind passwords, one behind tokens. */

const user = { name: 'anna', password: 'pä:ss wörd' };
const bedName = 'qs-reg';
const indexType = 'application/vnd.docker.distribution.manifest.list.v2+json';
const imageType = 'application/vnd.docker.distribution.manifest.v2+json';

function client({ address }: Pick<Registry, 'address'>, password?: string): RegistryClient {
  const auth: RegistryAuth = {
    registry: address,
    credential: { kind: 'password', username: user.name, password: password ?? '' },
  };
  const parts = { exchange, clock: systemClock, preferred: preferredPlatform('x64') };
  const place = { host: address, isPlainHttp: false };
  return openRegistry(place, password === undefined ? undefined : auth, parts);
}

async function all<T>(
  read: (cursor: string | undefined) => Promise<Page<T>>,
): Promise<readonly (readonly T[])[]> {
  const pages: (readonly T[])[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    pages.push(page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return pages;
}

describeOwnBed('an open registry', () => {
  let registry: Registry;
  let fill: RegistryFill;
  let open: RegistryClient;

  beforeAll(async () => {
    registry = await startRegistry({ name: bedName, id: 'open' });
    fill = new RegistryFill(registry);
    open = client(registry);
    for (let i = 0; i < 120; i++) await fill.image(`many/r${String(i).padStart(3, '0')}`, '1');
  }, 60_000);
  afterAll(() => registry.stop());

  test('lists more repositories than a page has, each once', async () => {
    const pages = await all((cursor) => open.repositories('', cursor, never));
    expect(pages.map(({ length }) => length)).toEqual([100, 20]);
    expect(new Set(pages.flat()).size).toBe(120);
  });

  test('lists tags', async () => {
    for (const tag of ['1', '2', 'latest']) await fill.image('team/tags', tag);
    const tags = (await all((cursor) => open.tags('team/tags', cursor, never))).flat();
    expect(tags.map(({ name }) => name).sort()).toEqual(['1', '2', 'latest']);
    expect(await failureOf(open.tags('team/none', undefined, never))).toMatchObject({ problem: 'missing' });
  });

  test('says of a tag its digest, size, platform and date', async () => {
    const digest = await fill.image('team/one', '1', { architecture: 'arm64' });
    expect(await open.details('team/one', '1', never)).toEqual({
      digest,
      mediaType: imageType,
      sizeBytes: expect.any(Number) as number,
      platforms: [{ os: 'linux', architecture: 'arm64', variant: '' }],
      createdAt: Date.parse('2024-05-06T07:08:09Z'),
    });
    expect(await open.digest('team/one', '1', never)).toBe(digest);
  });

  test('says of an index all platforms, and the size and date of the one that fits', async () => {
    const manifests = await Promise.all(
      ['arm64', 'amd64'].map(async (architecture) => ({
        mediaType: imageType,
        size: 1,
        digest: await fill.image('team/index', architecture, {
          architecture,
          created: architecture === 'amd64' ? '2025-01-01T00:00:00Z' : '2024-01-01T00:00:00Z',
        }),
        platform: { os: 'linux', architecture },
      })),
    );
    const digest = await fill.manifest('team/index', '1', indexType, { manifests });
    const details = await open.details('team/index', '1', never);
    expect(details).toMatchObject({ digest, createdAt: Date.parse('2025-01-01T00:00:00Z') });
    expect(details.platforms.map(({ architecture }) => architecture)).toEqual(['arm64', 'amd64']);
  });

  test('deletes a manifest with all tags that name it, and what was deleted is missing', async () => {
    const digest = await fill.image('team/gone', '1');
    await fill.image('team/gone', '2');
    await open.deleteManifest('team/gone', digest, never);
    for (const tag of ['1', '2'])
      expect(await failureOf(open.details('team/gone', tag, never))).toMatchObject({ problem: 'missing' });
    expect(await failureOf(open.deleteManifest('team/gone', digest, never))).toMatchObject({
      problem: 'missing',
    });
  });

  test('that is down is said to be unreachable', async () => {
    const nobody = client({ address: `127.0.0.1:${String(await freePort())}` });
    expect(await failureOf(nobody.ping(never))).toMatchObject({ problem: 'unreachable' });
  });
});

describeOwnBed('a registry behind passwords', () => {
  let registry: Registry;

  beforeAll(async () => {
    registry = await startRegistry({ name: bedName, id: 'closed', users: [user], isUndeletable: true });
    const login = Buffer.from(`${user.name}:${user.password}`).toString('base64');
    await new RegistryFill(registry, { authorization: `Basic ${login}` }).image('team/app', '1');
  });
  afterAll(() => registry.stop());

  test('refuses who does not say who asks, and who says it wrong', async () => {
    for (const password of [undefined, 'wrong'])
      expect(await failureOf(client(registry, password).ping(never))).toMatchObject({
        reason: 'unauthorized',
        problem: 'denied',
        registry: registry.address,
      });
  });

  test('lists and tells for the right one', async () => {
    const anna = client(registry, user.password);
    await anna.ping(never);
    expect((await anna.repositories('', undefined, never)).items).toEqual(['team/app']);
    expect((await anna.details('team/app', '1', never)).digest).toMatch(/^sha256:/);
  });

  test('says that it lets nobody delete', async () => {
    const anna = client(registry, user.password);
    const digest = await anna.digest('team/app', '1', never);
    expect(await failureOf(anna.deleteManifest('team/app', digest, never))).toMatchObject({
      problem: 'undeletable',
    });
    expect(await anna.digest('team/app', '1', never)).toBe(digest);
  });
});

describeOwnBed('a registry behind tokens', () => {
  let registry: Registry;
  let tokens: TokenServer;

  beforeAll(async () => {
    tokens = await startTokenServer(makeFolder(runFolder(bedName, 'token-server')), [user]);
    registry = await startRegistry({ name: bedName, id: 'tokens', tokens });
    const login = Buffer.from(`${user.name}:${user.password}`).toString('base64');
    const url = new URL(tokens.realm);
    url.searchParams.set('scope', 'repository:team/app:pull,push');
    const answer = await fetch(url, { headers: { authorization: `Basic ${login}` } });
    const { token } = (await answer.json()) as { readonly token: string };
    await new RegistryFill(registry, { authorization: `Bearer ${token}` }).image('team/app', '1');
  });
  afterAll(async () => {
    await registry.stop();
    await tokens.stop();
  });

  test('gives nobody what is public, and not its list', async () => {
    const nobody = client(registry);
    expect((await nobody.tags('team/app', undefined, never)).items).toEqual([{ name: '1' }]);
    expect(tokens.given.at(-1)).toBe('nobody repository:team/app:pull');
    expect(await failureOf(nobody.repositories('', undefined, never))).toMatchObject({ problem: 'denied' });
  });

  test('refuses a wrong password', async () => {
    expect(await failureOf(client(registry, 'wrong').tags('team/app', undefined, never))).toMatchObject({
      problem: 'denied',
      message: 'wrong user name or password',
    });
  });

  test('is asked for one token a scope', async () => {
    const anna = client(registry, user.password);
    expect((await anna.repositories('', undefined, never)).items).toEqual(['team/app']);
    const before = tokens.given.length;
    await anna.tags('team/app', undefined, never);
    await anna.details('team/app', '1', never);
    expect(tokens.given.slice(before)).toEqual(['anna repository:team/app:pull']);
  });

  test('is asked for another token when one has ended', async () => {
    const anna = client(registry, user.password);
    tokens.giveStale(1);
    // The first token is refused; nothing is asked twice with it.
    expect(await failureOf(anna.tags('team/app', undefined, never))).toMatchObject({ problem: 'denied' });
    const before = tokens.given.length;
    expect((await anna.tags('team/app', undefined, never)).items).toEqual([{ name: '1' }]);
    expect(tokens.given.length).toBe(before + 1);
  });

  test('deletes for who may', async () => {
    const digest = await client(registry).digest('team/app', '1', never);
    expect(await failureOf(client(registry).deleteManifest('team/app', digest, never))).toMatchObject({
      problem: 'denied',
    });
    await client(registry, user.password).deleteManifest('team/app', digest, never);
    expect(await failureOf(client(registry).digest('team/app', '1', never))).toMatchObject({
      problem: 'missing',
    });
  });
});
