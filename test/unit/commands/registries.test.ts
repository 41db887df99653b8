import { beforeEach, describe, expect, test } from 'vitest';
import type { Confirmation } from '../../../src/commands/deps.ts';
import type { CommandId } from '../../../src/commands/ids.ts';
import { commandTable } from '../../../src/commands/table.ts';
import type { Page, TagDetails } from '../../../src/model/registry.ts';
import type { RegistryAuth } from '../../../src/model/registryAuth.ts';
import { RegistryError } from '../../../src/model/registryError.ts';
import type { RegistryClient } from '../../../src/registry/registryClient.ts';
import { FakeEditor } from '../../support/fakeDeps.ts';

const never = new AbortController().signal;
const pageLength = 1000;
const digestOf = (digit: string): string => `sha256:${digit.repeat(64)}`;

let editor: FakeEditor;
let digests: Map<string, string>;
let deleted: string[];
let who: string[];
let isClosed: boolean;

/** `team/app` with some tags. */
function client(auth: RegistryAuth | undefined): RegistryClient {
  const credential = auth?.credential;
  const name = credential?.kind === 'password' ? `${credential.username}:${credential.password}` : 'nobody';
  const enter = async <T>(result: () => T): Promise<T> => {
    await Promise.resolve();
    who.push(name);
    if (isClosed && name !== 'anna:pw') throw new RegistryError('denied', 'r.io:5000', 'who asks?');
    return result();
  };
  return {
    ping: () => enter(() => undefined),
    repositories: () => enter((): Page<string> => ({ items: ['team/app'], next: undefined })),
    tags: (_repository, cursor) =>
      enter(() => {
        const all = [...digests.keys()].map((tag) => ({ name: tag }));
        const at = Number(cursor ?? 0);
        const next = at + pageLength < all.length ? String(at + pageLength) : undefined;
        return { items: all.slice(at, at + pageLength), next };
      }),
    digest: (_repository, tag) =>
      enter(() => {
        const digest = digests.get(tag);
        if (digest === undefined) throw new RegistryError('missing', 'r.io:5000', 'no such tag');
        return digest;
      }),
    details: (): Promise<TagDetails> => Promise.reject(new Error('not asked for')),
    deleteManifest: (repository, digest) =>
      enter(() => {
        deleted.push(`${repository}@${digest}`);
      }),
  };
}

beforeEach(async () => {
  editor = new FakeEditor();
  editor.listed = ['r.io:5000'];
  editor.registryClients.set('r.io:5000', client);
  digests = new Map([
    ['1', digestOf('a')],
    ['latest', digestOf('a')],
    ['2', digestOf('b')],
  ]);
  deleted = [];
  who = [];
  isClosed = false;
  await editor.registries.readKnown();
});

async function run(id: CommandId, ...args: unknown[]): Promise<void> {
  const definition = commandTable[id];
  if (definition.type === 'action') await definition.run(editor.deps, never, args);
}

describe('Delete Tag', () => {
  const tag = 'r.io:5000/team/app:1';

  test('names every other tag that goes with it, and deletes that digest', async () => {
    const questions: Confirmation[] = [];
    editor.answers = { confirm: (question) => questions.push(question) > 0 };
    await run('quayside.registry.deleteTag', tag);
    expect(questions[0]?.message).toBe(`Delete ${tag} from the registry?`);
    expect(questions[0]?.detail).toMatch(/^These tags name the same and go with it: latest$/m);
    expect(deleted).toEqual([`team/app@${digestOf('a')}`]);
  });

  test('says when no other tag goes with it', async () => {
    editor.answers = { confirm: ({ detail }) => !detail.includes('No other tag names the same.') };
    await run('quayside.registry.deleteTag', 'r.io:5000/team/app:2');
    expect(deleted).toEqual([]);
  });

  test('of both tags of a manifest asks once and deletes once', async () => {
    editor.answers = { confirm: true };
    await run('quayside.registry.deleteTag', [tag, 'r.io:5000/team/app:latest', 'r.io:5000/team/app:2']);
    expect(editor.confirmations[0]?.message).toBe('Delete 3 tags from the registry?');
    expect(deleted).toEqual([`team/app@${digestOf('a')}`, `team/app@${digestOf('b')}`]);
  });

  test('is not done for a no, and done without a question by force', async () => {
    editor.answers = { confirm: false };
    await run('quayside.registry.deleteTag', tag);
    expect(deleted).toEqual([]);
    editor.answers = {};
    await run('quayside.registry.deleteTag', tag, { force: true });
    expect(deleted).toHaveLength(1);
  });

  test('of a tag that is gone deletes nothing and says so', async () => {
    await expect(run('quayside.registry.deleteTag', 'r.io:5000/team/app:3')).rejects.toThrow(
      'r.io:5000/team/app:3 is not there any more. Nothing was deleted.',
    );
  });

  test('looks through all pages of a long list', async () => {
    digests = new Map(Array.from({ length: 2500 }, (_, i) => [`t${String(i)}`, digestOf('c')]));
    digests.set('1', digestOf('a')).set('last', digestOf('a'));
    editor.answers = { confirm: true };
    await run('quayside.registry.deleteTag', tag);
    expect(editor.confirmations[0]?.detail).toMatch(/^These tags name the same and go with it: last$/m);
    expect(editor.confirmations[0]?.detail).not.toContain('were looked at');
  });

  test('says of a list that is longer than anybody reads how far it was looked at', async () => {
    digests = new Map(Array.from({ length: 20_001 }, (_, i) => [`t${String(i)}`, digestOf('c')]));
    digests.set('1', digestOf('a'));
    editor.answers = { confirm: true };
    await run('quayside.registry.deleteTag', tag);
    expect(editor.confirmations[0]?.detail).toContain('Only 20000 tags of the repository were looked at');
    expect(editor.confirmations[0]?.detail).not.toContain('No other tag');
    expect(deleted).toEqual([`team/app@${digestOf('a')}`]);
  });

  test('asks who it is for when the registry wants to know, once for all that it does', async () => {
    isClosed = true;
    const typed = ['anna', 'pw'];
    editor.answers = { confirm: true, input: () => typed.shift(), pick: () => [1] };
    await run('quayside.registry.deleteTag', tag);
    expect(editor.inputs).toHaveLength(2);
    expect(deleted).toHaveLength(1);
  });

  test.each(['nginx:1', 'ghcr.io/owner/image:1'])(
    'of %s is refused before anything is asked',
    async (name) => {
      await expect(run('quayside.registry.deleteTag', name)).rejects.toMatchObject({
        problem: 'undeletable',
      });
    },
  );
});

describe('Sign In', () => {
  const answer = (...texts: string[]): void => {
    editor.answers = { input: () => texts.shift() };
  };

  test('keeps a login that the registry takes', async () => {
    isClosed = true;
    answer('anna', 'pw');
    await run('quayside.registry.signIn', 'r.io:5000');
    expect(editor.logins.known).toHaveLength(1);
    expect(editor.told).toEqual(['Signed in at r.io:5000. The editor’s secret storage keeps the login.']);
    await run('quayside.registry.signOut', 'r.io:5000');
    expect(editor.logins.known).toEqual([]);
    expect(editor.told.at(-1)).toBe('Signed out at r.io:5000.');
    await run('quayside.registry.signOut', 'r.io:5000');
    expect(editor.told.at(-1)).toBe('Nobody was signed in at r.io:5000.');
  });

  test('keeps nothing of one that it refuses, and offers to try again', async () => {
    isClosed = true;
    answer('anna', 'wrong');
    const failure: unknown = await run('quayside.registry.signIn', 'r.io:5000').catch(
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({
      message: expect.stringContaining('does not take this user name and password') as string,
      nextSteps: [{ label: 'Sign In…' }],
    });
    expect(editor.logins.known).toEqual([]);
  });
});

describe('a registry without TLS', () => {
  const question = 'Send your login to r.io:5000 without encryption?';
  let asked: string[];

  beforeEach(async () => {
    editor.listed = ['http://r.io:5000'];
    await editor.registries.readKnown();
    await editor.logins.keep({
      registry: 'r.io:5000',
      credential: { kind: 'password', username: 'anna', password: 'pw' },
    });
    asked = [];
  });

  const answerConsent = (isAllowed: boolean): void => {
    editor.answers = {
      confirm: ({ message }) => {
        asked.push(message);
        return isAllowed;
      },
    };
  };

  test('gets no login where none is needed', async () => {
    await run('quayside.registry.copyDigest', 'r.io:5000/team/app:2');
    expect(who).toEqual(['nobody']);
    expect(editor.copied).toEqual([digestOf('b')]);
  });

  test('gets one after the user was asked, once', async () => {
    isClosed = true;
    answerConsent(true);
    await run('quayside.registry.copyDigest', 'r.io:5000/team/app:2');
    await run('quayside.registry.copyDigest', 'r.io:5000/team/app:1');
    expect(asked).toEqual([question]);
    expect(who).toEqual(['nobody', 'anna:pw', 'anna:pw']);
    await run('quayside.registry.signOut', 'r.io:5000');
    expect(editor.registries.needsConsent('r.io:5000')).toBe(true);
  });

  test('gets none for a no, and the login stays', async () => {
    isClosed = true;
    answerConsent(false);
    for (const command of ['copyDigest', 'signIn'] as const)
      await expect(run(`quayside.registry.${command}`, 'r.io:5000/team/app:2')).rejects.toThrow('cancelled');
    expect(asked).toEqual([question, question]);
    expect(who).toEqual(['nobody']);
    expect(editor.logins.known).toHaveLength(1);
  });
});

describe('the list of registries', () => {
  test('takes what is typed once, and refuses what is no address', async () => {
    editor.answers = {
      input: (problem) => {
        expect(problem('not an address')).toContain('cannot be a registry’s address');
        expect(problem('team/app')).toBeDefined();
        expect(problem('docker.io/a/b')).toBeDefined();
        expect(problem('http://lan:80')).toBeUndefined();
        return 'ghcr.io/owner/image';
      },
    };
    await run('quayside.registry.add');
    await run('quayside.registry.add', 'ghcr.io/owner/image');
    expect(editor.listed).toEqual(['r.io:5000', 'ghcr.io/owner/image']);
    expect(editor.revealed).toEqual(['registries registry:ghcr.io', 'registries registry:ghcr.io']);
  });

  test('is asked for, not read from the row that has the focus when its button is pressed', async () => {
    editor.answers = { input: () => undefined };
    await run('quayside.registry.add', 'registry:r.io:5000');
    await run('quayside.registry.filter', 'registry:r.io:5000');
    expect(editor.inputs).toEqual(['Add which registry?', 'Show only rows that have this text']);
  });

  test('takes a repository of the registry whose row was clicked', async () => {
    editor.answers = { input: (_problem, value) => `${value}owner/image` };
    await run('quayside.registry.addRepository', 'registry:ghcr.io#noCatalog');
    expect(editor.listed.at(-1)).toBe('ghcr.io/owner/image');
  });

  test('loses a registry with all that was named of it, or one repository', async () => {
    editor.listed = ['r.io:5000', 'r.io:5000/a', 'http://x.io', 'ghcr.io/a/b', 'ghcr.io/a/c', 'no entry!'];
    await run('quayside.registry.remove', 'registry:r.io:5000');
    await run('quayside.registry.remove', 'registry:ghcr.io/a/b');
    await run('quayside.registry.remove', 'x.io');
    expect(editor.listed).toEqual(['ghcr.io/a/c', 'no entry!']);
  });
});

describe('copying', () => {
  test('takes references of rows as they can be pulled', async () => {
    await run('quayside.registry.copyReference', [
      'registry:r.io:5000/team/app:1',
      'registry:r.io:5000/team/app:2',
    ]);
    expect(editor.copied).toEqual(['r.io:5000/team/app:1\nr.io:5000/team/app:2']);
  });

  test('takes the digest that a tag names now', async () => {
    await run('quayside.registry.copyDigest', 'r.io:5000/team/app:2');
    expect(editor.copied).toEqual([digestOf('b')]);
  });

  test('offers, from the palette, the tags that the view has read', async () => {
    await editor.registries.load('registry:r.io:5000/team/app');
    editor.answers = { pick: () => [2] };
    await run('quayside.registry.copyReference');
    expect(editor.picks[0]?.labels).toEqual([
      'r.io:5000/team/app:1',
      'r.io:5000/team/app:latest',
      'r.io:5000/team/app:2',
    ]);
    expect(editor.copied).toEqual(['r.io:5000/team/app:2']);
  });
});

test.each([
  ['docker.io/library/nginx:1', 'https://hub.docker.com/_/nginx/tags?name=1'],
  ['docker.io/team/app:1.2', 'https://hub.docker.com/r/team/app/tags?name=1.2'],
  ['ghcr.io/owner/image:1', 'https://ghcr.io/owner/image'],
])('Open in Browser opens the page of %s', async (name, url) => {
  await run('quayside.registry.openInBrowser', name);
  expect(editor.opened).toEqual([url]);
});

test('Open in Browser says when a registry has no page', async () => {
  await expect(run('quayside.registry.openInBrowser', 'r.io:5000/team/app:1')).rejects.toThrow(
    'No web page of r.io:5000 is known here. Use its own.',
  );
});
