import { describe, expect, test } from 'vitest';
import { openContainerFile } from '../../../src/commands/container/openFile.ts';
import { openContainerPort } from '../../../src/commands/container/openPort.ts';
import { explain } from '../../../src/commands/explain.ts';
import { CommandFailure } from '../../../src/commands/commandFailure.ts';
import { commandIds } from '../../../src/commands/ids.ts';
import { commandTable } from '../../../src/commands/table.ts';
import { groupView, sortView } from '../../../src/commands/view/arrange.ts';
import { clearFilter, filterView } from '../../../src/commands/view/filter.ts';
import { refreshViews } from '../../../src/commands/view/refresh.ts';
import { setSwitch } from '../../../src/commands/view/toggle.ts';
import { revealVolume } from '../../../src/commands/volume/reveal.ts';
import { english } from '../../../src/base/localize.ts';
import { EngineError, type EngineErrorHint, type EngineErrorReason } from '../../../src/model/engineError.ts';
import { fileNode } from '../../../src/model/tree/fileRows.ts';
import { containerParts } from '../../../src/model/tree/partRows.ts';
import { container, fileEntry, type Objects, volume } from '../../support/builders.ts';
import { FakeEditor } from '../../support/fakeDeps.ts';
import { FakeEngine } from '../../support/fakeEngine.ts';

const never = new AbortController().signal;

async function editorWith(objects: Objects): Promise<FakeEditor> {
  const editor = new FakeEditor();
  await editor.add(new FakeEngine(objects));
  return editor;
}

describe('explain', () => {
  test.each<[EngineErrorHint, RegExp]>([
    ['permission', /sudo usermod -aG docker \$USER/],
    ['missing', /Start the engine, or install one/],
    ['refused', /nothing answers/],
    ['garbage', /not a container engine/],
    ['silent', /did not answer in time/],
    ['endpoint', /DOCKER_HOST/],
    ['tls', /Check the certificates/],
  ])('%s has a next step', (hint, sentence) => {
    expect(explain(new EngineError('unreachable', 'it broke', { hint }), english)).toMatch(sentence);
  });

  test.each<[EngineErrorReason, string]>([
    [
      'unreachable',
      'the connection to the engine was lost. It is retried by itself; try again when it is back.',
    ],
    ['notFound', 'No such container: x. It may have been removed in the meantime.'],
    ['unauthorized', 'access was refused: No such container: x.'],
    ['timeout', 'the engine took too long: No such container: x.'],
    ['unsupported', 'this engine cannot do that: No such container: x.'],
    ['conflict', 'No such container: x.'],
    ['unexpected', 'No such container: x.'],
  ])('%s is said with the engine’s words', (reason, sentence) => {
    expect(explain(new EngineError(reason, 'No such container: x'), english)).toBe(sentence);
  });

  test('adds nothing to what is a whole sentence already, and cuts what is endless', () => {
    expect(explain(new CommandFailure('notFound', 'There is no x.'), english)).toBe('There is no x.');
    expect(explain(new EngineError('conflict', 'y'.repeat(60_000)), english).length).toBeLessThan(420);
    expect(explain(new EngineError('conflict', 'Ends already!'), english)).toBe('Ends already!');
  });
});

describe('opening a port', () => {
  const port = (containerPort: number, ip: string, hostPort: number) => ({
    containerPort,
    protocol: 'tcp',
    host: { ip, port: hostPort },
  });

  test.each([
    ['0.0.0.0', 8080, 'http://localhost:8080'],
    ['::', 8080, 'http://localhost:8080'],
    ['127.0.0.1', 3000, 'http://127.0.0.1:3000'],
    ['::1', 3000, 'http://[::1]:3000'],
    ['0.0.0.0', 8443, 'https://localhost:8443'],
  ])('bound to %s:%d opens %s', async (ip, hostPort, url) => {
    const editor = await editorWith({ container: [container('web', { ports: [port(80, ip, hostPort)] })] });
    await openContainerPort.run(editor.deps, never, ['web']);
    expect(editor.opened).toEqual([url]);
  });

  test('that was clicked opens that one', async () => {
    const web = container('web', { ports: [port(80, '0.0.0.0', 8080), port(9000, '0.0.0.0', 9000)] });
    const editor = await editorWith({ container: [web] });
    const parts = containerParts({
      kind: 'container',
      key: '',
      engineId: 'default',
      container: web,
      label: '',
      isOffline: false,
    });
    for (const part of parts) editor.addNode(part);
    await openContainerPort.run(editor.deps, never, [parts[1]?.key]);
    expect(editor.opened).toEqual(['http://localhost:9000']);
  });

  test('of a container that publishes none says so', async () => {
    const editor = await editorWith({ container: [container('web')] });
    await expect(openContainerPort.run(editor.deps, never, ['web'])).rejects.toThrow('It publishes no port.');
  });
});

describe('a row below a container', () => {
  const web = container('web', {
    mounts: [{ type: 'volume', source: 'data', target: '/data', readOnly: false }],
  });

  test('that is a file opens it, by the path that the tree has', async () => {
    const editor = await editorWith({ container: [web] });
    const place = { engineId: 'default', kind: 'container', id: web.id } as const;
    const file = fileNode(place, '/etc/a b', fileEntry('a b'));
    editor.addNode(file);
    await openContainerFile.run(editor.deps, never, [file.key]);
    expect(editor.opened).toEqual([`file default/container/${web.id} /etc/a b`]);
    await expect(openContainerFile.run(editor.deps, never, ['/etc/passwd'])).rejects.toThrow('Choose a file');
  });

  test('that is a volume’s mount leads to the volume', async () => {
    const editor = await editorWith({ container: [web], volume: [volume('data')] });
    const [mount] = containerParts({
      kind: 'container',
      key: '',
      engineId: 'default',
      container: web,
      label: '',
      isOffline: false,
    });
    if (mount !== undefined) editor.addNode(mount);
    await revealVolume.run(editor.deps, never, [mount?.key]);
    await revealVolume.run(editor.deps, never, ['data']);
    expect(editor.revealed).toEqual(['volumes default/volume/data', 'volumes default/volume/data']);
    await expect(revealVolume.run(editor.deps, never, ['gone'])).rejects.toMatchObject({
      reason: 'notFound',
    });
  });
});

describe('a view', () => {
  test('is filtered by what is given or typed, and not changed by turning away', async () => {
    const editor = await editorWith({});
    await filterView('containers').run(editor.deps, never, ['  web ']);
    expect(editor.options.get('containers')?.filter).toBe('web');
    editor.answers = { input: (_problem, value) => `${value}-2` };
    await filterView('containers').run(editor.deps, never, []);
    expect(editor.options.get('containers')?.filter).toBe('web-2');
    editor.answers = { input: () => undefined };
    await filterView('containers').run(editor.deps, never, []);
    expect(editor.options.get('containers')?.filter).toBe('web-2');
  });

  test('shows everything again at once', async () => {
    const editor = await editorWith({});
    await filterView('containers').run(editor.deps, never, ['web']);
    await setSwitch('containers', 'runningOnly', true).run(editor.deps, never, []);
    await setSwitch('containers', 'thisWorkspaceOnly', true).run(editor.deps, never, []);
    expect(editor.options.get('containers')).toMatchObject({ runningOnly: true, thisWorkspaceOnly: true });
    await clearFilter('containers').run(editor.deps, never, []);
    expect(editor.options.get('containers')).toMatchObject({
      filter: '',
      runningOnly: false,
      thisWorkspaceOnly: false,
    });
  });

  test('is grouped by a label that is there, the commonest first', async () => {
    const editor = await editorWith({
      container: [
        container('a', { labels: { rare: '1', common: '1' } }),
        container('b', { labels: { common: '2' } }),
      ],
    });
    editor.answers = {
      pick: (_title, items) => [items.findIndex(({ label }) => /^Label|^common/.test(label))],
    };
    await groupView('containers').run(editor.deps, never, []);
    expect(editor.picks[1]?.labels).toEqual(['common', 'rare']);
    expect(editor.options.get('containers')?.groupBy).toBe('label:common');
  });

  test('is sorted by what is chosen', async () => {
    const editor = await editorWith({});
    editor.answers = { pick: (_title, items) => [items.findIndex(({ label }) => label === 'Biggest first')] };
    await sortView('images').run(editor.deps, never, []);
    expect(editor.options.get('images')?.sortBy).toBe('size');
  });

  test('that is read again lists what is shown', async () => {
    const engine = new FakeEngine();
    const editor = new FakeEditor();
    const { store } = await editor.add(engine);
    store.attend('image');
    await refreshViews.run(editor.deps, never, []);
    expect(engine.calls.filter((call) => call.startsWith('list'))).toContain('list image');
  });
});

test('every command has exactly one definition', () => {
  expect(Object.keys(commandTable).sort()).toEqual([...commandIds].sort());
  expect(new Set(commandIds).size).toBe(commandIds.length);
});
