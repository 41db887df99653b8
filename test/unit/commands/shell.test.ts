import { describe, expect, test } from 'vitest';
import { showContainerChanges } from '../../../src/commands/container/changes.ts';
import { debugContainer } from '../../../src/commands/container/debug.ts';
import { openContainerShell } from '../../../src/commands/container/shell.ts';
import { openContainerShellWithOptions } from '../../../src/commands/container/shellWithOptions.ts';
import { attachContainer } from '../../../src/commands/container/attach.ts';
import { openContainerChange } from '../../../src/commands/container/openChange.ts';
import { runVerb } from '../../../src/commands/runVerb.ts';
import type { Verb } from '../../../src/commands/verb.ts';
import { partNode } from '../../../src/model/tree/partRows.ts';
import { container, image, longId } from '../../support/builders.ts';
import { FakeEditor } from '../../support/fakeDeps.ts';
import { FakeEngine } from '../../support/fakeEngine.ts';

const { signal } = new AbortController();
const web = container('web');
const ref = `default/container/${web.id}`;

async function start(engine = new FakeEngine({ container: [web] })) {
  const editor = new FakeEditor();
  await editor.add(engine);
  const run = (verb: Verb<'container'>, name = 'web'): Promise<void> =>
    runVerb(editor.deps, verb, { origin: 'caller', names: [name], options: { force: false } }, signal);
  return { editor, engine, run };
}

describe('Open Shell', () => {
  test('opens one at once, with nothing asked', async () => {
    const { editor, run } = await start();
    await run(openContainerShell);
    await run(attachContainer);
    expect(editor.opened).toEqual([`shell ${ref} web`, `attached ${ref} web`]);
  });
});

describe('Open Shell…', () => {
  test('asks for what is there, and remembers it for the image', async () => {
    const { editor, engine, run } = await start();
    engine.output = [{ stream: 'stdout', data: Buffer.from('zsh\nsh\n') }];
    editor.answers = {
      pick: (title) => (title === 'Which shell?' ? [1] : [0]),
      input: () => '/srv',
    };
    await run(openContainerShellWithOptions);
    expect(editor.picks[0]?.labels).toEqual(['The best one that is there', 'zsh', 'sh', 'Another one…']);
    expect(editor.opened).toEqual([`shell ${ref} web zsh /srv`]);
    expect(editor.shells.get(web.image)).toEqual({ shell: 'zsh', workingDir: '/srv' });
    await run(openContainerShellWithOptions);
    expect(editor.picks[2]?.labels.slice(0, 2)).toEqual(['zsh', 'The best one that is there']);
  });

  test('takes another one that is typed, and nothing but a whole path for the folder', async () => {
    const { editor, run } = await start();
    const problems: (string | undefined)[] = [];
    editor.answers = {
      pick: (_title, items) => [items.length - 1],
      input: (problem, _value, { title }) => {
        if (title !== 'In which folder?') return title === 'Which shell?' ? 'fish -l' : '1000:1000';
        problems.push(problem('srv'), problem('/srv'), problem(''));
        return '';
      },
    };
    await run(openContainerShellWithOptions);
    expect(editor.opened).toEqual([`shell ${ref} web fish -l 1000:1000`]);
    expect(problems).toEqual(['Give the whole path, from / on.', undefined, undefined]);
  });

  test('opens and keeps nothing once the user turned away', async () => {
    const { editor, run } = await start();
    editor.answers = { pick: () => [0], input: () => undefined };
    await run(openContainerShellWithOptions);
    expect(editor.opened).toEqual([]);
    expect(editor.shells.size).toBe(0);
  });
});

describe('Open Debug Shell…', () => {
  test('offers images that are there, handy ones first, and shares what the container has', async () => {
    const engine = new FakeEngine({
      container: [web],
      image: [image('a', ['app:1']), image('b', ['busybox:latest']), image('d', ['debian:12'])],
    });
    const { editor, run } = await start(engine);
    editor.answers = { pick: () => [0] };
    await run(debugContainer);
    expect(editor.picks[0]?.labels).toEqual(['busybox:latest', 'debian:12', 'app:1']);
    expect(engine.created[0]).toMatchObject({
      image: 'busybox:latest',
      sharesProcessesOf: web.id,
      networks: [{ name: `container:${web.id}` }],
      isRemovedAtEnd: true,
      hasTerminal: true,
    });
    expect(editor.opened).toEqual([`own default/container/${'c0ffee'.padEnd(64, '0')} web (debug)`]);
  });

  test('says what to do where there is no image', async () => {
    const { run } = await start();
    await expect(run(debugContainer)).rejects.toThrow(
      'There is no image on the engine to take a shell from.',
    );
  });
});

describe('changes', () => {
  test('are shown below the row of the container', async () => {
    const { editor, run } = await start();
    await run(showContainerChanges);
    expect(editor.revealed).toEqual([`containers ${ref}#changes`]);
  });

  test('open beside the image by their row', async () => {
    const { editor } = await start();
    const node = partNode('default', web.id, 'changes/etc', {
      kind: 'change',
      name: 'etc',
      path: '/etc',
      change: 'added',
      isFolder: false,
    });
    editor.addNode(node);
    await openContainerChange.run(editor.deps, signal, [node.key]);
    expect(editor.opened).toEqual(['change web added /etc']);
    await expect(openContainerChange.run(editor.deps, signal, [longId('x')])).rejects.toThrow(
      'Choose a change',
    );
  });
});
