import { describe, expect, test } from 'vitest';
import { runVerb } from '../../../src/commands/runVerb.ts';
import { VerbFailure } from '../../../src/commands/verbFailure.ts';
import { stopContainer } from '../../../src/commands/container/stop.ts';
import { startContainer } from '../../../src/commands/container/start.ts';
import { renameContainer } from '../../../src/commands/container/rename.ts';
import { removeContainer } from '../../../src/commands/container/remove.ts';
import { killContainer } from '../../../src/commands/container/kill.ts';
import { removeImage } from '../../../src/commands/image/remove.ts';
import { removeVolume } from '../../../src/commands/volume/remove.ts';
import { removeNetwork } from '../../../src/commands/network/remove.ts';
import { copyContainerName } from '../../../src/commands/container/copyName.ts';
import type { AnyVerb } from '../../../src/commands/verb.ts';
import type { Verb } from '../../../src/commands/verb.ts';
import type { ObjectKind } from '../../../src/model/identity.ts';
import { EngineError } from '../../../src/model/engineError.ts';
import { container, image, longId, network, type Objects, stopped, volume } from '../../support/builders.ts';
import { FakeEditor } from '../../support/fakeDeps.ts';
import { FakeEngine } from '../../support/fakeEngine.ts';
import { settle } from '../../support/fakeClock.ts';

const never = new AbortController().signal;

interface Stage {
  readonly editor: FakeEditor;
  readonly engine: FakeEngine;
  /** What the engine was asked to do, without the reading. */
  verbs(): readonly string[];
}

async function stage(objects: Objects): Promise<Stage> {
  const editor = new FakeEditor();
  const engine = new FakeEngine(objects);
  await editor.add(engine);
  return {
    editor,
    engine,
    verbs: () => engine.calls.filter((call) => !/^(connect|events|list|read)/.test(call)),
  };
}

function run<K extends ObjectKind>(
  { editor }: Stage,
  verb: Verb<K>,
  names: readonly string[] | undefined,
  options: { readonly force?: boolean } = {},
): Promise<void> {
  return runVerb(
    editor.deps,
    verb,
    { origin: 'person', names, options: { force: false, ...options } },
    never,
  );
}

const web = container('web');
const api = container('api');
const old = stopped('old');

describe('running a verb', () => {
  test('acts on all targets, says what it does, and counts', async () => {
    const made = await stage({ container: [web, api] });
    await run(made, stopContainer, ['web', 'api']);
    expect(made.verbs()).toEqual([`stop ${web.id}`, `stop ${api.id}`]);
    expect(made.editor.progress).toEqual(['Stopping 2 containers']);
    expect(made.editor.reported).toEqual(['1 of 2', '2 of 2']);
  });

  test('names a single target, and needs no count', async () => {
    const made = await stage({ container: [web] });
    await run(made, stopContainer, ['web']);
    expect(made.editor.progress).toEqual(['Stopping web']);
    expect(made.editor.reported).toEqual([]);
  });

  test('works on many at a time, sixteen at most', async () => {
    const many = Array.from({ length: 40 }, (_, n) => container(`c-${String(n)}`));
    const made = await stage({ container: many });
    const held = many.map(({ id }) => made.engine.hold(`stop ${id}`));
    const running = run(
      made,
      stopContainer,
      many.map(({ name }) => name),
    );
    await settle();
    expect(made.verbs()).toHaveLength(16);
    for (const { open } of held) open();
    await running;
    expect(made.verbs()).toHaveLength(40);
  });

  test('of several, leaves out those that it has nothing to do for', async () => {
    const made = await stage({ container: [web, old] });
    await run(made, stopContainer, ['web', 'old']);
    expect(made.verbs()).toEqual([`stop ${web.id}`]);
  });

  test('takes one at the user’s word: the engine knows better than the last event', async () => {
    const made = await stage({ container: [web] });
    await run(made, startContainer, ['web']);
    expect(made.verbs()).toEqual([`start ${web.id}`]);
  });

  test('says so when none of several is in a state for it', async () => {
    const made = await stage({ container: [web, api] });
    await expect(run(made, startContainer, ['web', 'api'])).rejects.toMatchObject({
      reason: 'conflict',
      message: 'None of the selected objects is in a state for that.',
    });
    expect(made.verbs()).toEqual([]);
  });

  test('on nothing selected does nothing', async () => {
    const made = await stage({ container: [web] });
    await run(made, stopContainer, []);
    expect(made.editor.progress).toEqual([]);
  });
});

describe('what failed', () => {
  const failing = (message: string): EngineError => new EngineError('unexpected', message);

  test('is named with its reason, one sentence each up to three, and what was done is counted', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const made = await stage({ container: names.map((name) => container(name)) });
    for (const name of names.slice(0, 5)) made.engine.fail(`stop ${longId(name)}`, failing(`no ${name}`));
    const failure = await run(made, stopContainer, names).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(VerbFailure);
    expect(failure).toMatchObject({
      message:
        'Could not stop a: no a. Could not stop b: no b. Could not stop c: no c. 2 more failed; the log has the reasons. 1 of 6 done.',
    });
    expect(failure instanceof VerbFailure ? failure.failures.map(({ name }) => name) : []).toEqual(
      names.slice(0, 5),
    );
  });

  test('of one alone is its sentence', async () => {
    const made = await stage({ container: [web] });
    made.engine.fail('stop', failing('driver failed'));
    await expect(run(made, stopContainer, ['web'])).rejects.toThrow(/^Could not stop web: driver failed\.$/);
  });

  test('keeps its reason and cause for code and log', async () => {
    const made = await stage({ container: [web] });
    const cause = new EngineError('conflict', 'is paused');
    made.engine.fail('stop', cause);
    await expect(run(made, stopContainer, ['web'])).rejects.toMatchObject({ reason: 'conflict', cause });
  });

  test('does not keep the others from being done', async () => {
    const made = await stage({ container: [web, api] });
    made.engine.fail(`stop ${web.id}`, failing('no'));
    await expect(run(made, stopContainer, ['web', 'api'])).rejects.toThrow('1 of 2 done.');
    expect(made.verbs()).toContain(`stop ${api.id}`);
  });

  test('cannot put markup or lines into the sentence', async () => {
    const made = await stage({ container: [container('a\nb<b>', { id: 'x'.repeat(64) })] });
    made.engine.fail('stop', failing('line\n1'));
    await expect(run(made, stopContainer, ['a\nb<b>'])).rejects.toThrow(/^Could not stop a b<b>: line 1\.$/);
  });
});

describe('cancellation', () => {
  test('is silent, and what was not begun is not begun', async () => {
    const many = Array.from({ length: 40 }, (_, n) => container(`c-${String(n)}`));
    const made = await stage({ container: many });
    made.editor.answers = { cancels: true };
    for (const { id } of many) made.engine.hold(`stop ${id}`);
    await run(
      made,
      stopContainer,
      many.map(({ name }) => name),
    );
    expect(made.verbs().length).toBeLessThanOrEqual(16);
  });

  test('does not hide what failed before it', async () => {
    const made = await stage({ container: [web, api] });
    made.engine.fail(`stop ${web.id}`, new EngineError('unexpected', 'broken'));
    made.engine.hold(`stop ${api.id}`);
    made.editor.answers = { cancels: true };
    await expect(run(made, stopContainer, ['web', 'api'])).rejects.toThrow('Could not stop web: broken.');
  });
});

describe('without a target', () => {
  test('the user picks among those that the verb makes sense for', async () => {
    const made = await stage({ container: [web, api, old] });
    made.editor.answers = { pick: () => [1] };
    await run(made, stopContainer, undefined);
    expect(made.editor.picks).toEqual([{ title: 'Stop which containers?', labels: ['web', 'api'] }]);
    expect(made.verbs()).toEqual([`stop ${api.id}`]);
  });

  test('turning away does nothing', async () => {
    const made = await stage({ container: [web] });
    made.editor.answers = { pick: () => undefined };
    await run(made, stopContainer, undefined);
    expect(made.verbs()).toEqual([]);
  });

  test('with nothing to choose from it is said', async () => {
    const made = await stage({ container: [web] });
    await run(made, startContainer, undefined);
    expect(made.editor.told).toEqual(['There is nothing to choose from: no object is in a state for that.']);
  });

  test('objects of an engine that is gone are not offered', async () => {
    const made = await stage({ container: [web] });
    const gone = new FakeEngine({ container: [api] });
    await made.editor.add(gone, { name: 'gone', address: 'unix:///gone.sock' });
    gone.fail('connect', new EngineError('unreachable', 'gone'));
    gone.endStream();
    await settle();
    made.editor.answers = { pick: () => undefined };
    await run(made, stopContainer, undefined);
    expect(made.editor.picks[0]?.labels).toEqual(['web']);
  });
});

describe('stop', () => {
  test('leaves the time to the container unless a setting gives one', async () => {
    const made = await stage({ container: [web] });
    await run(made, stopContainer, ['web']);
    made.editor.stopTimeoutSeconds = 3;
    await run(made, stopContainer, ['web']);
    expect(made.verbs()).toEqual([`stop ${web.id}`, `stop ${web.id} within 3`]);
  });
});

describe('kill', () => {
  test('sends the signal that was chosen', async () => {
    const made = await stage({ container: [web] });
    made.editor.answers = { pick: (_title, items) => [items.findIndex(({ label }) => label === 'SIGHUP')] };
    await run(made, killContainer, ['web']);
    expect(made.verbs()).toEqual([`kill ${web.id} SIGHUP`]);
  });

  test('is SIGKILL without a question when forced, and nothing when the user turns away', async () => {
    const made = await stage({ container: [web] });
    await run(made, killContainer, ['web'], { force: true });
    made.editor.answers = { pick: () => undefined };
    await run(made, killContainer, ['web']);
    expect(made.verbs()).toEqual([`kill ${web.id} SIGKILL`]);
  });
});

describe('removing containers', () => {
  test('asks once for all, naming each with its state, and says what is lost', async () => {
    const made = await stage({ container: [web, old] });
    made.editor.answers = { confirm: true };
    await run(made, removeContainer, ['web', 'old']);
    expect(made.editor.confirmations).toEqual([
      {
        message: 'Remove 2 containers? 1 of them are running and are killed first.',
        detail:
          'web · running · nginx:1.27\nold · exited · nginx:1.27\n\nWhat was written inside is lost. Volumes stay.',
        action: 'Remove',
      },
    ]);
    expect(made.verbs()).toEqual([`remove ${web.id} force`, `remove ${old.id}`]);
  });

  test.each([
    [web, 'Remove web? It is running and is killed first.'],
    [old, 'Remove old?'],
  ])('one alone is named in the question', async (only, message) => {
    const made = await stage({ container: [only] });
    made.editor.answers = { confirm: false };
    await run(made, removeContainer, [only.name]);
    expect(made.editor.confirmations.map((question) => question.message)).toEqual([message]);
    expect(made.verbs()).toEqual([]);
  });

  test('does not ask when forced, nor when the setting says so', async () => {
    const made = await stage({ container: [web, old] });
    await run(made, removeContainer, ['web'], { force: true });
    made.editor.confirmRemoval = false;
    await run(made, removeContainer, ['old']);
    expect(made.editor.confirmations).toEqual([]);
    expect(made.verbs()).toEqual([`remove ${web.id} force`, `remove ${old.id}`]);
  });

  test('one that was stopped when the question was asked is not killed if it runs by then', async () => {
    const made = await stage({ container: [old] });
    made.editor.answers = {
      confirm: async () => {
        made.engine.change('container', old.id, container('old'));
        made.engine.emit({
          kind: 'container',
          action: 'start',
          id: old.id,
          detail: '',
          at: 1,
          attributes: {},
        });
        await settle();
        return true;
      },
    };
    await run(made, removeContainer, ['old']);
    expect(made.verbs()).toEqual([`remove ${old.id}`]);
  });

  test('a long list is cut, and says by how much', async () => {
    const many = Array.from({ length: 30 }, (_, n) => stopped(`c-${String(n)}`));
    const made = await stage({ container: many });
    made.editor.answers = { confirm: false };
    await run(
      made,
      removeContainer,
      many.map(({ name }) => name),
    );
    expect(made.editor.confirmations[0]?.detail).toContain('… and 18 more');
  });
});

describe('removing other things', () => {
  test('an image says whether its layers go or only a tag, and who uses it', async () => {
    const app = image('nginx', ['app:1', 'app:2']);
    const made = await stage({ image: [app, image('b', ['b:1'])], container: [web] });
    made.editor.answers = { confirm: true };
    await run(made, removeImage, ['app:1', 'b:1']);
    expect(made.editor.confirmations[0]?.detail).toBe(
      'app:1 · only this tag; the image keeps others · in use by web (running)\nb:1 · 187 MB',
    );
    expect(made.verbs()).toEqual(['removeImage app:1', 'removeImage b:1']);
  });

  test('all tags of an image are its end', async () => {
    const made = await stage({ image: [image('a', ['app:1', 'app:2'])] });
    made.editor.answers = { confirm: false };
    await run(made, removeImage, ['app:1', 'app:2']);
    expect(made.editor.confirmations[0]?.detail).toBe('app:1 · 187 MB\napp:2 · 187 MB');
  });

  test('an image that only stopped containers use goes by force, which is said and asked for', async () => {
    const made = await stage({ image: [image('nginx', ['app:1'])], container: [old] });
    made.editor.confirmRemoval = false;
    made.editor.answers = { confirm: true };
    await run(made, removeImage, ['app:1']);
    expect(made.editor.confirmations).toEqual([
      {
        message: 'Remove app:1 by force?',
        detail:
          'app:1 · 187 MB · in use by old (exited)\n\n' +
          'Stopped containers keep their files, but cannot be made again without the image.',
        action: 'Remove by Force',
      },
    ]);
    expect(made.verbs()).toEqual(['removeImage app:1 force']);
  });

  test('an image that runs loses its last name, and says that its layers stay', async () => {
    const made = await stage({ image: [image('nginx', ['app:1'])], container: [web] });
    made.editor.answers = { confirm: true };
    await run(made, removeImage, ['app:1']);
    expect(made.editor.confirmations[0]?.detail).toContain('its layers stay as long as the container');
    expect(made.verbs()).toEqual(['removeImage app:1 force']);
  });

  test('what the engine refuses by force too is refused before it is asked, or stays behind the others', async () => {
    const made = await stage({ image: [image('nginx', []), image('free', [])], container: [web] });
    made.editor.answers = { confirm: true };
    const used = `sha256:${longId('nginx')}`;
    await expect(run(made, removeImage, [used])).rejects.toThrow(
      `${longId('nginx').slice(0, 12)} is in use by web, which is running. Stop and remove the container first.`,
    );
    expect(made.editor.confirmations).toEqual([]);
    await run(made, removeImage, [used, `sha256:${longId('free')}`]);
    expect(made.editor.confirmations[0]?.detail).toMatch(/in use by web \(running\) · stays\n/);
    expect(made.verbs()).toEqual([`removeImage sha256:${longId('free')}`]);
  });

  test('an image by its id goes with all its tags', async () => {
    const made = await stage({ image: [image('a', ['app:1', 'app:2'])] });
    made.editor.answers = { confirm: true };
    await run(made, removeImage, [longId('a').slice(0, 12)]);
    expect(made.editor.confirmations[0]).toMatchObject({
      message: `Remove ${longId('a').slice(0, 12)} by force?`,
      detail: `${longId('a').slice(0, 12)} · 187 MB · all its tags: app:1, app:2`,
    });
    expect(made.verbs()).toEqual([`removeImage sha256:${longId('a')} force`]);
  });

  test('a volume says its size and its users, and that data goes', async () => {
    const mounts = [{ type: 'volume', source: 'data', target: '/d', readOnly: false }];
    const made = await stage({ volume: [volume('data')], container: [container('db', { mounts })] });
    made.editor.volumeSizes = new Map([['default/data', 48_000_000]]);
    made.editor.answers = { confirm: true };
    await run(made, removeVolume, ['data']);
    expect(made.editor.confirmations).toMatchObject([
      { message: 'Remove data and all data inside?', detail: 'data · 48 MB · in use by db' },
    ]);
    expect(made.verbs()).toEqual(['removeVolume data']);
  });

  test('the engine’s own networks are left out of a selection', async () => {
    const made = await stage({ network: [network('bridge'), network('front')] });
    await run(made, removeNetwork, ['bridge', 'front'], { force: true });
    expect(made.verbs()).toEqual([`removeNetwork ${longId('front')}`]);
  });
});

describe('renaming', () => {
  const judge = async (text: string): Promise<string | undefined> => {
    const made = await stage({ container: [web, api] });
    let problem: string | undefined;
    made.editor.answers = {
      input: (problemOf) => {
        problem = problemOf(text);
        return undefined;
      },
    };
    await run(made, renameContainer, ['web']);
    expect(made.verbs()).toEqual([]);
    return problem;
  };

  test.each(['web2', 'a.b-c_d', '0a', 'web'])('“%s” is a good name', async (text) => {
    expect(await judge(text)).toBeUndefined();
  });

  test.each(['', 'a', '-web', '_a', 'a b', 'a/b', 'größe', '../x', 'a?b', 'web\n'])(
    '“%s” is none',
    async (text) => {
      expect(await judge(text)).toContain('A name starts with a letter or digit');
    },
  );

  test('a name that is taken is refused', async () => {
    expect(await judge('api')).toBe('Another container is called api.');
  });

  test('renames to what was typed, and does nothing for the same name', async () => {
    const made = await stage({ container: [web] });
    made.editor.answers = { input: (_problem, value) => `${value}-2` };
    await run(made, renameContainer, ['web']);
    made.editor.answers = { input: (_problem, value) => value };
    await run(made, renameContainer, ['web']);
    expect(made.verbs()).toEqual([`rename ${web.id} web-2`]);
  });

  test('acts on one only, also when several are selected', async () => {
    const made = await stage({ container: [web, api] });
    made.editor.answers = { input: () => 'new' };
    await run(made, renameContainer, ['web', 'api']);
    expect(made.verbs()).toHaveLength(1);
  });
});

test('copying copies one text, a line for each target', async () => {
  const made = await stage({ container: [web, api] });
  await run(made, copyContainerName, ['web', 'api']);
  expect(made.editor.copied).toEqual(['web\napi']);
});

test('every verb has a question for its picker', async () => {
  const { commandTable } = await import('../../../src/commands/table.ts');
  const { editor } = await stage({});
  const verbs = Object.values(commandTable).filter(
    (definition): definition is AnyVerb => definition.type === 'verb',
  );
  expect(verbs.length).toBeGreaterThan(20);
  for (const verb of verbs) expect(verb.question(editor.deps)).toMatch(/^[A-Z].*\?$/);
});
