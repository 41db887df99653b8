import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine as EnginePort, ExecSession, OutputChunk } from '../../src/engine/engine.ts';
import { type FaultProxy, waitFor } from '../bed/bed.ts';
import { door } from '../support/door.ts';
import { describeBed, drain, failureOf, kinds, never, patienceMs, Sandbox, textOf } from './sandbox.ts';

/** Connections over unix sockets that this process holds, its own ends only. */
function ownConnections(): number {
  return process.getActiveResourcesInfo().filter((resource) => resource === 'PipeWrap').length;
}

/* Logs, exec and everything else that waits for the engine: the same on both, and nothing stays open after an abort. */

describeBed.each(kinds)('streams of the %s engine', (kind) => {
  let sandbox: Sandbox;
  let engine: EnginePort;
  let proxy: FaultProxy;

  beforeAll(async () => {
    sandbox = await Sandbox.open(kind, 'qs-st');
    proxy = await sandbox.proxy();
    engine = await sandbox.connect(proxy.socket);
  });

  afterAll(async () => {
    await sandbox.close();
  });

  /** Waits until no more connections are open than an engine at rest keeps. */
  const allClosed = async (): Promise<void> => {
    // What is kept alive between calls is not left open by one: a new port has none of those.
    engine.dispose();
    await waitFor(
      { what: 'all connections closed', deadlineMs: patienceMs },
      () => proxy.openConnections() === 0,
    );
    engine = await sandbox.connect(proxy.socket);
  };

  const all = { follow: false, timestamps: false };

  describe('logs', () => {
    let id = '';
    beforeAll(async () => {
      id = await sandbox.run(
        'lines',
        'busybox',
        '--',
        'sh',
        '-c',
        'for n in 1 2 3; do echo out $n; echo err $n >&2; done',
      );
      await engine.waitContainer(id, never);
    });

    test('are told apart by stream, and end with the container', async () => {
      expect(await textOf(engine.logs(id, all, never))).toEqual({
        stdout: 'out 1\nout 2\nout 3\n',
        stderr: 'err 1\nerr 2\nerr 3\n',
      });
      expect((await textOf(engine.logs(id, { ...all, follow: true }, never))).stdout).toContain('out 3');
    });

    test('tail gives the last lines of both streams together', async () => {
      const { stdout, stderr } = await textOf(engine.logs(id, { ...all, tail: 2 }, never));
      expect(`${stdout}${stderr}`.trim().split('\n')).toHaveLength(2);
      expect(await textOf(engine.logs(id, { ...all, tail: 0 }, never))).toEqual({ stdout: '', stderr: '' });
    });

    test('timestamps stand before each line, and since and until bound by them', async () => {
      const { stdout } = await textOf(engine.logs(id, { ...all, timestamps: true }, never));
      const stamps = stdout
        .trim()
        .split('\n')
        .map((line) => line.split(' ')[0] ?? '');
      expect(stamps).toHaveLength(3);
      const seconds = (stamp: string): string => {
        const [, fraction = '0'] = /\.(\d+)Z$/.exec(stamp) ?? [];
        return `${String(Math.floor(Date.parse(stamp) / 1000))}.${fraction.padEnd(9, '0')}`;
      };
      const since = seconds(stamps[1] ?? '');
      expect((await textOf(engine.logs(id, { ...all, since }, never))).stdout).toBe('out 2\nout 3\n');
      expect((await textOf(engine.logs(id, { ...all, until: since }, never))).stdout).toMatch(
        /^out 1\n(out 2\n)?$/,
      );
    });

    test('of a terminal come as they are, also when they are JSON', async () => {
      const text = '{"a":1}\r\n';
      const terminal = await sandbox.run('tty', 'busybox', '-t', '--', 'echo', '{"a":1}');
      await engine.waitContainer(terminal, never);
      expect(await textOf(engine.logs(terminal, all, never))).toEqual({ stdout: text, stderr: '' });
      expect((await textOf(engine.logs(terminal, { ...all, follow: true }, never))).stdout).toBe(text);
    });

    test('that are followed come as they are written', async () => {
      const talking = await sandbox.run('talking', 'quay/logger:1', '-e', 'LINES_PER_SECOND=50');
      let seen = '';
      for await (const { data } of engine.logs(talking, { follow: true, timestamps: false }, never)) {
        seen += Buffer.from(data).toString();
        if (seen.includes('line 20:')) break;
      }
      expect(seen).toContain('line 2:');
      await engine.removeContainer(talking, never, { force: true });
      await allClosed();
    });

    test('that nobody follows any more leave no connection, stopped by the reader or by the signal', async () => {
      const idle = await sandbox.run('idle', 'quay/tools:1');
      const abort = new AbortController();
      const reading = textOf(engine.logs(idle, { follow: true, timestamps: false }, abort.signal));
      await waitFor({ what: 'the request', deadlineMs: patienceMs }, () =>
        proxy.requests().some(({ path }) => path.includes(`/${idle}/logs`)),
      );
      abort.abort();
      expect(await failureOf(reading)).toMatchObject({ reason: 'cancelled' });
      await allClosed();
    });

    test('of half a million lines are read whole', async () => {
      const much = await sandbox.run('much', 'busybox', '--', 'seq', '500000');
      await engine.waitContainer(much, never);
      let bytes = 0;
      let last: Uint8Array = new Uint8Array();
      for await (const { data } of engine.logs(much, all, never)) {
        bytes += data.length;
        last = data;
      }
      expect(bytes).toBe(3_388_895);
      expect(Buffer.from(last).toString().trimEnd().endsWith('500000')).toBe(true);
    });
  });

  describe('exec', () => {
    let id = '';
    beforeAll(async () => {
      id = await sandbox.run('exec', 'quay/tools:1');
    });

    const run = async (
      command: readonly string[],
      rest: object = {},
    ): Promise<{ readonly stdout: string; readonly stderr: string; readonly code: number | undefined }> => {
      const session = await engine.exec(id, { command, ...rest }, never);
      const text = await textOf(session.output);
      return { ...text, code: await session.exitCode() };
    };

    test('tells output, errors and exit code', async () => {
      expect(await run(['sh', '-c', 'echo out; echo err >&2; exit 5'])).toEqual({
        stdout: 'out\n',
        stderr: 'err\n',
        code: 5,
      });
    });

    test('the exit code is known once the output is over, each time', async () => {
      const codes = await Promise.all(
        Array.from({ length: 40 }, async (_, n) => (await run(['sh', '-c', `exit ${n + 1}`])).code),
      );
      expect(codes).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
    });

    test('arguments are arguments, not a shell’s', async () => {
      expect((await run(['echo', '$HOME', '; ls', 'größe'])).stdout).toBe('$HOME ; ls größe\n');
    });

    test('runs as the user, in the folder and with the environment given', async () => {
      const command = ['sh', '-c', 'id -u; pwd; echo $OWN'];
      expect((await run(command, { user: '65534', workingDir: '/tmp', env: ['OWN=x y'] })).stdout).toBe(
        '65534\n/tmp\nx y\n',
      );
    });

    test('is 126 or 127 where the command is not there', async () => {
      const { code } = await run(['/no/such/program']);
      expect([126, 127]).toContain(code);
    });

    test('of a container that does not run is a conflict', async () => {
      const stopped = await sandbox.create('notyet', 'quay/tools:1');
      expect(await failureOf(engine.exec(stopped, { command: ['true'] }, never))).toMatchObject({
        reason: 'conflict',
      });
    });

    describe('with a terminal', () => {
      const open = (): Promise<ExecSession> =>
        engine.exec(id, { command: ['sh'], tty: { columns: 91, rows: 17 }, env: ['PS1=$'] }, never);

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

      test('has the size that was asked for and takes a new one, and what is typed', async () => {
        const session = await open();
        const output = session.output[Symbol.asyncIterator]();
        session.write('stty size\n');
        await until(output, /17 91/);
        await session.resize(120, 40);
        session.write('stty size\n');
        await until(output, /40 120/);
        expect(await session.exitCode()).toBeUndefined();
        session.write('echo grün-🚢; exit 9\n');
        await until(output, /\ngrün-🚢/);
        while ((await output.next()).done !== true) {
          // The rest of what it says.
        }
        expect(await session.exitCode()).toBe(9);
      });

      test('is gone from the connections once it is closed', async () => {
        const session = await open();
        const reading = textOf(session.output).catch((error: unknown) => error);
        session.close();
        await reading;
        await allClosed();
      });

      test('that is aborted is cancelled, and leaves no connection', async () => {
        const abort = new AbortController();
        const session = await engine.exec(
          id,
          { command: ['sh'], tty: { columns: 80, rows: 24 } },
          abort.signal,
        );
        const reading = textOf(session.output);
        abort.abort();
        expect(await failureOf(reading)).toMatchObject({ reason: 'cancelled' });
        await allClosed();
      });
    });
  });

  describe('a call that is given up', () => {
    let id = '';
    beforeAll(async () => {
      // Its first process ignores SIGTERM: a stop waits for all of its time.
      id = await sandbox.run('deaf', 'busybox', '--', 'sh', '-c', 'trap "" TERM; while :; do sleep 1; done');
    });

    test.each<[string, (signal: AbortSignal) => Promise<unknown>, RegExp]>([
      ['wait', (signal) => engine.waitContainer(id, signal), /\/wait/],
      [
        'a followed log',
        (signal) => textOf(engine.logs(id, { follow: true, timestamps: false }, signal)),
        /\/logs/,
      ],
    ])('%s is cancelled at once and leaves no connection', async (_name, call, path) => {
      proxy.reset();
      const abort = new AbortController();
      const calling = call(abort.signal);
      await waitFor({ what: `the request ${String(path)}`, deadlineMs: patienceMs }, () =>
        proxy.requests().some((request) => path.test(request.path)),
      );
      abort.abort();
      expect(await failureOf(calling)).toMatchObject({ reason: 'cancelled' });
      await allClosed();
    });

    test('a stop is cancelled at once and leaves no connection', async () => {
      // The daemon goes on with a stop or an exec, so a proxy between would keep its side open: our own is counted.
      const direct = await sandbox.connect();
      const begun = door();
      const watching = new AbortController();
      const { ended } = await direct.events((event) => {
        if (event.id === id && event.action === 'kill') begun.open();
      }, watching.signal);
      const abort = new AbortController();
      const stopping = direct.stopContainer(id, abort.signal, 300);
      await begun.opened;
      const before = ownConnections();
      abort.abort();
      expect(await failureOf(stopping)).toMatchObject({ reason: 'cancelled' });
      await waitFor(
        { what: 'the connection closed', deadlineMs: patienceMs },
        () => ownConnections() === before - 1,
      );
      watching.abort();
      await ended;
    });

    test('an exec that goes on is cancelled at once and leaves no connection', async () => {
      const direct = await sandbox.connect();
      const abort = new AbortController();
      const { output } = await direct.exec(id, { command: ['sh', '-c', 'echo go; sleep 300'] }, abort.signal);
      const chunks = output[Symbol.asyncIterator]();
      expect((await chunks.next()).value).toMatchObject({ stream: 'stdout' });
      const before = ownConnections();
      abort.abort();
      expect(await failureOf(chunks.next())).toMatchObject({ reason: 'cancelled' });
      await waitFor(
        { what: 'the connection closed', deadlineMs: patienceMs },
        () => ownConnections() === before - 1,
      );
    });

    test('every call is cancelled by a signal that is aborted before, and nothing is sent', async () => {
      proxy.reset();
      const aborted = AbortSignal.abort();
      const image = { registry: 'a.io', repository: 'x', tag: '1', digest: undefined };
      const calls = [
        engine.connect(aborted),
        engine.events(() => undefined, aborted),
        engine.list('container', aborted),
        engine.read('image', 'x', aborted),
        engine.describe(aborted),
        engine.startContainer(id, aborted),
        engine.removeContainer(id, aborted, { force: true }),
        engine.exec(id, { command: ['true'] }, aborted),
        drain(engine.pullImage(image, {}, aborted)),
        drain(engine.pushImage(image, {}, aborted)),
        engine.tagImage('x', image, aborted),
        engine.volumeSizes(aborted),
        engine.pathStat(id, '/x', aborted),
        drain(engine.readArchive(id, '/x', aborted)),
      ];
      for (const failure of await Promise.all(calls.map(failureOf)))
        expect(failure).toMatchObject({ reason: 'cancelled' });
      expect(proxy.requests()).toEqual([]);
    });

    test('the event stream ends as cancelled', async () => {
      const abort = new AbortController();
      const stream = await engine.events(() => undefined, abort.signal);
      abort.abort();
      expect(await stream.ended).toMatchObject({ reason: 'cancelled' });
      await allClosed();
    });
  });

  test('thousands of calls use few connections', async () => {
    proxy.reset();
    for (let round = 0; round < 50; round++)
      await Promise.all(Array.from({ length: 8 }, () => engine.list('volume', never)));
    expect(proxy.requests()).toHaveLength(400);
    // Four are kept between rounds, the others of a round are new.
    expect(proxy.connections()).toBeLessThanOrEqual(8 + 50 * 4);
  });
});
