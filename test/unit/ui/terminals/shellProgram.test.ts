import { describe, expect, test } from 'vitest';
import { english } from '../../../../src/base/localize.ts';
import type { Container } from '../../../../src/model/container.ts';
import { EngineError } from '../../../../src/model/engineError.ts';
import { RunError } from '../../../../src/model/runError.ts';
import type { ShellChoice } from '../../../../src/model/shell.ts';
import { AttachProgram } from '../../../../src/ui/terminals/attachProgram.ts';
import { FollowedContainer } from '../../../../src/ui/terminals/containerNews.ts';
import { ShellProgram } from '../../../../src/ui/terminals/shellProgram.ts';
import type { Ending, News, Outcome } from '../../../../src/ui/terminals/terminalProgram.ts';
import { container, event, longId, stopped } from '../../../support/builders.ts';
import { settle } from '../../../support/fakeClock.ts';
import { FakeEditor } from '../../../support/fakeDeps.ts';
import { FakeEngine } from '../../../support/fakeEngine.ts';

const signal = new AbortController().signal;
const size = { columns: 80, rows: 24 };
const web = container('web');
const way = { key: 'D', label: 'Debug', run: () => Promise.resolve('stay' as const) };

async function open(choice: ShellChoice = {}, state: Container = web) {
  const editor = new FakeEditor();
  const engine = new FakeEngine({ container: [state] });
  await editor.add(engine);
  const followed = new FollowedContainer(
    editor.engines,
    { engineId: 'default', kind: 'container', id: web.id },
    'web',
  );
  const program = new ShellProgram({
    container: followed,
    choice,
    preferred: () => ['bash'],
    makeId: () => 'one',
    waysOut: () => [way],
    t: english,
  });
  const news: News[] = [];
  program.watch((each) => news.push(each));
  return { engine, program, followed, news, editor };
}

const linesOf = (ending: Ending | 'close'): readonly string[] =>
  ending === 'close'
    ? ['(closes)']
    : [...ending.lines, ...ending.offers.map(({ key, label }) => `${key}: ${label}`)];

describe('the end of a shell', () => {
  test.each<[string, Container | undefined, Outcome, ShellChoice, readonly string[]]>([
    ['with 0 closes', web, { exitCode: 0 }, {}, ['(closes)']],
    [
      'with another code says it',
      web,
      { exitCode: 3 },
      {},
      ['The shell ended with exit code 3.', 'Enter: Open a new shell'],
    ],
    [
      'of a container that stopped offers to start it',
      stopped('web', { exitCode: 143 }),
      { exitCode: 137 },
      {},
      ['web has stopped, with exit code 143.', 'Enter: Start web and open a shell'],
    ],
    [
      'of one that was paused before',
      container('web', { state: 'paused' }),
      { error: new EngineError('conflict', 'Container is paused') },
      {},
      ['web is paused: what runs in it stands still.', 'Enter: Unpause web'],
    ],
    [
      'of one that was removed',
      undefined,
      { error: new EngineError('notFound', 'No such exec') },
      {},
      ['web was removed. A new container of that name is found again.', 'Enter: Look again'],
    ],
    [
      'of an image without one names the ways out',
      web,
      { error: new RunError('commandMissing', '/bin/bash', 'no such file') },
      {},
      [
        'There is no shell in web: its image holds its program and little else. You can do this instead:',
        'D: Debug',
      ],
    ],
    [
      'that was asked for and is not there',
      web,
      { error: new RunError('commandMissing', 'fish', 'no such file') },
      { shell: 'fish' },
      ['There is no “fish” to be run in web. Choose another one with Open Shell….'],
    ],
    [
      'of a user that there is not',
      web,
      { error: new RunError('noUser', 'bob', 'unable to find user bob') },
      { user: 'bob' },
      [
        'The shell in web ended: the image has no user or group “bob”. Give its number instead, or another one.',
        'Enter: Try again',
      ],
    ],
  ])('%s', async (_what, state, outcome, choice, lines) => {
    const { engine, program } = await open(choice);
    engine.change('container', web.id, state);
    expect(linesOf(await program.over(outcome))).toEqual(lines);
  });

  test('of an engine that is gone offers to try again', async () => {
    const { engine, program } = await open();
    engine.fail('read', new EngineError('unreachable', 'ECONNREFUSED'));
    expect(linesOf(await program.over({ exitCode: 137 }))).toEqual([
      'The connection to the engine of web was lost. It is retried by itself.',
      'Enter: Try again',
    ]);
  });

  test('by a restart is said to be one', async () => {
    const { engine, program } = await open();
    await program.connect(size, signal);
    engine.emit(event('container', 'die', web.id));
    expect(linesOf(await program.over({ exitCode: 137 }))).toEqual([
      'web was restarted, and the shell has ended with it.',
      'Enter: Open a new shell',
    ]);
  });

  test('is followed by the start of its container, by an offer, and by another one of its name', async () => {
    const { engine, program, followed } = await open();
    engine.change('container', web.id, stopped('web'));
    const ending = await program.over({ exitCode: 137 });
    if (ending === 'close') throw new Error('closed');
    expect(await ending.offers[0]?.run(signal)).toBe('connect');
    expect(engine.calls).toContain(`start ${web.id}`);
    engine.change('container', web.id, undefined);
    const anew = container('web', { id: longId('anew') });
    // As an engine finds it by its name.
    engine.change('container', 'web', anew);
    expect(await followed.find()).toMatchObject({ id: anew.id });
    expect(followed.id).toBe(anew.id);
  });
});

test('what happens to the container is told', async () => {
  const { engine, news } = await open();
  engine.emit(event('container', 'pause', web.id));
  engine.emit(event('container', 'unpause', web.id));
  engine.emit(event('container', 'start', longId('other')));
  expect(news.map(({ kind }) => kind)).toEqual(['standsStill', 'goesOn']);
  engine.change('container', web.id, stopped('web'));
  engine.emit(event('container', 'die', web.id));
  await settle();
  engine.emit(event('container', 'start', web.id));
  expect(news.slice(2).map((each) => ('ending' in each ? each.ending.lines[0] : ''))).toEqual([
    'web has stopped, with exit code 0.',
    'web runs again.',
  ]);
});

test('an engine that is back is told, with what became of the container', async () => {
  const { engine, news, editor } = await open();
  engine.endStream();
  await settle();
  expect(news).toEqual([]);
  engine.change('container', web.id, stopped('web', { exitCode: 137 }));
  engine.comeBack();
  await settle();
  editor.clock.advance(10_000);
  await settle();
  expect(news.map((each) => ('ending' in each ? each.ending.lines[0] : ''))).toEqual([
    'web has stopped, with exit code 137.',
  ]);
});

test('a shell is one request, as the user and in the folder that were chosen', async () => {
  const { engine, program } = await open({ user: 'bob', workingDir: '/srv', shell: 'fish -l' });
  await program.connect(size, signal);
  expect(engine.calls.filter((call) => call.startsWith('exec'))).toEqual([`exec ${web.id} fish -l`]);
});

describe('a terminal at the main process', () => {
  test('is not attached to a container that does not run, and offers to start it', async () => {
    const { engine, followed } = await open({}, stopped('web'));
    const program = new AttachProgram(followed, english);
    const error = await program.connect(size, signal, () => undefined).catch((thrown: unknown) => thrown);
    expect(engine.calls.some((call) => call.startsWith('attach'))).toBe(false);
    expect(linesOf(await program.over({ error }))).toEqual([
      'web has stopped, with exit code 0.',
      'Enter: Start web and attach to it',
    ]);
  });

  test('says at its top how to leave, and is left by Ctrl+P Ctrl+Q', async () => {
    const { followed } = await open();
    let shown = '';
    const session = await new AttachProgram(followed, english).connect(size, signal, (text) => {
      shown += text;
    });
    expect(shown).toContain('Ctrl+P Ctrl+Q detaches');
    expect(session.write('ls\u0010')).toBeUndefined();
    expect(session.write('\u0011')).toBe('detach');
  });
});
