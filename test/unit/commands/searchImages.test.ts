import { describe, expect, test } from 'vitest';
import { pullImages } from '../../../src/commands/image/pull.ts';
import { SearchWhileTyping } from '../../../src/commands/searchWhileTyping.ts';
import { nameInRegistry, searchTerm } from '../../../src/model/foundImage.ts';
import { TransferError } from '../../../src/model/transferError.ts';
import { FakeClock, settle } from '../../support/fakeClock.ts';
import { FakeEditor } from '../../support/fakeDeps.ts';
import { FakeEngine } from '../../support/fakeEngine.ts';

const never = new AbortController().signal;

describe('search while typing', () => {
  function stage() {
    const clock = new FakeClock();
    const searched: { readonly text: string; readonly signal: AbortSignal; answer(): void }[] = [];
    const shown: string[] = [];
    const searching = new SearchWhileTyping<string>(
      clock,
      (text, signal) => {
        const { promise, resolve } = Promise.withResolvers<string>();
        searched.push({
          text,
          signal,
          answer: () => {
            resolve(`found ${text}`);
          },
        });
        return promise;
      },
      (found) => shown.push(found),
    );
    return { clock, searched, shown, searching };
  }

  test('begins once typing pauses, with the last text alone', async () => {
    const { clock, searched, shown, searching } = stage();
    searching.type('n');
    clock.advance(200);
    searching.type('ng');
    clock.advance(299);
    expect(searched).toEqual([]);
    clock.advance(1);
    expect(searched.map(({ text }) => text)).toEqual(['ng']);
    searched[0]?.answer();
    await settle();
    expect(shown).toEqual(['found ng']);
  });

  test('gives up what is searched for when one types on, and drops a late answer', async () => {
    const { clock, searched, shown, searching } = stage();
    searching.type('ng');
    clock.advance(300);
    searching.type('ngi');
    expect(searched[0]?.signal.aborted).toBe(true);
    searched[0]?.answer();
    await settle();
    expect(shown).toEqual([]);
    searching.dispose();
    expect(clock.pending).toEqual([]);
  });
});

test.each([
  ['nginx', 'nginx'],
  [' team/app ', 'team/app'],
  ['localhost:5000/app', 'localhost:5000/app'],
  ['localhost:5000/', undefined],
  ['localhost:5000', undefined],
  ['n', undefined],
  ['nginx:1.27', undefined],
  ['nginx redis', undefined],
  ['nginx,redis', undefined],
  ['nginx@sha256:', undefined],
])('of “%s” it searches for %s', (typed, term) => {
  expect(searchTerm(typed)).toBe(term);
});

test.each([
  ['ng', 'nginx', 'nginx'],
  ['ng', 'bitnami/nginx', 'bitnami/nginx'],
  ['r.io/ng', 'team/nginx', 'r.io/team/nginx'],
  ['r.io/ng', 'r.io/team/nginx', 'r.io/team/nginx'],
])('what a search for %s calls %s is %s', (term, name, whole) => {
  expect(nameInRegistry(term, name)).toBe(whole);
});

describe('pull', () => {
  async function stage(types: readonly string[], answer: string) {
    const editor = new FakeEditor();
    const engine = new FakeEngine();
    await editor.add(engine);
    editor.answers = { types, input: () => answer };
    return { editor, engine };
  }

  test('offers what is found, with stars and the official mark, and no icons of strangers', async () => {
    const { editor, engine } = await stage(['ng'], 'nginx');
    engine.found = [
      { name: 'nginx', description: 'Official build', stars: 20000, isOfficial: true },
      { name: 'x/nginx', description: '$(verified) trust me', stars: 0, isOfficial: false },
    ];
    await pullImages.run(editor.deps, never, []);
    expect(editor.offers).toEqual([
      {
        items: [
          {
            value: 'nginx',
            label: 'nginx',
            description: '$(verified) official · $(star-full) 20000',
            detail: 'Official build',
          },
          { value: 'x/nginx', label: 'x/nginx', description: '', detail: '$ (verified) trust me' },
        ],
      },
    ]);
    expect(engine.calls).toContain('pull nginx:latest');
  });

  test('without a search says so, asks no more, and pulls what was typed', async () => {
    const { editor, engine } = await stage(['ng', 'ngi', 'ngi:1'], 'nginx:1');
    engine.fail('search', new TransferError('unreachable', 'docker.io', 'no such host'));
    await pullImages.run(editor.deps, never, []);
    const note = expect.stringContaining(
      'Search is not available: the engine does not reach docker.io.',
    ) as string;
    expect(editor.offers).toEqual([{ items: [], note }, { items: [], note }, { items: [] }]);
    expect(engine.calls.filter((call) => call.startsWith('search'))).toEqual(['search ng']);
    expect(engine.calls).toContain('pull nginx:1');
    expect(editor.told).toEqual(['Pulled nginx:1.']);
  });
});
