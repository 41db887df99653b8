import { describe, expect, test } from 'vitest';
import { pullImages, pullImagesForPlatform } from '../../../src/commands/image/pull.ts';
import { pushImages } from '../../../src/commands/image/push.ts';
import { tagImage } from '../../../src/commands/image/tag.ts';
import { runVerb } from '../../../src/commands/runVerb.ts';
import { VerbFailure } from '../../../src/commands/verbFailure.ts';
import type { Action } from '../../../src/commands/verb.ts';
import type { TransferPhase, TransferStep } from '../../../src/model/transfer.ts';
import { TransferError } from '../../../src/model/transferError.ts';
import { image, longId, type Objects } from '../../support/builders.ts';
import { settle } from '../../support/fakeClock.ts';
import { type Answers, FakeEditor } from '../../support/fakeDeps.ts';
import { FakeEngine } from '../../support/fakeEngine.ts';

const never = new AbortController().signal;

interface Stage {
  readonly editor: FakeEditor;
  readonly engine: FakeEngine;
  /** What the engine was asked to move or to name. */
  moves(): readonly string[];
}

async function stage(objects: Objects = {}, answers: Answers = {}): Promise<Stage> {
  const editor = new FakeEditor();
  const engine = new FakeEngine(objects);
  const { store } = await editor.add(engine);
  // Rows are there because their view is looked at.
  store.attend('image');
  await settle();
  editor.answers = answers;
  return { editor, engine, moves: () => engine.calls.filter((call) => /^(pull|push|tag)/.test(call)) };
}

function run({ editor }: Stage, action: Action, ...args: readonly unknown[]): Promise<void> {
  return action.run(editor.deps, never, args);
}

async function failureOf(work: Promise<void>): Promise<VerbFailure> {
  const failure: unknown = await work.catch((error: unknown) => error);
  if (failure instanceof VerbFailure) return failure;
  throw new Error(`not the failure of a verb: ${String(failure)}`);
}

function step(layerId: string, phase: TransferPhase, currentBytes = 0, totalBytes = 0): TransferStep {
  return { layerId, phase, status: phase, currentBytes, totalBytes };
}

/** Types a user name and a password, and whether to keep them. */
function signIn(username: string, password: string, isToKeep = true): Answers {
  return {
    input: (_problem, _value, { title }) => (title.startsWith('User name') ? username : password),
    pick: () => [isToKeep ? 0 : 1],
  };
}

const rowOf = (tag: string): string => `default/image/${tag}`;

describe('pull', () => {
  test('asks for names, refuses what is none, and pulls all of them at a time', async () => {
    const problems: (string | undefined)[] = [];
    const made = await stage(
      {},
      {
        input: (problem) => {
          problems.push(problem(''), problem('nginx a.io/Team'), problem('nginx:1, redis'));
          return ' nginx:1, redis  nginx:1';
        },
      },
    );
    const held = [made.engine.hold('pull nginx'), made.engine.hold('pull redis')];
    const running = run(made, pullImages);
    await settle();
    expect(problems).toEqual([undefined, expect.stringContaining('“a.io/Team” cannot be'), undefined]);
    expect(made.moves()).toEqual(['pull nginx:1', 'pull redis:latest']);
    expect(made.editor.progress).toEqual(['Pulling nginx:1', 'Pulling redis:latest']);
    for (const { open } of held) open();
    await running;
    expect(made.editor.told).toEqual(['Pulled 2 images.']);
  });

  test('does nothing for an empty answer, or none', async () => {
    for (const answer of [undefined, '', ' , ']) {
      const made = await stage({}, { input: () => answer });
      await run(made, pullImages);
      expect(made.moves()).toEqual([]);
    }
  });

  test('of rows pulls their tags again', async () => {
    const made = await stage({ image: [image('a', ['a:1', 'a:2']), image('b', ['b:1']), image('c', [])] });
    await run(made, pullImages, rowOf('a:1'), [rowOf('a:1'), rowOf('b:1'), rowOf(`sha256:${longId('c')}`)]);
    expect(made.moves()).toEqual(['pull a:1', 'pull b:1']);
  });

  test('of a row without a tag says that there is nothing to pull it by', async () => {
    const made = await stage({ image: [image('c', [])] });
    await expect(run(made, pullImages, rowOf(`sha256:${longId('c')}`))).rejects.toThrow('has a tag to pull');
  });

  test('takes names from a caller, and says nothing of success', async () => {
    const made = await stage();
    await run(made, pullImages, ['nginx', 'a.io/app:2'], { platform: 'linux/arm64' });
    expect(made.moves()).toEqual(['pull nginx:latest for linux/arm64', 'pull a.io/app:2 for linux/arm64']);
    expect(made.editor.told).toEqual([]);
    await expect(run(made, pullImages, 'Not a name')).rejects.toThrow(
      '“Not a name” cannot be an image’s name',
    );
  });

  test('asks for the engine when there are several, unless the name has it', async () => {
    const made = await stage();
    const other = new FakeEngine();
    await made.editor.add(other, { name: 'other', address: 'unix:///other' });
    await run(made, pullImages, 'other/image/nginx:1');
    expect(other.calls).toContain('pull nginx:1');
    made.editor.answers = { pick: () => [1] };
    await run(made, pullImages, 'redis');
    expect(made.editor.picks.map(({ title }) => title)).toEqual(['Pull onto which engine?']);
    expect(other.calls).toContain('pull redis:latest');
    expect(made.moves()).toEqual([]);
  });

  test('says when there was nothing to bring', async () => {
    const made = await stage({}, { input: () => 'nginx' });
    made.engine.steps = [{ layerId: '', status: 'Status: Image is up to date', isUpToDate: true }];
    await run(made, pullImages);
    expect(made.editor.told).toEqual(['nginx:latest is up to date.']);
  });

  test('moves its progress by layers and bytes, at most ten times a second', async () => {
    const made = await stage({}, { input: () => 'nginx' });
    made.engine.steps = [
      step('a', 'existing'),
      step('b', 'waiting'),
      step('b', 'transferring', 30_000_000, 120_000_000),
      step('b', 'transferring', 45_000_000, 120_000_000),
    ];
    const held = made.engine.hold('rest of pull nginx');
    const running = run(made, pullImages);
    await held.reached;
    expect(made.editor.reported).toEqual(['1 of 1 layers']);
    made.editor.clock.advance(100);
    expect(made.editor.reported.at(-1)).toBe('1 of 2 layers · 45 of 120 MB');
    expect(made.editor.reported).toHaveLength(2);
    expect(made.editor.fractions.at(-1)).toBeCloseTo((1 / 2 + 3 * (45 / 120)) / 4);
    held.open();
    await running;
    expect(made.editor.told).toEqual(['Pulled nginx:latest.']);
  });

  test('cancelled is silent, and leaves the others alone', async () => {
    const made = await stage({}, { cancels: true });
    made.engine.hold('pull nginx');
    await run(made, pullImages, 'nginx');
    expect(made.editor.told).toEqual([]);
  });

  test('that fails names each reason, and tries only those again', async () => {
    const made = await stage();
    made.engine.fail('pull b', new TransferError('missing', 'docker.io', 'manifest unknown'));
    made.engine.fail('pull c', new TransferError('unreachable', 'c.io', 'no such host'));
    const failure = await failureOf(run(made, pullImages, ['a', 'b', 'c.io/c']));
    expect(failure.message).toBe(
      'Could not pull b:latest: docker.io has no image of this name and tag. Check both. ' +
        'Could not pull c.io/c:latest: the engine does not reach c.io. Check the name, and the network or proxy of ' +
        'the engine. (no such host) 1 of 3 done.',
    );
    expect(failure.nextSteps.map(({ label }) => label)).toEqual(['Retry']);
    made.engine.heal();
    made.engine.calls.length = 0;
    await failure.nextSteps[0]?.run(never);
    expect(made.moves()).toEqual(['pull b:latest', 'pull c.io/c:latest']);
  });

  test('for a platform asks which one', async () => {
    const made = await stage({ image: [image('a', ['a:1'])] }, { pick: () => [1] });
    await run(made, pullImagesForPlatform, rowOf('a:1'));
    expect(made.moves()).toEqual(['pull a:1 for linux/arm64']);
    made.editor.answers = {
      pick: (_title, items) => [items.length - 1],
      input: (problem) => (problem('linux') === undefined ? undefined : 'linux/loong64'),
    };
    await run(made, pullImagesForPlatform, 'b');
    expect(made.moves().at(-1)).toBe('pull b:latest for linux/loong64');
    made.editor.answers = { pick: () => undefined };
    await run(made, pullImagesForPlatform, 'c');
    expect(made.moves()).toHaveLength(2);
  });
});

describe('a login', () => {
  test('that is known is used for its registry alone', async () => {
    const made = await stage();
    made.editor.logins.known = [
      {
        auth: { registry: 'a.io', credential: { kind: 'password', username: 'anna', password: 'pw' } },
        isKept: false,
      },
    ];
    await run(made, pullImages, ['a.io/app', 'b.io/app']);
    expect(made.moves()).toEqual(['pull a.io/app:latest as anna', 'pull b.io/app:latest']);
  });

  test('is asked for once when the registry wants one, and kept once it has worked', async () => {
    const made = await stage({}, signIn('anna', 'pw'));
    made.engine.users = new Map([['a.io', { anna: 'pw' }]]);
    await run(made, pullImages, ['a.io/one', 'a.io/two']);
    expect(made.editor.inputs).toEqual([
      'User name at a.io',
      'Password or access token of anna at a.io (hidden)',
    ]);
    expect(made.moves().filter((call) => call.endsWith(' as anna'))).toHaveLength(2);
    made.engine.calls.length = 0;
    await run(made, pullImages, 'a.io/three');
    expect(made.moves()).toEqual(['pull a.io/three:latest as anna']);
    expect(made.editor.inputs).toHaveLength(2);
  });

  test('that is for this time only is not kept', async () => {
    const made = await stage({}, signIn('anna', 'pw', false));
    made.engine.users = new Map([['a.io', { anna: 'pw' }]]);
    await run(made, pullImages, 'a.io/one');
    expect(made.editor.logins.known).toEqual([]);
  });

  test('that is wrong fails with a sentence, is not kept, and is asked for again by Retry', async () => {
    const made = await stage({}, signIn('anna', 'wrong'));
    made.engine.users = new Map([['a.io', { anna: 'pw' }]]);
    const failure = await failureOf(run(made, pullImages, 'a.io/one'));
    expect(failure.message).toMatch(
      /^Could not pull a\.io\/one:latest: a\.io refused access\. Try again with/,
    );
    expect(failure.message).not.toContain('wrong');
    expect(made.editor.logins.known).toEqual([]);
    made.editor.answers = signIn('anna', 'pw');
    await failure.nextSteps[0]?.run(never);
    expect(made.moves().at(-1)).toBe('pull a.io/one:latest as anna');
  });

  test('that was kept and is refused is forgotten, and the next one tried', async () => {
    const made = await stage({}, signIn('anna', 'new'));
    made.engine.users = new Map([['a.io', { anna: 'new' }]]);
    const known = (username: string, isKept: boolean) =>
      ({
        auth: { registry: 'a.io', credential: { kind: 'password', username, password: 'old' } },
        isKept,
      }) as const;
    made.editor.logins.known = [known('file', false), known('kept', true)];
    await run(made, pullImages, 'a.io/one');
    expect(made.moves()).toEqual([
      'pull a.io/one:latest as file',
      'pull a.io/one:latest as kept',
      'pull a.io/one:latest as anna',
    ]);
    expect(
      made.editor.logins.known.map(({ auth: { credential } }) =>
        credential.kind === 'password' ? credential.username : '',
      ),
    ).toEqual(['file', 'anna']);
  });

  test('that the user does not give leaves the registry’s refusal', async () => {
    const made = await stage({}, { input: () => undefined });
    made.engine.users = new Map([['a.io', {}]]);
    expect((await failureOf(run(made, pullImages, 'a.io/one'))).message).toContain('a.io refused access');
  });

  test('is offered, not asked for, when a name may just be wrong', async () => {
    const made = await stage();
    made.engine.fail('pull typo', new TransferError('missingOrPrivate', 'docker.io', 'pull access denied'));
    const failure = await failureOf(run(made, pullImages, 'typo'));
    expect(failure.nextSteps.map(({ label }) => label)).toEqual(['Retry', 'Sign In…']);
    expect(made.editor.inputs).toEqual([]);
    made.engine.heal();
    made.editor.answers = signIn('anna', 'pw');
    await failure.nextSteps[1]?.run(never);
    expect(made.moves().at(-1)).toBe('pull typo:latest as anna');
  });

  test('that can’t be kept is no failure of the pull', async () => {
    const made = await stage({}, signIn('anna', 'pw'));
    made.engine.users = new Map([['a.io', { anna: 'pw' }]]);
    made.editor.logins.keep = () => Promise.reject(new Error('no key ring'));
    await run(made, pullImages, 'a.io/one');
    expect(made.editor.told[0]).toContain('could not keep the login for a.io');
  });
});

describe('push', () => {
  const images = [image('a', ['a.io/app:1']), image('b', ['app:1']), image('c', [])];

  test('sends each row’s tag to its registry', async () => {
    const made = await stage({ image: images });
    await run(made, pushImages, rowOf('a.io/app:1'));
    expect(made.moves()).toEqual(['push a.io/app:1']);
    expect(made.editor.progress).toEqual(['Pushing a.io/app:1']);
    expect(made.editor.told).toEqual(['Pushed a.io/app:1.']);
  });

  test('from the palette offers what has a tag', async () => {
    const made = await stage({ image: images }, { pick: () => [0] });
    await run(made, pushImages);
    expect(made.editor.picks).toEqual([{ title: 'Push which images?', labels: ['a.io/app:1', 'app:1'] }]);
    expect(made.moves()).toEqual(['push a.io/app:1']);
  });

  test('takes a name from a caller, and rejects for one that is not there', async () => {
    const made = await stage({ image: images });
    await run(made, pushImages, 'a.io/app:1');
    expect(made.editor.told).toEqual([]);
    await expect(run(made, pushImages, 'none:1')).rejects.toThrow('There is no image “none:1”.');
  });

  test.each([
    ['app:1', 'does not say where to push the image to'],
    [`sha256:${longId('c')}`, 'has no tag'],
  ])('of %s says what the image needs first', async (id, sentence) => {
    const made = await stage({ image: images });
    await expect(run(made, pushImages, rowOf(id))).rejects.toThrow(sentence);
    expect(made.moves()).toEqual([]);
  });

  test('signs in where the registry wants it', async () => {
    const made = await stage({ image: images }, signIn('anna', 'pw'));
    made.engine.users = new Map([['a.io', { anna: 'pw' }]]);
    await run(made, pushImages, rowOf('a.io/app:1'));
    expect(made.moves()).toEqual(['push a.io/app:1', 'push a.io/app:1 as anna']);
  });
});

describe('tag', () => {
  const own = image('a', ['app:1', 'app:2']);
  const other = image('b', ['docker.io/team/b:1']);

  async function tag(
    typed: string,
    id = 'app:1',
  ): Promise<Stage & { readonly problem: string | undefined; readonly hint: string | undefined }> {
    let problem: string | undefined;
    let hint: string | undefined;
    const made = await stage(
      { image: [own, other, image('c', [])] },
      {
        input: (check, _value, field) => {
          problem = check(typed);
          hint = field.hint(typed);
          return typed;
        },
      },
    );
    const invocation = { origin: 'person', names: [rowOf(id)], options: { force: false } } as const;
    await runVerb(made.editor.deps, tagImage, invocation, never);
    return { ...made, problem, hint };
  }

  test('gives a row’s image one more name', async () => {
    const made = await tag('localhost:5000/app');
    expect(made.problem).toBeUndefined();
    expect(made.hint).toBeUndefined();
    expect(made.moves()).toEqual(['tag app:1 localhost:5000/app:latest']);
  });

  test('gives an image without a name its first one', async () => {
    expect((await tag('new:1', `sha256:${longId('c')}`)).moves()).toEqual([
      `tag sha256:${longId('c')} new:1`,
    ]);
  });

  test.each([
    ['Not A Name', 'cannot be an image’s name'],
    [`app@sha256:${'ab'.repeat(32)}`, 'A digest follows from the content'],
    ['docker.io/library/app:2', 'The image has this name already.'],
  ])('refuses %s while it is typed', async (typed, sentence) => {
    expect((await tag(typed)).problem).toContain(sentence);
  });

  test('that takes a name away from another image says so, and goes on', async () => {
    const made = await tag('team/b:1');
    expect([made.problem, made.hint]).toEqual([undefined, 'Another image has this name now, and loses it.']);
    expect(made.moves()).toEqual(['tag app:1 team/b:1']);
  });

  test('as it is called already does nothing', async () => {
    expect((await tag('app:1')).moves()).toEqual([]);
  });
});
