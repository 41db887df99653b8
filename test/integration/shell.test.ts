import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine as EnginePort, OutputChunk } from '../../src/engine/engine.ts';
import { startShell } from '../../src/engine/shellSession.ts';
import { shellCommands } from '../../src/model/shell.ts';
import { waitFor } from '../bed/bed.ts';
import { describeBed, failureOf, kinds, never, patienceMs, Sandbox, textOf } from './sandbox.ts';

const tty = { columns: 91, rows: 17 };
const commands = shellCommands('linux', ['login', 'bash', 'zsh', 'ash', 'sh']);

describeBed.each(kinds)('shells of the %s engine', (kind) => {
  let sandbox: Sandbox;
  let engine: EnginePort;
  let id = '';

  beforeAll(async () => {
    sandbox = await Sandbox.open(kind, 'qs-sh');
    engine = await sandbox.connect();
    id = await sandbox.run('web', 'quay/tools:1');
  });

  afterAll(async () => {
    await sandbox.close();
  });

  const open = (container = id, rest: object = {}) =>
    startShell(engine, container, { commands, tty, id: randomUUID(), ...rest }, never);

  /** Reads until the text was said. */
  const until = async (output: AsyncIterator<OutputChunk>, text: RegExp): Promise<string> => {
    let said = '';
    while (!text.test(said)) {
      const result = await output.next();
      if (result.done === true) throw new Error(`ended before ${String(text)}: ${said}`);
      said += Buffer.from(result.value.data).toString();
    }
    return said;
  };

  const processes = async (): Promise<string> =>
    (await engine.processes(id, never)).map(({ command }) => command).join('\n');

  test('have the size from the beginning, the user and the folder, and tell their exit code', async () => {
    const session = await open(id, { user: 'nobody', workingDir: '/tmp' });
    session.write('stty size; id -un; pwd; exit 7\n');
    const { stdout } = await textOf(session.output);
    expect(stdout).toMatch(/\n17 91\r\nnobody\r\n\/tmp\r\n/);
    expect(await session.exitCode()).toBe(7);
  });

  test('pass on Ctrl+P at once', async () => {
    const session = await open();
    const output = session.output[Symbol.asyncIterator]();
    session.write('stty raw -echo; od -An -tx1 -N1; stty sane; exit\n');
    await until(output, /stty raw[^]*\n/);
    session.write('\u0010');
    await until(output, / 10\b/);
    session.close();
  });

  test('take a megabyte that is pasted', async () => {
    const session = await open();
    const output = session.output[Symbol.asyncIterator]();
    session.write('stty -echo; echo re""ady; cat > /tmp/pasted; wc -c < /tmp/pasted; echo do""ne\n');
    await until(output, /ready/);
    session.write(`${'größe 容器 '.repeat(3).padEnd(60)}\n`.repeat(16_000));
    session.write('\u0004');
    expect(await until(output, /done/)).toContain(
      String(16_000 * Buffer.byteLength(`${'größe 容器 '.repeat(3).padEnd(60)}\n`)),
    );
    session.close();
  });

  test('of an image without one are refused for what is not there', async () => {
    const bare = await sandbox.run('bare', 'quay/noshell:1');
    const session = await open(bare);
    expect(await failureOf(textOf(session.output))).toMatchObject({ problem: 'commandMissing' });
  });

  test.each([
    ['a user', { user: 'bob' }, { problem: 'noUser', subject: 'bob' }],
    ['a folder', { workingDir: '/no/where' }, { problem: 'badWorkingDir', subject: '/no/where' }],
    ['a program', { commands: [['fish', '-l']] }, { problem: 'commandMissing', subject: 'fish' }],
  ])('are refused for %s that there is not', async (_what, rest, failure) => {
    const session = await open(id, rest);
    expect(await failureOf(textOf(session.output))).toMatchObject(failure);
  });

  test('that only say what an engine says are shown', async () => {
    const session = await open(id, {
      commands: [['sh', '-c', 'echo OCI runtime exec failed: is what I say; exit 1']],
    });
    expect((await textOf(session.output)).stdout).toBe('OCI runtime exec failed: is what I say\r\n');
    expect(await session.exitCode()).toBe(1);
  });

  test('leave nothing running when they are closed, whatever ran in them', async () => {
    const session = await open();
    const output = session.output[Symbol.asyncIterator]();
    session.write('sh -c "trap : INT; sleep 4711; sleep 4712"\n');
    await waitFor({ what: 'the command', deadlineMs: patienceMs }, async () =>
      (await processes()).includes('sleep 4711'),
    );
    await until(output, /#/);
    session.close();
    await waitFor(
      { what: 'the end of all of it', deadlineMs: patienceMs },
      async () => !/sleep 471\d|-c/.test(await processes()),
    );
  });

  test('of a container that is killed end', async () => {
    const short = await sandbox.run('short', 'quay/tools:1');
    const session = await open(short);
    const output = session.output[Symbol.asyncIterator]();
    await until(output, /#/);
    await engine.killContainer(short, 'KILL', never);
    while ((await output.next()).done !== true);
  });

  describe('a terminal at the main process', () => {
    test('shows what it writes from then on, takes what is typed, and leaves it running', async () => {
      const talker = await sandbox.run('talker', 'busybox', '-t', '-i', '--', 'sh');
      const attached = await engine.attachContainer(talker, never);
      expect(attached).toMatchObject({ hasTerminal: true, takesInput: true });
      const output = attached.output[Symbol.asyncIterator]();
      attached.write('echo sum-$((40+2))\n');
      await until(output, /sum-42/);
      attached.close();
      expect((await engine.read('container', talker, never)).state).toBe('running');
    });

    test('says that there is no terminal, and no input', async () => {
      const attached = await engine.attachContainer(id, never);
      expect(attached).toMatchObject({ hasTerminal: false, takesInput: false });
      attached.close();
    });
  });

  test('a container beside another one sees its processes', async () => {
    const spec = {
      image: 'busybox',
      command: ['ps'],
      labels: { [sandbox.bed.label.split('=')[0] ?? '']: 'test' },
      name: sandbox.name('beside'),
      networks: [{ name: `container:${id}`, aliases: [], ipAddress: '' }],
      sharesProcessesOf: id,
    };
    const beside = await engine.createContainer(spec, never);
    await engine.startContainer(beside, never);
    await engine.waitContainer(beside, never);
    const { stdout } = await textOf(engine.logs(beside, { follow: false, timestamps: false }, never));
    expect(stdout).toContain('run-idle');
    await engine.removeContainer(beside, never);
  });
});
