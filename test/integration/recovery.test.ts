import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { DockerEngine } from '../../src/engine/docker/dockerEngine.ts';
import { type Engine, startEngine, stopEngine } from '../bed/bed.ts';
import { comparable, LiveStore } from './liveStore.ts';
import { describeOwnBed, failureOf, never, Sandbox, textOf } from './sandbox.ts';

/* A daemon that goes and comes back. It has an engine of its own: the others' must stay up. */

const run = 'test-gone';

describeOwnBed('when the daemon goes', () => {
  let bed: Engine;
  let sandbox: Sandbox;
  const stores: LiveStore[] = [];

  beforeAll(async () => {
    bed = await startEngine('new', { name: run });
    sandbox = Sandbox.of(bed, 'qs-re');
  });

  afterEach(async () => {
    for (const store of stores.splice(0)) store.dispose();
    await bed.start();
  });

  afterAll(async () => {
    await sandbox.close();
    await stopEngine('new', run, { deleteData: true });
  });

  const open = async (): Promise<LiveStore> => {
    const live = new LiveStore(bed.socket);
    stores.push(live);
    live.attend('container', 'image', 'volume', 'network');
    live.store.connect();
    await live.connected();
    return live;
  };

  const gone = (live: LiveStore): Promise<unknown> =>
    live.until('unreachable', ({ connection }) => connection.phase === 'unreachable');

  /** That events come through again, not only lists. */
  const expectLive = async (live: LiveStore, word: string): Promise<void> => {
    const id = await sandbox.run(word, 'quay/tools:1');
    await live.until('the new container', () => live.container(sandbox.name(word))?.state === 'running');
    await bed.cli(['rm', '-f', id]);
    await live.until('its end', () => live.container(sandbox.name(word)) === undefined);
  };

  test('by a crash, everything under way ends as unreachable, what was known stays, and it comes back by itself', async () => {
    await sandbox.run('web', 'quay/tools:1');
    await sandbox.run('log', 'quay/logger:1');
    const live = await open();
    const { engine } = live;
    const before = comparable(live.store.state.snapshot.container.values());
    const session = await engine.exec(sandbox.name('web'), { command: ['sleep', '300'] }, never);
    const underWay = [
      textOf(engine.logs(sandbox.name('log'), { follow: true, timestamps: false }, never)),
      engine.waitContainer(sandbox.name('web'), never),
      // A raw connection has no end of its own: its output is over.
      textOf(session.output).then(() => Promise.reject(new Error('over'))),
    ];
    const ends = Promise.all(underWay.map(failureOf));
    await bed.kill9();
    const [logs, waiting] = await ends;
    expect(logs).toMatchObject({ reason: 'unreachable' });
    expect(waiting).toMatchObject({ reason: 'unreachable' });
    await gone(live);
    expect(comparable(live.store.state.snapshot.container.values())).toEqual(before);
    expect(await failureOf(engine.list('container', never))).toMatchObject({
      reason: 'unreachable',
      hint: 'refused',
    });
    await bed.start();
    await live.connected();
    const direct = new DockerEngine({ kind: 'socket', path: bed.socket });
    await direct.connect(never);
    await live.until('the daemon’s own list', () => live.container(sandbox.name('web'))?.state !== 'running');
    expect(comparable(live.store.state.snapshot.container.values())).toEqual(
      comparable(await direct.list('container', never)),
    );
    direct.dispose();
    await expectLive(live, 'afterwards');
    expect(live.phases).toEqual(['connecting', 'connected', 'unreachable', 'connected']);
  });

  test('by a crash in the middle of a storm of calls, every call ends', async () => {
    const live = await open();
    const calls = Array.from({ length: 40 }, async (_, n) => {
      for (let round = 0; ; round++) {
        if (n % 4 === 0) await live.engine.list('image', never);
        else if (n % 4 === 1) await live.engine.describe(never);
        else if (n % 4 === 2) await live.engine.volumeSizes(never);
        else await live.engine.createContainer({ image: 'quay/hello:1', name: `qs-re-${n}-${round}` }, never);
      }
    });
    const ends = Promise.all(calls.map(failureOf));
    await live.until('containers', ({ snapshot }) => snapshot.container.size > 8);
    await bed.kill9();
    for (const failure of await ends) expect(failure).toMatchObject({ reason: 'unreachable' });
    await gone(live);
    await bed.start();
    await live.connected();
    await expectLive(live, 'calm');
  });

  test('by a restart, it comes back by itself and events come through', async () => {
    const live = await open();
    const away = gone(live);
    await bed.restart();
    await away;
    await live.connected();
    await expectLive(live, 'restarted');
  });

  test('before anything was connected, it connects once there is one', async () => {
    await bed.kill9();
    const live = new LiveStore(bed.socket);
    stores.push(live);
    live.store.connect();
    await gone(live);
    await bed.start();
    await live.connected();
    await expectLive(live, 'late');
  });
});
