import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { DockerEngine } from '../../src/engine/docker/dockerEngine.ts';
import { listFiles } from '../../src/engine/listFiles.ts';
import type { OutputChunk } from '../../src/engine/engine.ts';
import type { EngineEvent } from '../../src/model/engineEvent.ts';
import { objectKinds } from '../../src/model/identity.ts';
import type { Engine as Daemon } from '../bed/bed.ts';
import { pushImage, startRegistry, waitFor } from '../bed/bed.ts';
import { daemon, engineAt, never } from './daemons.ts';

const long = ['sleep', '3600'];

async function textOf(output: AsyncIterable<OutputChunk>): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const { data } of output) text += decoder.decode(data, { stream: true });
  return text;
}

describe.each(['new', 'old'] as const)('the engine port on the %s engine', (kind) => {
  let host: Daemon;
  let engine: DockerEngine;
  let made: string[] = [];

  const create = async (command: readonly string[], name?: string): Promise<string> => {
    const id = await engine.createContainer(
      {
        image: 'busybox:latest',
        command,
        ...(name === undefined ? {} : { name }),
        labels: { suite: 'contract' },
      },
      never,
    );
    made.push(id);
    return id;
  };
  const start = async (command: readonly string[] = long, name?: string): Promise<string> => {
    const id = await create(command, name);
    await engine.startContainer(id, never);
    return id;
  };
  const stateOf = async (id: string): Promise<string> =>
    (await host.cli(['inspect', '--format', '{{.State.Status}}', id])).trim();

  beforeAll(async () => {
    host = await daemon(kind);
    engine = engineAt(host.socket);
    await engine.connect(never);
  });
  afterEach(async () => {
    for (const id of made) await host.cli(['rm', '--force', '--volumes', id]).catch(() => '');
    made = [];
  });
  afterAll(() => {
    engine.dispose();
  });

  it('finds out who answers', async () => {
    const version = await engine.connect(never);
    expect(version).toMatchObject({ product: 'Docker', os: 'linux' });
    expect((await host.cli(['version', '--format', '{{.Server.Version}}'])).trim()).toBe(version.version);
  });

  it.each(objectKinds)('lists every %s as it reads it by itself', async (object) => {
    await start();
    await host.cli(['volume', 'create', 'contract-volume']);
    try {
      const listed = await engine.list(object, never);
      expect(listed).not.toEqual([]);
      for (const record of listed) {
        const read = await engine.read(object, 'id' in record ? record.id : record.name, never);
        // A list has rounded times, and not the commands, the OOM flag and the failed probes.
        const rounded = { command: '', stateSince: 0, oomKilled: false, health: undefined };
        const comparable = (value: object): object => ('state' in value ? { ...value, ...rounded } : value);
        expect(comparable(read)).toEqual(comparable(record));
      }
    } finally {
      await host.cli(['volume', 'rm', 'contract-volume']);
    }
  });

  it('starts and stops, and is content when there is nothing left to do', async () => {
    const id = await create(long);
    await engine.startContainer(id, never);
    expect(await stateOf(id)).toBe('running');
    await engine.startContainer(id, never);
    await engine.stopContainer(id, never, 0);
    expect(await stateOf(id)).toBe('exited');
    await engine.stopContainer(id, never, 0);
  });

  it('pauses, unpauses, restarts, kills and renames', async () => {
    const id = await start(['sh', '-c', 'trap "exit 0" TERM; while true; do sleep 0.1; done']);
    await engine.pauseContainer(id, never);
    expect(await stateOf(id)).toBe('paused');
    await engine.unpauseContainer(id, never);
    expect(await stateOf(id)).toBe('running');
    const before = await engine.read('container', id, never);
    await engine.restartContainer(id, never);
    expect((await engine.read('container', id, never)).stateSince).toBeGreaterThan(before.stateSince ?? 0);
    await engine.renameContainer(id, 'contract-renamed', never);
    expect((await engine.read('container', id, never)).name).toBe('contract-renamed');
    await engine.killContainer(id, 'SIGKILL', never);
    expect(await engine.waitContainer(id, never)).toBe(137);
  });

  it('removes with and without force', async () => {
    const id = await start();
    await expect(engine.removeContainer(id, never)).rejects.toMatchObject({ reason: 'conflict' });
    await engine.removeContainer(id, never, { force: true });
    await expect(engine.read('container', id, never)).rejects.toMatchObject({ reason: 'notFound' });
  });

  it('says conflict for a name that is taken', async () => {
    await create(long, 'contract-taken');
    const other = await create(long);
    await expect(engine.renameContainer(other, 'contract-taken', never)).rejects.toMatchObject({
      reason: 'conflict',
    });
  });

  it.each(['', '.', '..', '../images', 'a b', 'a?all=1', 'a#b', 'a\\b', 'x/../../info'])(
    'never lets the id “%s” reach another endpoint',
    async (id) => {
      await expect(engine.inspect('container', id, never)).rejects.toMatchObject({ reason: 'notFound' });
      await expect(engine.startContainer(id, never)).rejects.toMatchObject({ reason: 'notFound' });
    },
  );

  it('streams logs of both streams, the tail of them, and with a terminal', async () => {
    const id = await start(['sh', '-c', 'echo out; echo err >&2; echo last']);
    await engine.waitContainer(id, never);
    const all = await textOf(engine.logs(id, { follow: false, timestamps: false }, never));
    expect(all.split('\n').sort()).toEqual(['', 'err', 'last', 'out']);
    const one = await textOf(engine.logs(id, { follow: false, timestamps: false, tail: 1 }, never));
    expect(one.split('\n')).toHaveLength(2);
    await host.cli(['run', '--tty', '--name', 'contract-tty', 'busybox', 'echo', 'in a terminal']);
    made.push('contract-tty');
    const tty = await textOf(engine.logs('contract-tty', { follow: false, timestamps: false }, never));
    expect(tty).toBe('in a terminal\r\n');
  });

  it('follows a log until its container ends', async () => {
    const id = await start(['sh', '-c', 'echo one; sleep 0.3; echo two']);
    expect(await textOf(engine.logs(id, { follow: true, timestamps: false }, never))).toBe('one\ntwo\n');
  });

  it('runs a command inside and tells its exit code', async () => {
    const id = await start();
    const session = await engine.exec(id, { command: ['sh', '-c', 'echo hi; exit 3'] }, never);
    expect(await textOf(session.output)).toBe('hi\n');
    expect(await session.exitCode()).toBe(3);
  });

  it('gives a shell its size and its input', async () => {
    const id = await start();
    const session = await engine.exec(id, { command: ['sh'], tty: { columns: 91, rows: 17 } }, never);
    session.write('stty size; exit\n');
    expect(await textOf(session.output)).toContain('17 91');
    expect(await session.exitCode()).toBe(0);
  });

  it('tells the processes, the files and the content of a file', async () => {
    const id = await start([
      'sh',
      '-c',
      'mkdir /some; echo text > /some/file; ln -s file /some/link; sleep 3600',
    ]);
    expect((await engine.processes(id, never)).map(({ command }) => command)).toEqual(
      expect.arrayContaining([expect.stringContaining('sleep')]),
    );
    const entries = await waitFor({ what: 'the files', deadlineMs: 10_000 }, async () => {
      const found = await listFiles(engine, id, '/some', never);
      return found.length === 2 && found;
    });
    expect(entries.map(({ name, type }) => [name, type])).toEqual([
      ['file', 'file'],
      ['link', 'link'],
    ]);
    const content = await engine.readFile(id, '/some/link', 1000, never);
    expect(new TextDecoder().decode(content)).toBe('text\n');
    await expect(engine.readFile(id, '/some/file', 2, never)).rejects.toMatchObject({
      reason: 'unsupported',
    });
    await expect(engine.readFile(id, '/some/none', 1000, never)).rejects.toMatchObject({
      reason: 'notFound',
    });
    await expect(listFiles(engine, id, '/nowhere', never)).rejects.toMatchObject({ reason: 'notFound' });
  });

  it('says that an image has no shell', async () => {
    const id = await engine.createContainer({ image: 'quay/noshell:1', name: 'contract-noshell' }, never);
    made.push(id);
    await engine.startContainer(id, never);
    await expect(listFiles(engine, id, '/', never)).rejects.toMatchObject({ name: 'EngineError' });
  });

  it('reports what happens to a container, in order', async () => {
    const seen: EngineEvent[] = [];
    const over = new AbortController();
    const stream = await engine.events((event) => seen.push(event), over.signal);
    const id = await start(['true']);
    await engine.waitContainer(id, never);
    await engine.removeContainer(id, never);
    await waitFor({ what: 'the destroy event', deadlineMs: 10_000 }, () =>
      seen.some(({ id: about, action }) => about === id && action === 'destroy'),
    );
    over.abort();
    expect((await stream.ended).reason).toBe('cancelled');
    const actions = seen.filter(({ kind: about, id: object }) => about === 'container' && object === id);
    expect(actions.map(({ action }) => action)).toEqual(['create', 'start', 'die', 'destroy']);
    expect(actions[2]?.attributes['exitCode']).toBe('0');
  });

  it('tells how big volumes are', async () => {
    await host.cli([
      'run',
      '--rm',
      '-v',
      'contract-sized:/v',
      'busybox',
      'sh',
      '-c',
      'dd if=/dev/zero of=/v/f bs=1k count=9',
    ]);
    try {
      expect((await engine.volumeSizes(never)).get('contract-sized')).toBe(9216);
      await engine.removeVolume('contract-sized', never);
      await expect(engine.removeVolume('contract-sized', never)).rejects.toMatchObject({
        reason: 'notFound',
      });
    } finally {
      await host.cli(['volume', 'rm', '--force', 'contract-sized']);
    }
  });

  it('pulls from a registry, layer by layer, and says when there is nothing to pull', async () => {
    const registry = await startRegistry({ name: 'test', id: `contract-${kind}` });
    try {
      const reference = await pushImage(host, 'quay/hello:1', registry, 'contract/hello:1');
      await host.cli(['rmi', '--force', reference]);
      const steps: string[] = [];
      await engine.pullImage(reference, ({ status }) => steps.push(status), never);
      expect(steps.length).toBeGreaterThan(1);
      const image = await engine.read('image', reference, never);
      expect(image.tags).toContain(reference);
      await engine.removeImage(reference, never);
      await expect(
        engine.pullImage(`${registry.address}/contract/none:1`, () => undefined, never),
      ).rejects.toMatchObject({ reason: 'notFound' });
    } finally {
      await registry.stop();
    }
  });

  describe('when the caller gives up', () => {
    /** Sockets to a daemon that this process has open. */
    const openSockets = (): number =>
      process.getActiveResourcesInfo().filter((resource) => resource === 'PipeWrap').length;

    const calls: readonly (readonly [
      string,
      (engine: DockerEngine, id: string, signal: AbortSignal) => Promise<unknown>,
    ])[] = [
      ['wait', (port, id, signal) => port.waitContainer(id, signal)],
      [
        'a followed log',
        (port, id, signal) => textOf(port.logs(id, { follow: true, timestamps: false }, signal)),
      ],
      ['stop', (port, id, signal) => port.stopContainer(id, signal, 30)],
      [
        'events',
        async (port, _id, signal) => {
          const { ended } = await port.events(() => undefined, signal);
          throw await ended;
        },
      ],
      [
        'a command inside',
        async (port, id, signal) => textOf((await port.exec(id, { command: long }, signal)).output),
      ],
    ];

    it.each(calls)('%s ends as cancelled and leaves no connection', async (_name, call) => {
      const id = await start(['sh', '-c', 'trap "" TERM; while true; do sleep 1; done']);
      engine.dispose();
      const before = openSockets();
      const over = new AbortController();
      const result = call(engine, id, over.signal);
      const settled = expect(result).rejects.toMatchObject({ reason: 'cancelled' });
      await waitFor({ what: 'the connection', deadlineMs: 10_000 }, () => openSockets() > before);
      over.abort();
      await settled;
      engine.dispose();
      await waitFor({ what: 'the end of the connection', deadlineMs: 10_000 }, () => openSockets() <= before);
    });
  });
});
