import { beforeEach, describe, expect, test } from 'vitest';
import { english } from '../../../src/base/localize.ts';
import { nullLogger } from '../../../src/base/logger.ts';
import { explain } from '../../../src/commands/explain.ts';
import type { ListedName, Page, TagDetails } from '../../../src/model/registry.ts';
import type { FoundAuth, RegistryAuth } from '../../../src/model/registryAuth.ts';
import { RegistryError } from '../../../src/model/registryError.ts';
import { buildRegistryTree } from '../../../src/model/tree/registryTree.ts';
import { PlainLogins } from '../../../src/registry/plainLogins.ts';
import { Registries } from '../../../src/registry/registries.ts';
import type { RegistryClient } from '../../../src/registry/registryClient.ts';
import { settle } from '../../support/fakeClock.ts';
import { FakeMemento } from '../../support/fakeMemento.ts';
import { treeText } from '../../support/golden.ts';

const never = new AbortController().signal;
const anna: FoundAuth = {
  auth: { registry: 'r.io', credential: { kind: 'password', username: 'anna', password: 'pw' } },
  isKept: false,
};

/** A registry as its client shows it; what real ones answer is tested with the client. */
class FakeRegistry implements RegistryClient {
  readonly asked: string[] = [];
  repositoryPages: Record<string, Page<string>> = { first: { items: [], next: undefined } };
  tagPages: Record<string, Page<ListedName>> = { first: { items: [], next: undefined } };
  /** Only with a login, where this is set. */
  isClosed = false;
  running = 0;
  mostRunning = 0;
  detailsOf: (tag: string, signal: AbortSignal) => Promise<TagDetails> = () => Promise.resolve(details);
  private auth: RegistryAuth | undefined;

  as(auth: RegistryAuth | undefined): this {
    this.auth = auth;
    return this;
  }

  ping(): Promise<void> {
    return this.answer('ping', undefined);
  }

  repositories(scope: string, cursor: string | undefined): Promise<Page<string>> {
    const page = this.repositoryPages[cursor ?? 'first'];
    return this.answer(`repositories ${scope} ${cursor ?? 'first'}`, page);
  }

  tags(repository: string, cursor: string | undefined): Promise<Page<ListedName>> {
    return this.answer(`tags ${repository} ${cursor ?? 'first'}`, this.tagPages[cursor ?? 'first']);
  }

  digest(): Promise<string> {
    return Promise.resolve('');
  }

  async details(_repository: string, tag: string, signal: AbortSignal): Promise<TagDetails> {
    this.asked.push(`details ${tag}`);
    this.mostRunning = Math.max(this.mostRunning, ++this.running);
    try {
      return await this.detailsOf(tag, signal);
    } finally {
      this.running--;
    }
  }

  deleteManifest(): Promise<void> {
    return Promise.resolve();
  }

  private answer<T>(question: string, result: T | undefined): Promise<T> {
    this.asked.push(`${this.auth === undefined ? '' : 'anna: '}${question}`);
    if (this.isClosed && this.auth === undefined)
      return Promise.reject(new RegistryError('denied', 'r.io', 'who asks?'));
    return result === undefined
      ? Promise.reject(new RegistryError('missing', 'r.io', 'not there'))
      : Promise.resolve(result);
  }
}

const details: TagDetails = {
  digest: `sha256:${'a'.repeat(64)}`,
  sizeBytes: 2_000_000,
  platforms: [{ os: 'linux', architecture: 'amd64', variant: '' }],
  createdAt: undefined,
  mediaType: '',
};

let fake: FakeRegistry;
let listed: string[];
let logins: FoundAuth[];
let stored: Promise<readonly string[]>;
let registries: Registries;

beforeEach(async () => {
  fake = new FakeRegistry();
  listed = ['r.io'];
  logins = [];
  stored = Promise.resolve([]);
  registries = new Registries({
    listed: () => listed,
    servers: () => Promise.resolve([]),
    storedServers: () => stored,
    plainLogins: new PlainLogins(new FakeMemento()),
    find: async function* () {
      await Promise.resolve();
      yield* logins;
    },
    open: (_place, auth) => fake.as(auth),
    log: nullLogger,
  });
  await registries.readKnown();
});

function text(filter = ''): string {
  const context = { t: english, filter, explain: (error: RegistryError) => explain(error, english) };
  return treeText(buildRegistryTree(registries.state, context).slice(0, -2));
}

function names(count: number, prefix: string): string[] {
  return Array.from({ length: count }, (_, i) => `${prefix}${String(i)}`);
}

describe('the known registries', () => {
  test('are the user’s, then Docker Hub and GHCR, and nothing is asked of them', () => {
    expect(registries.state.known.map(({ host }) => host)).toEqual(['r.io', 'docker.io', 'ghcr.io']);
    expect(fake.asked).toEqual([]);
  });

  test('stay the same objects when nothing is new', async () => {
    const [before] = registries.state.known;
    listed = ['r.io', 'ghcr.io/owner/image', 'docker.io/bitnami'];
    await registries.readKnown();
    const { known } = registries.state;
    expect(known[0]).toBe(before);
    expect(known.map(({ named }) => named)).toEqual([[], ['bitnami'], ['owner/image']]);
  });
});

describe('the list of the config’s helper', () => {
  test('comes behind what is known, without anybody waiting', async () => {
    const helper = Promise.withResolvers<readonly string[]>();
    stored = helper.promise;
    await registries.refresh();
    expect(registries.state.known.map(({ host }) => host)).toEqual(['r.io', 'docker.io', 'ghcr.io']);
    helper.resolve(['docker.io', 'kept.io', 'no host']);
    await settle();
    expect(registries.state.known.map(({ host, hasLogin }) => `${host} ${String(hasLogin)}`)).toEqual([
      'r.io false',
      'kept.io true',
      'docker.io true',
      'ghcr.io false',
    ]);
  });
});

describe('a registry without TLS', () => {
  beforeEach(async () => {
    listed = ['http://r.io', 'http://127.0.0.1:5000'];
    logins = [anna];
    fake.isClosed = true;
    await registries.readKnown();
  });

  test('gets no login before the user has allowed that', async () => {
    await registries.load('registry:r.io');
    expect(fake.asked).toEqual(['repositories  first']);
    expect(text()).toContain('refused access');
    await registries.setConsent('r.io', true);
    await registries.refresh();
    await registries.load('registry:r.io');
    expect(fake.asked.at(-1)).toBe('anna: repositories  first');
    await registries.setConsent('r.io', false);
    expect(registries.needsConsent('r.io')).toBe(true);
  });

  test('on this machine needs nobody’s consent', async () => {
    expect(registries.needsConsent('127.0.0.1:5000')).toBe(false);
    await registries.load('registry:127.0.0.1:5000');
    expect(fake.asked).toEqual(['anna: repositories  first']);
  });
});

describe('a list', () => {
  test('is read when its row is opened, once', async () => {
    fake.repositoryPages['first'] = { items: ['a', 'b'], next: undefined };
    await Promise.all([registries.load('registry:r.io'), registries.load('registry:r.io')]);
    await registries.load('registry:r.io');
    expect(fake.asked).toEqual(['repositories  first']);
    expect(text()).toBe('r.io\n  a\n  b\n');
  });

  test('goes on by pages, without what moved between two of them', async () => {
    fake.repositoryPages = {
      first: { items: ['a', 'b'], next: 'two' },
      two: { items: ['b', 'c'], next: undefined },
    };
    await registries.load('registry:r.io');
    expect(text()).toBe('r.io\n  a\n  b\n  Load more… · 2 are shown\n');
    await registries.loadMore('registry:r.io', () => true, never);
    expect(text()).toBe('r.io\n  a\n  b\n  c\n');
  });

  test('that comes all at once is shown by parts', async () => {
    fake.repositoryPages['first'] = { items: names(250, 'r'), next: undefined };
    await registries.load('registry:r.io');
    const rows = (): number => text().split('\n').length - 2;
    expect(rows()).toBe(101);
    await registries.loadMore('registry:r.io', () => true, never);
    await registries.loadMore('registry:r.io', () => true, never);
    expect(rows()).toBe(250);
    expect(fake.asked).toHaveLength(1);
  });

  test('is searched page by page until something is found', async () => {
    fake.repositoryPages = {
      first: { items: ['a'], next: 'two' },
      two: { items: ['b'], next: 'three' },
      three: { items: ['wanted'], next: 'four' },
    };
    await registries.load('registry:r.io');
    expect(text('want')).toBe('r.io\n  Load more… · 0 of 1 match\n');
    await registries.loadMore('registry:r.io', (name) => name.includes('want'), never);
    expect(text('want')).toBe('r.io\n  wanted\n  Load more… · 1 of 3 match\n');
  });

  test('without an end is read for some pages at a time', async () => {
    fake.repositoryPages = new Proxy(
      {},
      { get: (_pages, cursor) => ({ items: [String(cursor)], next: `${String(cursor)}1` }) },
    );
    await registries.load('registry:r.io');
    await registries.loadMore('registry:r.io', () => false, never);
    expect(fake.asked).toHaveLength(21);
  });

  test('that failed says why, and is read anew after a refresh', async () => {
    fake.repositoryPages = {};
    await registries.load('registry:r.io');
    expect(text()).toBe(
      'r.io\n  Try again · r.io does not have this, or no longer. Refresh to see what is there.\n',
    );
    fake.repositoryPages = { first: { items: ['a'], next: undefined } };
    await registries.refresh('registry:r.io');
    expect(text()).toBe('r.io\n');
    await registries.load('registry:r.io');
    expect(text()).toBe('r.io\n  a\n');
  });

  test('that was forgotten while it was read is dropped', async () => {
    const loading = registries.load('registry:r.io');
    await registries.refresh();
    await loading;
    expect(registries.state.lists.size).toBe(0);
  });

  test('of GHCR is never asked for: named repositories and a way to name more stand there', async () => {
    listed = ['ghcr.io/owner/image'];
    await registries.readKnown();
    await registries.load('registry:ghcr.io');
    const context = { t: english, filter: '', explain: (error: RegistryError) => explain(error, english) };
    expect(treeText(buildRegistryTree(registries.state, context))).toContain(
      '  owner/image\n  Add a repository… · ghcr.io does not list its repositories. Add one by its name.\n',
    );
    expect(fake.asked).toEqual([]);
  });
});

describe('a login', () => {
  test('that is known is used, remembered and said', async () => {
    fake.isClosed = true;
    logins = [anna];
    fake.repositoryPages['first'] = { items: ['a'], next: undefined };
    await registries.load('registry:r.io');
    logins = [];
    await registries.load('registry:r.io/a');
    expect(fake.asked).toEqual(['anna: repositories  first', 'anna: tags a first']);
    expect(text()).toBe('r.io · signed in\n  a\n    There is nothing here yet.\n');
  });

  test('that lacks is asked for by a row, not by a box', async () => {
    fake.isClosed = true;
    await registries.load('registry:r.io');
    expect(text()).toMatch(/^r\.io\n {2}Sign in… · r\.io refused access\. Sign in /);
  });
});

describe('details of tags', () => {
  const [first, second] = ['t0', 't1'];
  const want = (tag: string): void => {
    const [registry] = registries.state.known;
    if (registry !== undefined) registries.wantDetails({ registry, repository: 'a', tag });
  };

  beforeEach(async () => {
    fake.tagPages['first'] = { items: names(30, 't').map((name) => ({ name })), next: undefined };
    await registries.load('registry:r.io/a');
    fake.asked.length = 0;
  });

  test('are read while somebody looks, a few at a time, each once', async () => {
    for (const tag of names(30, 't')) want(tag);
    await settle();
    expect(fake.asked).toEqual([]);
    const attention = registries.attend();
    want(first);
    for (let turns = 0; turns < 50; turns++) await settle();
    attention.dispose();
    expect(fake.asked).toHaveLength(30);
    expect(fake.mostRunning).toBe(4);
    expect(registries.state.details.get('registry:r.io/a:t29')).toBe(details);
  });

  test('that nobody looks at any more are broken off, and read when somebody looks again', async () => {
    const stuck = Promise.withResolvers<never>();
    fake.detailsOf = (_tag, signal) => {
      signal.addEventListener('abort', () => {
        stuck.reject(new DOMException('aborted', 'AbortError'));
      });
      return stuck.promise;
    };
    registries.attend();
    want(first);
    await settle();
    registries.attend().dispose();
    await settle();
    fake.detailsOf = () => Promise.resolve(details);
    registries.attend();
    await settle();
    await settle();
    expect(registries.state.details.get('registry:r.io/a:t0')).toBe(details);
  });

  test('of a tag that vanished meanwhile say so, the others come', async () => {
    fake.detailsOf = (tag) =>
      tag === first ? Promise.reject(new RegistryError('missing', 'r.io', '')) : Promise.resolve(details);
    fake.repositoryPages['first'] = { items: ['a'], next: undefined };
    await registries.load('registry:r.io');
    registries.attend();
    want(first);
    want(second);
    for (let turns = 0; turns < 10; turns++) await settle();
    expect(text('t')).toContain('t0 · no longer there\n    t1 · 2 MB · linux/amd64 · sha256:aaaaaaaaaaaa\n');
  });
});
