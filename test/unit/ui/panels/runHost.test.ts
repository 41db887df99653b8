import { describe, expect, test } from 'vitest';
import { Emitter } from '../../../../src/base/event.ts';
import { english } from '../../../../src/base/localize.ts';
import { nullLogger } from '../../../../src/base/logger.ts';
import { isEnvFileProblem, parseEnvFile } from '../../../../src/model/envFile.ts';
import { RunError } from '../../../../src/model/runError.ts';
import { formOf, type RunForm } from '../../../../src/model/runForm.ts';
import { plainRun } from '../../../../src/model/runOptions.ts';
import { Channel, type PageChannel } from '../../../../src/protocol/channel.ts';
import { isRunKnown, isRunPageState, type RunContract, type RunKnown } from '../../../../src/protocol/run.ts';
import { EngineRunActions } from '../../../../src/ui/panels/runActions.ts';
import { RunHost } from '../../../../src/ui/panels/runHost.ts';
import { runStrings } from '../../../../src/ui/panels/runStrings.ts';
import { container, image, network, volume } from '../../../support/builders.ts';
import { settle } from '../../../support/fakeClock.ts';
import { FakeEditor } from '../../../support/fakeDeps.ts';
import { FakeEngine } from '../../../support/fakeEngine.ts';

const form = formOf({ ...plainRun, image: 'web:1' });

async function stage(replaces?: { readonly id: string; readonly name: string }) {
  const editor = new FakeEditor();
  const engine = new FakeEngine({
    container: [
      container('holder', {
        state: 'running',
        ports: [{ containerPort: 1, protocol: 'tcp', host: { ip: '0.0.0.0', port: 80 } }],
      }),
    ],
    image: [image('web', ['web:1'])],
    network: [network('back')],
    volume: [volume('data')],
  });
  const owner = await editor.add(engine);
  const running: string[] = [];
  const refused: string[] = [];
  const replaced = replaces === undefined ? undefined : { ...replaces, keptNames: [] };
  const actions = new EngineRunActions({
    deps: editor.deps,
    engine: () => owner,
    replaces: replaced,
    resolvePath: (path) => `/work/${path}`,
    onRunning: (id) => running.push(id),
  });
  await settle();
  const toPage = new Emitter<unknown>();
  const toHost = new Emitter<unknown>();
  const known: RunKnown[] = [];
  const host = new RunHost({
    port: { post: (message) => toPage.fire(structuredClone(message)), onMessage: toHost.event },
    target: { engineId: 'default', engineName: 'default', replaces: replaced },
    form,
    folder: '/work',
    strings: runStrings(english),
    actions,
    log: { ...nullLogger, warn: (what) => refused.push(what) },
  });
  const page: PageChannel<RunContract> = new Channel(
    { post: (message) => toHost.fire(structuredClone(message)), onMessage: toPage.event },
    { requests: {}, events: { known: { accepts: isRunKnown, hear: (each) => known.push(each) } } },
    (what) => refused.push(what),
  );
  return { editor, engine, owner, page, host, running, known, refused };
}

const run = (page: PageChannel<RunContract>, change: Partial<RunForm> = {}) =>
  page.ask('run', { form: { ...form, ...change } });

describe('the host of the form', () => {
  test('gives a new page all it needs, and what changes on the engine', async () => {
    const { page, engine, owner, known } = await stage();
    const { known: first, form: initial, folder } = await page.ask('ready', undefined);
    expect(first).toEqual({ containers: ['holder'], networks: ['back'], isConnected: true });
    expect([initial, folder]).toEqual([form, '/work']);
    engine.endStream();
    await settle();
    expect(owner.store.state.connection.phase).not.toBe('connected');
    expect(known.at(-1)?.isConnected).toBe(false);
  });

  test('says who has a port', async () => {
    const { page, editor } = await stage();
    editor.takenPorts = ['443'];
    const ports = ['80', '443', '8080', '', '90-99'].map((hostPort) => ({
      hostIp: '',
      hostPort,
      containerPort: 0,
      protocol: 'tcp' as const,
    }));
    expect(await page.ask('checkPorts', ports)).toEqual([
      { index: 0, holder: 'holder' },
      { index: 1, holder: '' },
    ]);
  });

  test('lets the editor choose', async () => {
    const { page, editor } = await stage();
    editor.answers = { pick: () => [0] };
    expect(await page.ask('choose', { what: 'image' })).toBe('web:1');
    expect(await page.ask('choose', { what: 'network' })).toBe('back');
    expect(await page.ask('choose', { what: 'volume' })).toBe('data');
  });

  test('runs what the form says, with the files of the environment behind its variables', async () => {
    const { page, editor, engine, running } = await stage();
    editor.files.set('/work/.env', '# mine\nA=1\nB="2"\nSHELL\n');
    const result = await run(page, { envFiles: [{ path: '.env' }], env: [{ name: 'A', value: 'own' }] });
    expect(result).toEqual({ kind: 'done' });
    expect(engine.created[0]).toMatchObject({ env: { A: 'own', B: '"2"' }, envFiles: [] });
    expect(running).toHaveLength(1);
  });

  test('says what went wrong, where it belongs, and leaves nothing behind', async () => {
    const { page, engine, running } = await stage();
    engine.fail('start', new RunError('portTaken', '0.0.0.0:8080', 'Bind failed'));
    const ports = [{ host: '8080', container: '80', protocol: 'tcp' as const }];
    expect(await run(page, { ports })).toEqual({
      kind: 'failed',
      message:
        'The port 0.0.0.0:8080 is taken on the engine’s machine. Choose another one, or end what uses it.',
      at: 'ports.0.host',
    });
    expect(engine.calls.at(-1)).toMatch(/^remove .* force volumes$/);
    expect(running).toEqual([]);
    expect(await run(page, { envFiles: [{ path: 'none' }] })).toMatchObject({
      message: expect.stringContaining('none cannot be read') as string,
    });
  });

  test('ends the work when the page gives up', async () => {
    const { page, engine, running } = await stage();
    const held = engine.hold('start');
    const giving = new AbortController();
    const asked = page.ask('run', { form }, giving.signal).catch(() => 'given up');
    await held.reached;
    giving.abort();
    expect(await asked).toBe('given up');
    await settle();
    await settle();
    expect(engine.calls.at(-1)).toMatch(/^remove .* force volumes$/);
    expect(running).toEqual([]);
  });

  test('believes no page: what can’t be read is not run, what is no form is refused', async () => {
    const { page, engine, refused } = await stage();
    expect(await run(page, { image: '' })).toEqual({ kind: 'failed', message: '', at: 'image' });
    expect(engine.created).toEqual([]);
    const strange = { ...form, ports: [{ host: 1 }] } as unknown as RunForm;
    await expect(page.ask('run', { form: strange })).rejects.toThrow('malformed');
    expect(refused).toEqual(['run panel: refused a malformed request “run”']);
  });
});

test('what a page keeps is read back only if it is a form', () => {
  const target = { engineId: 'e', engineName: 'E', replaces: undefined };
  expect(isRunPageState({ version: 1, target, form })).toBe(true);
  expect(isRunPageState(JSON.parse(JSON.stringify({ version: 1, target, form })))).toBe(true);
  expect(isRunPageState({ version: 2, target, form })).toBe(false);
  expect(isRunPageState({ version: 1, target, form: { ...form, env: 'A=1' } })).toBe(false);
  expect(isRunPageState({ version: 1, target: { ...target, replaces: 'web' }, form })).toBe(false);
});

test('an environment file is read as Docker does', () => {
  const read = parseEnvFile('\ufeffA=1\r\n\n  # no\n B= two \nC\nD=a=b\n');
  expect(read).toEqual({ A: '1', B: ' two ', D: 'a=b' });
  for (const [text, line] of [
    ['A=1\nnot a name=2', 2],
    ['=1', 1],
  ] as const) {
    const wrong = parseEnvFile(text);
    expect(isEnvFileProblem(wrong) && wrong.line).toBe(line);
  }
});
