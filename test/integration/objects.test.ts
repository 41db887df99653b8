import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine as EnginePort } from '../../src/engine/engine.ts';
import type { EngineError } from '../../src/model/engineError.ts';
import type { EngineEvent } from '../../src/model/engineEvent.ts';
import { waitFor } from '../bed/bed.ts';
import { describeBed, failureOf, kinds, never, patienceMs, Sandbox } from './sandbox.ts';

/* The port's contract about images, volumes, networks and events, kept by both engines. */

describeBed.each(kinds)('objects of the %s engine', (kind) => {
  let sandbox: Sandbox;
  let engine: EnginePort;

  beforeAll(async () => {
    sandbox = await Sandbox.open(kind, 'qs-ob');
    engine = await sandbox.connect();
  });

  afterAll(async () => {
    await sandbox.close();
  });

  const tagsOf = async (reference: string): Promise<readonly string[]> =>
    (await engine.read('image', reference, never)).tags;

  test('images are listed as they are read, by id and by each tag', async () => {
    const [one, two] = [sandbox.name('hello:1'), sandbox.name('hello:2')];
    await sandbox.bed.cli(['tag', 'quay/hello:1', one]);
    await sandbox.bed.cli(['tag', 'quay/hello:1', two]);
    const images = await engine.list('image', never);
    const hello = images.find(({ tags }) => tags.includes(one));
    expect(hello?.tags).toEqual([one, two, 'quay/hello:1'].sort());
    for (const image of images) expect(await engine.read('image', image.id, never)).toEqual(image);
    expect(await engine.read('image', two, never)).toEqual(hello);
  });

  test('removing a tag among several only untags', async () => {
    const [one, two] = [sandbox.name('multi:1'), sandbox.name('multi:2')];
    await sandbox.bed.cli(['tag', 'quay/hello:1', one]);
    await sandbox.bed.cli(['tag', 'quay/hello:1', two]);
    await engine.removeImage(one, never);
    expect(await tagsOf(two)).not.toContain(one);
    expect(await tagsOf('quay/hello:1')).toContain(two);
    await expect(engine.read('image', one, never)).rejects.toMatchObject({ reason: 'notFound' });
  });

  test('an image that a container uses is a conflict, one that is not there is not found', async () => {
    const id = await sandbox.create('user', 'quay/crash:1');
    const image = await engine.read('image', 'quay/crash:1', never);
    await expect(engine.removeImage(image.id, never)).rejects.toMatchObject({ reason: 'conflict' });
    await expect(engine.removeImage('qs-ob-none:1', never)).rejects.toMatchObject({ reason: 'notFound' });
    await engine.removeContainer(id, never);
  });

  test('volumes are listed as they are read, with their labels', async () => {
    const name = sandbox.name('vol');
    await sandbox.bed.cli(['volume', 'create', '--label', 'own=größe', name]);
    const listed = (await engine.list('volume', never)).find((volume) => volume.name === name);
    expect(listed).toMatchObject({ driver: 'local', labels: { own: 'größe' } });
    expect(listed?.mountpoint).toMatch(/qs-ob-vol/);
    expect(await engine.read('volume', name, never)).toEqual(listed);
  });

  test('volume sizes are those of their content', async () => {
    const name = sandbox.name('sized');
    const writer = await sandbox.run(
      'writer',
      'busybox',
      '-v',
      `${name}:/v`,
      '--',
      'dd',
      'if=/dev/zero',
      'of=/v/x',
      'bs=1000',
      'count=200',
    );
    await engine.waitContainer(writer, never);
    const size = (await engine.volumeSizes(never)).get(name);
    expect(size).toBeGreaterThanOrEqual(200_000);
    expect(size).toBeLessThan(300_000);
    await expect(engine.removeVolume(name, never)).rejects.toMatchObject({ reason: 'conflict' });
    await engine.removeContainer(writer, never);
    await engine.removeVolume(name, never);
    await expect(engine.removeVolume(name, never)).rejects.toMatchObject({ reason: 'notFound' });
  });

  test('networks are listed as they are read', async () => {
    const name = sandbox.name('net');
    await sandbox.bed.cli([
      'network',
      'create',
      '--internal',
      '--subnet',
      '10.88.7.0/24',
      '--label',
      'own=1',
      name,
    ]);
    const listed = (await engine.list('network', never)).find((network) => network.name === name);
    expect(listed).toMatchObject({
      driver: 'bridge',
      scope: 'local',
      subnets: ['10.88.7.0/24'],
      isInternal: true,
      labels: { own: '1' },
    });
    expect(await engine.read('network', listed?.id ?? '', never)).toEqual(listed);
    expect(listed?.createdAt).toBeGreaterThan(Date.UTC(2020, 0));
  });

  test('a network in use, or the engine’s own, is not removed', async () => {
    const name = sandbox.name('used');
    await sandbox.bed.cli(['network', 'create', name]);
    const id = await sandbox.run('member', 'quay/tools:1', '--network', name);
    const refused = await failureOf(engine.removeNetwork(name, never));
    expect(refused).toMatchObject({
      name: 'EngineError',
      reason: expect.stringMatching(/^(conflict|unauthorized)$/) as string,
    });
    expect(await failureOf(engine.removeNetwork('bridge', never))).toMatchObject({ name: 'EngineError' });
    await engine.removeContainer(id, never, { force: true });
    await engine.removeNetwork(name, never);
    await expect(engine.read('network', name, never)).rejects.toMatchObject({ reason: 'notFound' });
  });

  describe('events', () => {
    const seen: EngineEvent[] = [];
    const abort = new AbortController();
    let ended: Promise<EngineError>;

    beforeAll(async () => {
      ({ ended } = await engine.events((event) => seen.push(event), abort.signal));
    });

    afterAll(async () => {
      abort.abort();
      await ended;
    });

    /** Waits until the actions have come about the object, in this order, whatever others come between. */
    const came = async (id: string, ...actions: readonly string[]): Promise<readonly EngineEvent[]> =>
      waitFor({ what: `${actions.join(', ')} of ${id}`, deadlineMs: patienceMs }, () => {
        const own = seen.filter((event) => event.id === id);
        let at = 0;
        for (const event of own) if (`${event.action} ${event.detail}`.trim() === actions[at]) at++;
        return at === actions.length ? own : undefined;
      });

    test('tell the life of a container from create to destroy', async () => {
      const id = await sandbox.run('told', 'quay/tools:1', '-l', 'own=1');
      await engine.pauseContainer(id, never);
      await engine.unpauseContainer(id, never);
      await engine.renameContainer(id, sandbox.name('renamed'), never);
      await engine.removeContainer(id, never, { force: true });
      const own = await came(id, 'create', 'start', 'pause', 'unpause', 'rename', 'die', 'destroy');
      const find = (action: string): EngineEvent | undefined => own.find((event) => event.action === action);
      expect(find('create')?.attributes).toMatchObject({
        name: 'qs-ob-told',
        image: 'quay/tools:1',
        own: '1',
      });
      expect(find('rename')?.attributes['name']).toBe('qs-ob-renamed');
      expect(find('die')?.attributes['exitCode']).toBe('137');
      expect(Math.abs((find('create')?.at ?? 0) - Date.now())).toBeLessThan(60_000);
    });

    test('tell health', async () => {
      const id = await sandbox.run('health', 'quay/health:1');
      await came(id, 'health_status healthy');
      await sandbox.bed.cli(['exec', id, 'rm', '/tmp/healthy']);
      await came(id, 'health_status healthy', 'health_status unhealthy');
      expect((await engine.read('container', id, never)).health).toMatchObject({ status: 'unhealthy' });
      await engine.removeContainer(id, never, { force: true });
    });

    test('tell of a container that ran out of memory', async () => {
      const id = await sandbox.run('greedy', 'busybox', '-m', '8m', '--', 'tail', '/dev/zero');
      await came(id, 'start', 'oom', 'die');
      expect(await engine.read('container', id, never)).toMatchObject({ state: 'exited', oomKilled: true });
    });

    test('tell who joins and leaves a network, and its end', async () => {
      const name = sandbox.name('joined');
      await sandbox.bed.cli(['network', 'create', name]);
      const { id: networkId } = await engine.read('network', name, never);
      const id = await sandbox.run('joiner', 'quay/tools:1');
      await sandbox.bed.cli(['network', 'connect', name, id]);
      await sandbox.bed.cli(['network', 'disconnect', name, id]);
      await engine.removeNetwork(networkId, never);
      const own = await came(networkId, 'create', 'connect', 'disconnect', 'destroy');
      expect(own.find(({ action }) => action === 'connect')).toMatchObject({
        kind: 'network',
        attributes: { container: id },
      });
    });

    test('tell of volumes and images', async () => {
      const name = sandbox.name('brief');
      await sandbox.bed.cli(['volume', 'create', name]);
      await engine.removeVolume(name, never);
      await came(name, 'create', 'destroy');
      const tag = sandbox.name('brief:1');
      const { id } = await engine.read('image', 'quay/hello:1', never);
      await sandbox.bed.cli(['tag', 'quay/hello:1', tag]);
      await engine.removeImage(tag, never);
      await came(id, 'tag', 'untag');
    });
  });
});
