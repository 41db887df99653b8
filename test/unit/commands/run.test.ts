import { describe, expect, test } from 'vitest';
import { replaceContainer } from '../../../src/commands/container/replaceContainer.ts';
import { recreateContainer } from '../../../src/commands/container/recreate.ts';
import { runContainerForm } from '../../../src/commands/container/run.ts';
import { fieldOfFailure } from '../../../src/commands/container/runFailure.ts';
import { runImages } from '../../../src/commands/image/run.ts';
import { runImageInteractive } from '../../../src/commands/image/runInteractive.ts';
import { runVerb } from '../../../src/commands/runVerb.ts';
import type { Action } from '../../../src/commands/verb.ts';
import { VerbFailure } from '../../../src/commands/verbFailure.ts';
import type { KnownEngine } from '../../../src/engine/engineSet.ts';
import { EngineError } from '../../../src/model/engineError.ts';
import { RunError } from '../../../src/model/runError.ts';
import { noExtras } from '../../../src/model/runExtras.ts';
import { plainRun, type RunOptions } from '../../../src/model/runOptions.ts';
import { container, image, longId, type Objects } from '../../support/builders.ts';
import { settle } from '../../support/fakeClock.ts';
import { type Answers, FakeEditor } from '../../support/fakeDeps.ts';
import { FakeEngine } from '../../support/fakeEngine.ts';

const never = new AbortController().signal;
const newId = 'c0ffee'.padEnd(64, '0');

interface Stage {
  readonly editor: FakeEditor;
  readonly engine: FakeEngine;
  readonly owner: KnownEngine;
  run(action: Action, ...args: readonly unknown[]): Promise<void>;
  /** What was asked of the engine, but for looking. */
  deeds(): readonly string[];
}

async function stage(objects: Objects = {}, answers: Answers = {}, isLocal = true): Promise<Stage> {
  const editor = new FakeEditor();
  const engine = new FakeEngine({
    ...objects,
    container: [...(objects.container ?? []), container('new', { id: newId, image: 'web:1' })],
  });
  const owner = await editor.add(engine, { isLocal });
  owner.store.attend('image');
  owner.store.attend('container');
  await settle();
  editor.answers = answers;
  return {
    editor,
    engine,
    owner,
    run: (action, ...args) => action.run(editor.deps, never, args),
    deeds: () =>
      engine.calls.filter((call) => /^(pull|create|start|stop|rename|remove|wait|recipe)/.test(call)),
  };
}

const exposing = (engine: FakeEngine, ...ports: readonly number[]): void => {
  engine.defaults = {
    ...engine.defaults,
    ports: ports.map((containerPort) => ({ containerPort, protocol: 'tcp' })),
  };
};

describe('run, by one click', () => {
  test('publishes what the image exposes, on this machine alone, and tells the name', async () => {
    const made = await stage({ image: [image('web', ['web:1'])] });
    exposing(made.engine, 80, 443);
    await made.run(runImages, 'default/image/web:1');
    expect(made.deeds()).toEqual(['create web:1 ', `start ${newId}`]);
    expect(made.engine.created[0]?.ports).toEqual([
      { hostIp: '127.0.0.1', hostPort: '80', containerPort: 80, protocol: 'tcp' },
      { hostIp: '127.0.0.1', hostPort: '443', containerPort: 443, protocol: 'tcp' },
    ]);
    expect(made.editor.told).toEqual(['web:1 runs as new.']);
  });

  test('leaves to the engine which port takes the place of one that is taken', async () => {
    const holder = container('holder', {
      state: 'running',
      ports: [{ containerPort: 1, protocol: 'tcp', host: { ip: '0.0.0.0', port: 80 } }],
    });
    const made = await stage({ image: [image('web', ['web:1'])], container: [holder] });
    made.editor.takenPorts = ['443'];
    exposing(made.engine, 80, 443, 8080);
    await made.run(runImages, 'default/image/web:1');
    expect(made.engine.created[0]?.ports?.map(({ hostPort }) => hostPort)).toEqual(['', '', '8080']);
  });

  test('of an engine elsewhere publishes to all who reach it', async () => {
    const made = await stage({ image: [image('web', ['web:1'])] }, {}, false);
    made.editor.takenPorts = ['80'];
    exposing(made.engine, 80);
    await made.run(runImages, 'default/image/web:1');
    expect(made.engine.created[0]?.ports).toMatchObject([{ hostIp: '', hostPort: '80' }]);
  });

  test('pulls first what the engine does not have', async () => {
    const made = await stage();
    made.engine.pulled = { image: [image('nginx', ['nginx:1'])] };
    await made.run(runImages, 'nginx:1');
    expect(made.deeds()).toEqual(['pull nginx:1', 'create nginx:1 ', `start ${newId}`]);
    expect(made.editor.progress).toEqual(['Pulling nginx:1', 'Running nginx:1']);
    expect(made.editor.told).toEqual([]);
  });

  test('from the palette offers the images, and any other name', async () => {
    const made = await stage(
      { image: [image('web', ['web:1'])] },
      { pick: (_title, items) => [items.length - 1], input: () => 'nginx:1' },
    );
    made.engine.pulled = { image: [image('nginx', ['nginx:1'])] };
    await made.run(runImages);
    expect(made.editor.picks[0]?.labels).toEqual(['web:1', 'Another Image…']);
    expect(made.deeds()).toContain('create nginx:1 ');
  });

  test('leaves nothing behind that does not start, says why, and offers the form', async () => {
    const made = await stage({ image: [image('web', ['web:1'])] });
    made.engine.fail('start', new RunError('portTaken', '127.0.0.1:80', 'Bind failed'));
    const failure: unknown = await made
      .run(runImages, 'default/image/web:1')
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({
      message:
        'Could not run web:1: the port 127.0.0.1:80 is taken on the engine’s machine. Choose another one, or end what uses it.',
    });
    expect(made.deeds().at(-1)).toBe(`remove ${newId} force volumes`);
    if (!(failure instanceof VerbFailure)) throw new Error('not the failure of a verb');
    await failure.nextSteps[0]?.run(never);
    expect(made.editor.forms).toMatchObject([{ engineId: 'default', form: { image: 'web:1' } }]);
  });

  test('names what is left when the engine goes in between', async () => {
    const made = await stage({ image: [image('web', ['web:1'])] });
    const gone = new EngineError('unreachable', 'socket hang up');
    for (const call of ['start', 'remove']) made.engine.fail(call, gone);
    await expect(made.run(runImages, 'default/image/web:1')).rejects.toThrow(
      'The container c0ffee000000 was made and does not run: remove it when the engine is back.',
    );
  });

  test('removes what was made while somebody gave up', async () => {
    const made = await stage({ image: [image('web', ['web:1'])] }, { cancels: true });
    await made.run(runImages, 'default/image/web:1');
    await settle();
    expect(made.deeds()).toEqual(['create web:1 ', `remove ${newId} force volumes`]);
  });
});

test('run, interactively, makes a container that goes at its end, and opens a terminal at it', async () => {
  const made = await stage({ image: [image('web', ['web:1'])] });
  await made.run(runImageInteractive, 'default/image/web:1');
  expect(made.engine.created).toMatchObject([
    { image: 'web:1', hasTerminal: true, isInteractive: true, isRemovedAtEnd: true },
  ]);
  expect(made.editor.opened).toEqual([`own default/container/${newId} web:1`]);
});

describe('the form', () => {
  test('is opened empty, for an image, or for a line', async () => {
    const made = await stage({ image: [image('web', ['web:1'])] });
    await made.run(runContainerForm);
    await made.run(runContainerForm, 'default/image/web:1');
    await made.run(runContainerForm, 'docker run -p 80:80 --name box nginx');
    expect(made.editor.forms.map(({ form }) => [form.image, form.name, form.ports.length])).toEqual([
      ['', '', 0],
      ['web:1', '', 0],
      ['nginx', 'box', 1],
    ]);
  });

  test('of a container that is there has what it was made with', async () => {
    const made = await stage({ container: [container('web')] });
    made.engine.recipe = {
      options: { ...plainRun, image: 'web:1', name: 'web', env: { A: '1' } },
      kept: {},
      keptNames: ['CapAdd'],
      extras: noExtras,
      unsaidNames: [],
    };
    const invocation = { origin: 'person', names: ['web'], options: { force: false } } as const;
    await runVerb(made.editor.deps, recreateContainer, invocation, never);
    expect(made.editor.forms).toMatchObject([
      {
        form: { image: 'web:1', env: [{ name: 'A', value: '1' }] },
        replaces: { id: longId('web'), name: 'web', keptNames: ['CapAdd'] },
      },
    ]);
  });

  const options: RunOptions = {
    ...plainRun,
    entrypoint: 'sh',
    ports: [80, 81].map((port) => ({
      hostIp: '',
      hostPort: String(port),
      containerPort: port,
      protocol: 'tcp' as const,
    })),
    mounts: [{ type: 'bind', source: '/a', target: '/b', isReadOnly: false, extra: '' }],
    networks: [{ name: 'back', aliases: [], ipAddress: '' }],
  };
  test.each([
    [new RunError('nameTaken', 'web', ''), 'name'],
    [new RunError('portTaken', '0.0.0.0:81', ''), 'ports.1.host'],
    [new RunError('hostPathMissing', '/a', ''), 'mounts.0.source'],
    [new RunError('badMount', '/b', ''), 'mounts.0.target'],
    [new RunError('noNetwork', 'back', ''), 'networks.0.name'],
    [new RunError('commandMissing', 'sh', ''), 'entrypoint'],
    [new RunError('commandMissing', 'ls', ''), 'command'],
    [new RunError('badLimit', '', 'Range of CPUs is'), 'cpus'],
    [new RunError('badLimit', '', 'Minimum memory limit'), 'memory'],
    [new EngineError('unreachable', 'gone'), ''],
  ])('says a failure at its field: %o', (error, at) => {
    expect(fieldOfFailure(error, options)).toBe(at);
  });
});

describe('recreate', () => {
  const web = container('web', { state: 'running' });
  const short = longId('web').slice(0, 6);

  async function replacing(fails?: string): Promise<Stage & { readonly failure: unknown }> {
    const made = await stage({ container: [web] });
    made.engine.recipe = {
      options: { ...plainRun, image: 'web:1', name: 'web' },
      kept: 'kept',
      keptNames: [],
      extras: noExtras,
      unsaidNames: [],
    };
    if (fails !== undefined) made.engine.fail(fails, new EngineError('unexpected', 'no'));
    const work = replaceContainer(
      made.editor.deps,
      { engine: made.owner, id: web.id, name: 'web' },
      { ...plainRun, image: 'web:2', name: 'web' },
      never,
    );
    const failure: unknown = await work.then(
      () => undefined,
      (error: unknown) => error,
    );
    return { ...made, failure };
  }

  test('makes the new one beside the old one, and removes that last', async () => {
    const { deeds, engine } = await replacing();
    expect(deeds()).toEqual([
      `recipe ${web.id}`,
      `create web:2 web-new-${short}`,
      `rename ${web.id} web-old-${short}`,
      `rename ${newId} web`,
      `stop ${web.id}`,
      `start ${newId}`,
      `wait ${newId}`,
      `remove ${web.id} force`,
    ]);
    expect(engine.created[0]?.kept).toBe('kept');
  });

  test.each([
    [`create`, []],
    [`rename ${newId}`, [`remove ${newId} force volumes`]],
    [`stop`, [`remove ${newId} force volumes`, `start ${web.id}`]],
    [`start ${newId}`, [`remove ${newId} force volumes`, `start ${web.id}`]],
    [`wait ${newId}`, [`remove ${newId} force volumes`, `start ${web.id}`]],
  ])('that fails at %s puts the old one back', async (fails, steps) => {
    const { deeds, failure } = await replacing(fails);
    expect(failure).toMatchObject({ message: 'no' });
    const done = deeds();
    const at = done.findIndex((call) => call.startsWith(fails));
    expect(done.slice(at + 1)).toEqual(steps);
  });

  test('says where the old one is when it cannot be put back', async () => {
    const { failure } = await replacing(`start`);
    expect(failure).toMatchObject({
      message: `no. Not all could be put back: no. The old container is called web, or web-old-${short}, and nothing of it is lost.`,
    });
  });
});
