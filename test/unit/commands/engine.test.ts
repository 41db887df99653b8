import { describe, expect, test } from 'vitest';
import { connectEngine } from '../../../src/commands/engine/connect.ts';
import { copyEngineAddress } from '../../../src/commands/engine/copyAddress.ts';
import { daemonAction } from '../../../src/commands/engine/daemon.ts';
import { disconnectEngine } from '../../../src/commands/engine/disconnect.ts';
import { refreshEngines } from '../../../src/commands/engine/refresh.ts';
import { runHelloWorld } from '../../../src/commands/engine/runHelloWorld.ts';
import { showEngineVersion } from '../../../src/commands/engine/version.ts';
import { EngineError } from '../../../src/model/engineError.ts';
import { TransferError } from '../../../src/model/transferError.ts';
import { container, image, stopped } from '../../support/builders.ts';
import { FakeEditor } from '../../support/fakeDeps.ts';
import { FakeEngine } from '../../support/fakeEngine.ts';
import { settle } from '../../support/fakeClock.ts';

const never = new AbortController().signal;

describe('hello-world', () => {
  const hello = image('hello', ['hello-world:latest'], { sizeBytes: 13_300 });
  const id = 'c0ffee'.padEnd(64, '0');

  async function stage(engine: FakeEngine): Promise<FakeEditor> {
    const editor = new FakeEditor();
    engine.output = [
      { stream: 'stdout', data: Buffer.from('\nHello from D') },
      { stream: 'stdout', data: Buffer.from('ocker! 🚢\r\nThe end') },
    ];
    await editor.add(engine);
    return editor;
  }

  test('is run when its image is there: found, created, started, its output, its exit code', async () => {
    const engine = new FakeEngine({ image: [hello] });
    const editor = await stage(engine);
    await runHelloWorld.run(editor.deps, never, []);
    expect(engine.calls.slice(3)).toEqual([
      'read image hello-world',
      'create hello-world',
      `start ${id}`,
      `logs ${id}`,
      `wait ${id}`,
    ]);
    expect(editor.document).toEqual([
      '$ docker run hello-world',
      '• Looking for the image hello-world on the engine …',
      expect.stringMatching(/^✔ Found: [0-9a-f]{12}, 13\.3 kB\.$/),
      '✔ Container c0ffee000000 created.',
      '✔ Started. It says:',
      '',
      '    ',
      '    Hello from Docker! 🚢',
      '    The end',
      '',
      '✔ It ended with exit code 0. Client, engine and registry work together.',
      'The container stays in the Containers view until you remove it.',
    ]);
  });

  test('pulls its image when it is not there, a line for each new thing that happens to a layer', async () => {
    const engine = new FakeEngine();
    engine.pulled = { image: [hello] };
    const step = (layerId: string, status: string, currentBytes = 0) => ({ layerId, status, currentBytes });
    engine.steps = [
      step('latest', 'Pulling from library/hello-world'),
      step('c1ec', 'Downloading', 1),
      step('c1ec', 'Downloading', 2),
      step('c1ec', 'Pull complete'),
      step('', 'Status: Downloaded newer image'),
    ];
    const editor = await stage(engine);
    await runHelloWorld.run(editor.deps, never, []);
    expect(engine.calls).toContain('pull hello-world:latest');
    expect(editor.document.slice(1, 8)).toEqual([
      '• Looking for the image hello-world on the engine …',
      '• Not there. Pulling it from its registry …',
      '    latest: Pulling from library/hello-world',
      '    c1ec: Downloading',
      '    c1ec: Pull complete',
      '    Status: Downloaded newer image',
      '✔ Pulled.',
    ]);
  });

  test('says what is missing when it is neither here nor there', async () => {
    const engine = new FakeEngine();
    engine.fail('pull', new TransferError('missing', 'docker.io', 'manifest unknown'));
    const editor = await stage(engine);
    await expect(runHelloWorld.run(editor.deps, never, [])).rejects.toMatchObject({ reason: 'notFound' });
    expect(editor.document.at(-1)).toBe(
      '✘ Failed: the image hello-world is neither on the engine nor to be had from its registry: docker.io has no image of this name and tag. Check both.',
    );
    expect(engine.calls.some((call) => call.startsWith('create'))).toBe(false);
  });

  test.each([
    ['hello-world', 'hello-world:latest'],
    ['hello-world:linux', 'hello-world:linux'],
    ['127.0.0.1:5000/hello', '127.0.0.1:5000/hello:latest'],
    ['127.0.0.1:5000/hello:1', '127.0.0.1:5000/hello:1'],
    [`hello@sha256:${'ab'.repeat(32)}`, `hello@sha256:${'ab'.repeat(32)}`],
  ])('pulls one tag of %s, never all of them', async (name, reference) => {
    const engine = new FakeEngine();
    const editor = await stage(engine);
    editor.image = name;
    await runHelloWorld.run(editor.deps, never, []);
    expect(engine.calls).toContain(`pull ${reference}`);
  });

  test('asks who pulls when the registry of its image wants to know', async () => {
    const engine = new FakeEngine();
    engine.users = new Map([['a.io', { anna: 'pw' }]]);
    engine.pulled = { image: [image('hello', ['a.io/hello:latest'])] };
    const editor = await stage(engine);
    editor.image = 'a.io/hello';
    editor.answers = {
      input: (_problem, _value, { title }) => (title.startsWith('User') ? 'anna' : 'pw'),
      pick: () => [1],
    };
    await runHelloWorld.run(editor.deps, never, []);
    expect(engine.calls).toContain('pull a.io/hello:latest as anna');
  });

  test('refuses an image’s name that is none', async () => {
    const editor = await stage(new FakeEngine());
    editor.image = 'Not A Name';
    await expect(runHelloWorld.run(editor.deps, never, [])).rejects.toThrow('cannot be an image’s name');
  });

  test('tells of an exit code that is not 0', async () => {
    const engine = new FakeEngine({ image: [hello] });
    engine.exitCode = 126;
    const editor = await stage(engine);
    await runHelloWorld.run(editor.deps, never, []);
    expect(editor.document).toContain('✘ It ended with exit code 126.');
  });

  test('cancelled says so in its document and rejects silently', async () => {
    const engine = new FakeEngine();
    const editor = await stage(engine);
    engine.hold('pull');
    editor.answers = { cancels: true };
    await expect(runHelloWorld.run(editor.deps, never, [])).rejects.toMatchObject({ reason: 'cancelled' });
    expect(editor.document.at(-1)).toBe('✘ Cancelled.');
  });

  test('an engine that fails otherwise is not taken for a missing image', async () => {
    const engine = new FakeEngine();
    engine.fail('read image', new EngineError('unexpected', 'server error'));
    const editor = await stage(engine);
    await expect(runHelloWorld.run(editor.deps, never, [])).rejects.toThrow('server error');
    expect(engine.calls.some((call) => call.startsWith('pull'))).toBe(false);
  });
});

describe('the daemon', () => {
  async function stage(options: Parameters<FakeEditor['add']>[1] = {}): Promise<FakeEditor> {
    const editor = new FakeEditor();
    await editor.add(new FakeEngine({ container: [container('web'), stopped('old')] }), options);
    return editor;
  }

  test.each(['start', 'stop', 'restart'] as const)(
    'without systemd: how to %s it by hand, and nothing is run',
    async (verb) => {
      const editor = await stage();
      await expect(daemonAction(verb).run(editor.deps, never, [])).rejects.toMatchObject({
        reason: 'unsupported',
        message: `This machine has no systemd, so the daemon cannot be started or stopped from here. Run in a terminal: sudo service docker ${verb}`,
      });
      expect(editor.ran).toEqual([]);
      expect(editor.confirmations).toEqual([]);
    },
  );

  test('on another machine: the command to run there', async () => {
    const editor = await stage({ isLocal: false, address: 'tcp://10.0.0.5:2376' });
    await expect(daemonAction('stop').run(editor.deps, never, ['default'])).rejects.toThrow(
      'The engine default runs on another machine (tcp://10.0.0.5:2376). Run there: sudo systemctl stop docker docker.socket',
    );
  });

  test.each([
    'unix:///home/me/.docker/desktop/docker.sock',
    'unix:///home/me/.colima/default/docker.sock',
    'unix:///home/me/.orbstack/run/docker.sock',
  ])('of a desktop product (%s): that product', async (address) => {
    const editor = await stage({ address });
    editor.hasSystemd = true;
    await expect(daemonAction('start').run(editor.deps, never, [])).rejects.toThrow(
      'Start and stop it there.',
    );
  });

  test('stops through systemd after a question that names what goes down', async () => {
    const editor = await stage();
    editor.hasSystemd = true;
    editor.answers = { confirm: true };
    await daemonAction('stop').run(editor.deps, never, []);
    expect(editor.confirmations).toEqual([
      {
        message: 'Stop the daemon of default? 1 running containers go down.',
        detail: 'web · nginx:1.27',
        action: 'Stop',
      },
    ]);
    expect(editor.ran).toEqual(['systemctl stop docker docker.socket']);
  });

  test('turning away runs nothing', async () => {
    const editor = await stage();
    editor.hasSystemd = true;
    editor.answers = { confirm: false };
    await daemonAction('restart').run(editor.deps, never, []);
    expect(editor.ran).toEqual([]);
  });

  test.each([
    ['unix:///run/user/1000/docker.sock', 'systemctl --user start docker'],
    ['unix:///run/podman/podman.sock', 'systemctl start podman.socket'],
    ['unix:///run/user/1000/podman/podman.sock', 'systemctl --user start podman.socket'],
  ])('of %s is started by %s', async (address, command) => {
    const editor = await stage({ address });
    editor.hasSystemd = true;
    await daemonAction('start').run(editor.deps, never, []);
    expect(editor.ran).toEqual([command]);
  });

  test('that systemd refuses says what it said, and the command for a terminal', async () => {
    const editor = await stage();
    editor.hasSystemd = true;
    editor.systemctl = () => Promise.reject(new Error('Interactive authentication required.'));
    await expect(daemonAction('start').run(editor.deps, never, [])).rejects.toMatchObject({
      reason: 'unauthorized',
      message:
        'systemctl said: Interactive authentication required. Run this in a terminal: sudo systemctl start docker',
    });
  });
});

describe('engines', () => {
  test('are connected and disconnected by name, id or row, or as the only one that fits', async () => {
    const editor = new FakeEditor();
    const a = await editor.add(new FakeEngine(), { name: 'a', address: 'unix:///a', isDisconnected: true });
    const b = await editor.add(new FakeEngine(), { name: 'b', address: 'unix:///b', isDisconnected: true });
    await connectEngine.run(editor.deps, never, ['b']);
    await settle();
    expect([a, b].map(({ store }) => store.state.connection.phase)).toEqual(['disconnected', 'connected']);
    await connectEngine.run(editor.deps, never, []);
    await settle();
    expect(a.store.state.connection.phase).toBe('connected');
    await disconnectEngine.run(editor.deps, never, ['a/engine']);
    await settle();
    expect([a, b].map(({ store }) => store.state.connection.phase)).toEqual(['disconnected', 'connected']);
  });

  test('are chosen among when several fit, and one that is not there is named', async () => {
    const editor = new FakeEditor();
    await editor.add(new FakeEngine(), { name: 'a', address: 'unix:///a' });
    await editor.add(new FakeEngine(), { name: 'b', address: 'unix:///b' });
    editor.answers = { pick: () => [1] };
    await copyEngineAddress.run(editor.deps, never, []);
    expect(editor.copied).toEqual(['unix:///b']);
    await expect(disconnectEngine.run(editor.deps, never, ['c'])).rejects.toThrow('There is no engine “c”.');
  });

  test('that are gone are tried at once by a refresh', async () => {
    const editor = new FakeEditor();
    const engine = new FakeEngine();
    engine.fail('connect', new EngineError('unreachable', 'gone'));
    const { store } = await editor.add(engine);
    engine.heal();
    await refreshEngines.run(editor.deps, never, []);
    await settle();
    expect(store.state.connection.phase).toBe('connected');
  });

  test('show their version as a document', async () => {
    const editor = new FakeEditor();
    await editor.add(new FakeEngine());
    await showEngineVersion.run(editor.deps, never, []);
    expect(editor.opened).toEqual(['report Engine default']);
    expect(editor.document.join('\n')).toMatch(/Version: +26\.1\.5/);
  });
});
