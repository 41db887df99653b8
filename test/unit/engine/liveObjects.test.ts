import { afterEach, describe, expect, test } from 'vitest';
import { LiveObjects, type KnownObjects } from '../../../src/engine/liveObjects.ts';
import { EngineError } from '../../../src/model/engineError.ts';
import type { ObjectKind } from '../../../src/model/identity.ts';
import { container, event, image, network, type Objects, stopped, volume } from '../../support/builders.ts';
import { FakeClock, settle } from '../../support/fakeClock.ts';
import { FakeEngine } from '../../support/fakeEngine.ts';

interface Stage {
  readonly engine: FakeEngine;
  readonly live: LiveObjects;
  readonly clock: FakeClock;
  readonly attended: Set<ObjectKind>;
  readonly published: KnownObjects[];
  readonly broken: EngineError[];
  /** The calls since the last look. */
  calls(): readonly string[];
  names(): readonly string[];
  state(name: string): string | undefined;
}

const ends: (() => void)[] = [];

afterEach(() => {
  for (const end of ends.splice(0)) end();
});

async function stage(objects: Objects, attended: readonly ObjectKind[] = ['container']): Promise<Stage> {
  const engine = new FakeEngine(objects);
  const published: KnownObjects[] = [];
  const broken: EngineError[] = [];
  const attention = new Set(attended);
  const clock = new FakeClock();
  const session = new AbortController();
  ends.push(() => {
    session.abort();
  });
  const live = new LiveObjects({
    engine,
    clock,
    isAttended: (kind) => attention.has(kind),
    onChange: (known) => published.push(known),
    onBroken: (error) => broken.push(error),
  });
  await engine.events((received) => {
    live.receive(received);
  }, session.signal);
  published.push(await live.start(session.signal));
  let seen = 0;
  const containers = () => [...(published.at(-1)?.snapshot.container.values() ?? [])];
  const made: Stage = {
    engine,
    live,
    clock,
    attended: attention,
    published,
    broken,
    calls: () => {
      const since = engine.calls.slice(seen);
      seen = engine.calls.length;
      return since;
    },
    names: () => containers().map(({ name }) => name),
    state: (name) => containers().find((item) => item.name === name)?.state,
  };
  return made;
}

const web = container('web');
const api = container('api');
const db = container('db');

describe('LiveObjects', () => {
  test('lists what is attended to, once, and publishes it together', async () => {
    const { calls, published, names } = await stage({ container: [web, api], image: [image('a', ['a:1'])] }, [
      'container',
      'image',
    ]);
    expect(calls()).toEqual(['events', 'list container', 'list image']);
    expect(names()).toEqual(['web', 'api']);
    expect(published).toHaveLength(1);
    expect([...(published[0]?.loaded ?? [])]).toEqual(['container', 'image']);
  });

  test('lists containers for the count of running ones when nobody looks at anything', async () => {
    const { calls } = await stage({ container: [web], image: [image('a', ['a:1'])] }, []);
    expect(calls()).toEqual(['events', 'list container']);
  });

  test('an event reads the object that it names and no other, and shows together with what was read', async () => {
    const { engine, calls, published } = await stage({ container: [web, api] });
    calls();
    const before = published.length;
    engine.change('container', web.id, stopped('web', { exitCode: 3, oomKilled: true }));
    engine.emit(event('container', 'die', web.id, { attributes: { exitCode: '3' } }));
    await settle();
    expect(calls()).toEqual([`read container ${web.id}`]);
    expect(published).toHaveLength(before + 1);
    expect(published.at(-1)?.snapshot.container.get(web.id)).toMatchObject({
      state: 'exited',
      oomKilled: true,
    });
    expect(published.at(-1)?.snapshot.container.get(api.id)).toBe(api);
  });

  test('what takes long to read is shown as its event tells it, and exactly once it was read', async () => {
    const { engine, clock, published, state } = await stage({ container: [web] });
    const before = published.length;
    engine.change('container', web.id, container('web', { name: 'shop', state: 'paused' }));
    const held = engine.hold('read');
    engine.emit(event('container', 'rename', web.id, { attributes: { name: 'shop' } }));
    await held.reached;
    clock.advance(19);
    expect(published).toHaveLength(before);
    clock.advance(1);
    expect(published).toHaveLength(before + 1);
    expect(state('shop')).toBe('running');
    held.open();
    await settle();
    expect(published).toHaveLength(before + 2);
    expect(state('shop')).toBe('paused');
    expect(clock.pending).toEqual([]);
  });

  test('a container that comes is shown at once, and its details once it was read', async () => {
    const { engine, published, state } = await stage({ container: [web] });
    const before = published.length;
    engine.change('container', db.id, db);
    engine.emit(event('container', 'create', db.id, { attributes: { name: 'db', image: 'db:1' } }));
    expect(published).toHaveLength(before + 1);
    expect(state('db')).toBe('created');
    await settle();
    expect(state('db')).toBe('running');
  });

  test('an event during the first list is not shown before the list', async () => {
    const { engine, live, clock, published, names } = await stage({ container: [web] });
    live.clear();
    const before = published.length;
    const held = engine.hold('list container');
    const session = new AbortController();
    const started = live.start(session.signal);
    await held.reached;
    engine.change('container', db.id, db);
    engine.emit(event('container', 'create', db.id, { attributes: { name: 'db' } }));
    clock.advance(100);
    expect(published).toHaveLength(before);
    held.open();
    published.push(await started);
    expect(names()).toEqual(['web', 'db']);
    session.abort();
  });

  test('an event that changes nothing reads and publishes nothing', async () => {
    const { engine, calls, published } = await stage({ container: [web] });
    calls();
    const before = published.length;
    engine.emit(event('container', 'exec_start', web.id));
    engine.emit(event('volume', 'mount', 'data'));
    await settle();
    expect(calls()).toEqual([]);
    expect(published).toHaveLength(before);
  });

  test('events about one object in a burst cost one read, and one more for those that came during it', async () => {
    const { engine, calls } = await stage({ container: [web] });
    calls();
    const held = engine.hold('read');
    for (const action of ['die', 'start', 'pause', 'unpause'])
      engine.emit(event('container', action, web.id));
    await held.reached;
    for (const action of ['die', 'start']) engine.emit(event('container', action, web.id));
    held.open();
    await settle();
    expect(calls()).toEqual([`read container ${web.id}`, `read container ${web.id}`]);
  });

  test('a burst about more objects than a list is worth lists once', async () => {
    const many = Array.from({ length: 80 }, (_, n) => container(`c-${String(n)}`));
    const { engine, calls, names } = await stage({ container: [web] });
    calls();
    const held = engine.hold('read');
    engine.emit(event('container', 'update', web.id));
    await held.reached;
    for (const created of many) {
      engine.change('container', created.id, created);
      engine.emit(event('container', 'create', created.id, { attributes: { name: created.name } }));
    }
    held.open();
    await settle();
    expect(calls()).toEqual([`read container ${web.id}`, 'list container']);
    expect(names()).toHaveLength(81);
  });

  test('reads no more than eight objects at a time', async () => {
    const some = Array.from({ length: 20 }, (_, n) => container(`c-${String(n)}`));
    const { engine, calls } = await stage({ container: [web, ...some] });
    calls();
    const first = engine.hold(`read container ${web.id}`);
    engine.emit(event('container', 'update', web.id));
    await first.reached;
    const held = some.map(({ id }) => engine.hold(`read container ${id}`));
    for (const { id } of some) engine.emit(event('container', 'update', id));
    first.open();
    await settle();
    expect(calls()).toHaveLength(1 + 8);
    for (const { open } of held) open();
    await settle();
    expect(calls()).toHaveLength(12);
  });

  test('events during a list are not lost, though the list is older than they are', async () => {
    const { engine, live, names, state } = await stage({ container: [web, api] });
    const held = engine.hold('list container');
    const listed = live.relist();
    await held.reached;
    engine.change('container', api.id, undefined);
    engine.emit(event('container', 'destroy', api.id));
    engine.change('container', db.id, db);
    engine.emit(event('container', 'create', db.id, { attributes: { name: 'db' } }));
    engine.emit(event('container', 'start', db.id));
    engine.change('container', web.id, stopped('web'));
    engine.emit(event('container', 'die', web.id));
    held.open();
    await listed;
    expect(names()).toEqual(['web', 'db']);
    expect(state('web')).toBe('exited');
    expect(state('db')).toBe('running');
    await settle();
    expect(names()).toEqual(['web', 'db']);
  });

  test('an object that is destroyed while it is read does not come back', async () => {
    const { engine, names } = await stage({ container: [web, api] });
    const held = engine.hold('read');
    engine.emit(event('container', 'update', web.id));
    await held.reached;
    engine.change('container', web.id, undefined);
    engine.emit(event('container', 'destroy', web.id));
    held.open();
    await settle();
    expect(names()).toEqual(['api']);
  });

  test('an answer that is older than an event does not undo the event', async () => {
    const { engine, state } = await stage({ container: [web] });
    const held = engine.hold('read');
    engine.emit(event('container', 'update', web.id));
    await held.reached;
    const again = engine.hold('read');
    engine.change('container', web.id, container('web', { state: 'paused' }));
    engine.emit(event('container', 'pause', web.id));
    held.open();
    await again.reached;
    expect(state('web')).toBe('paused');
    again.open();
    await settle();
    expect(state('web')).toBe('paused');
  });

  test('what an object that is gone leaves behind is not read', async () => {
    const { engine, calls } = await stage({ container: [web, api] });
    calls();
    const held = engine.hold('read');
    engine.emit(event('container', 'update', web.id));
    await held.reached;
    for (const action of ['create', 'start', 'die', 'destroy'])
      engine.emit(event('container', action, db.id, { attributes: { name: 'db' } }));
    held.open();
    await settle();
    expect(calls()).toEqual([`read container ${web.id}`]);
  });

  test('an object that cannot be read keeps its row; one that is not found goes', async () => {
    const { engine, names, calls } = await stage({ container: [web, api] });
    calls();
    engine.fail(`read container ${web.id}`, new EngineError('unexpected', 'server error'));
    engine.change('container', api.id, undefined);
    engine.emit(event('container', 'update', web.id));
    engine.emit(event('container', 'update', api.id));
    await settle();
    expect(names()).toEqual(['web']);
    expect(calls()).toHaveLength(2);
  });

  test('a kind that nobody looks at is not read, only reduced', async () => {
    const { engine, calls, published } = await stage({ container: [web], image: [image('a', ['a:1'])] }, []);
    calls();
    engine.emit(event('image', 'pull', 'a:1'));
    engine.emit(event('container', 'pause', web.id));
    await settle();
    expect(calls()).toEqual([]);
    expect(published.at(-1)?.snapshot.container.get(web.id)?.state).toBe('paused');
  });

  test('a kind that somebody begins to look at is listed, and caught up with when they come back', async () => {
    const { engine, live, attended, calls, published } = await stage(
      { container: [web], image: [image('a', ['a:1'])], volume: [volume('data')] },
      [],
    );
    calls();
    attended.add('image');
    live.wake();
    await settle();
    expect(calls()).toEqual(['list image']);
    attended.delete('image');
    engine.change('image', image('b', ['b:1']).id, image('b', ['b:1']));
    engine.emit(event('image', 'pull', 'b:1'));
    await settle();
    expect(calls()).toEqual([]);
    attended.add('image');
    live.wake();
    await settle();
    expect(calls()).toEqual(['read image b:1']);
    expect([...(published.at(-1)?.snapshot.image.values() ?? [])].map(({ tags }) => tags)).toEqual([
      ['a:1'],
      ['b:1'],
    ]);
  });

  test('containers that came and went unseen are not asked for when somebody looks again', async () => {
    const { engine, live, attended, calls } = await stage({ container: [web] }, []);
    for (let n = 0; n < 100; n++)
      for (const action of ['create', 'start', 'die', 'destroy'])
        engine.emit(event('container', action, `job-${String(n)}`));
    await settle();
    calls();
    attended.add('container');
    live.wake();
    await settle();
    expect(calls()).toEqual([]);
  });

  test('a kind that cannot be listed is marked as failed and asked for again only on demand', async () => {
    const { engine, live, attended, calls, published } = await stage({ container: [web] });
    engine.fail('list volume', new EngineError('unexpected', 'the volume plugin is broken'));
    attended.add('volume');
    live.wake();
    await settle();
    expect(published.at(-1)?.failed.get('volume')?.message).toBe('the volume plugin is broken');
    expect(published.at(-1)?.loaded.has('volume')).toBe(true);
    calls();
    engine.emit(event('container', 'update', web.id));
    await settle();
    expect(calls()).toEqual([`read container ${web.id}`]);
    engine.heal();
    engine.change('volume', 'data', volume('data'));
    await live.relist();
    expect(published.at(-1)?.failed.size).toBe(0);
    expect(published.at(-1)?.snapshot.volume.has('data')).toBe(true);
  });

  test('a read that nobody answers breaks the link, and what it was for stays to be read', async () => {
    const { engine, live, calls, broken, names } = await stage({ container: [web] });
    engine.fail('read', new EngineError('timeout', 'no answer within 60 s', { hint: 'silent' }));
    engine.emit(event('container', 'update', web.id));
    await settle();
    expect(broken.map(({ reason }) => reason)).toEqual(['timeout']);
    expect(names()).toEqual(['web']);
    engine.heal();
    calls();
    const next = new AbortController();
    await live.start(next.signal);
    expect(calls()).toEqual(['list container']);
    next.abort();
  });

  test('a list that nobody answers at the start is the caller’s to hear', async () => {
    const { engine, live } = await stage({ container: [web] });
    engine.fail('list', new EngineError('unreachable', 'gone'));
    await expect(live.start(new AbortController().signal)).rejects.toMatchObject({ reason: 'unreachable' });
  });

  test('after the connection ended it keeps what it has, and answers that come late change nothing', async () => {
    const { engine, names, published } = await stage({ container: [web] });
    const held = engine.hold('read');
    engine.emit(event('container', 'update', web.id));
    await held.reached;
    ends.splice(0).forEach((end) => {
      end();
    });
    const before = published.length;
    held.open();
    await settle();
    expect(published).toHaveLength(before);
    expect(names()).toEqual(['web']);
  });

  test('a network that connects a container makes the container be read, not the network', async () => {
    const front = network('front');
    const { engine, calls } = await stage({ container: [web], network: [front] }, ['container', 'network']);
    calls();
    engine.emit(event('network', 'connect', front.id, { attributes: { container: web.id } }));
    await settle();
    expect(calls()).toEqual([`read container ${web.id}`]);
  });

  test('a prune lists its kind', async () => {
    const { engine, calls, names } = await stage({ container: [web, stopped('old')] });
    calls();
    engine.change('container', stopped('old').id, undefined);
    engine.emit(event('container', 'prune', ''));
    await settle();
    expect(calls()).toEqual(['list container']);
    expect(names()).toEqual(['web']);
  });

  test('a tag that was pulled away from an image is no longer that image’s', async () => {
    const { engine, published } = await stage({ container: [], image: [image('old', ['app:latest'])] }, [
      'image',
    ]);
    const fresh = image('new', ['app:latest']);
    engine.change('image', fresh.id, fresh);
    engine.emit(event('image', 'pull', 'app:latest'));
    await settle();
    const images = [...(published.at(-1)?.snapshot.image.values() ?? [])];
    expect(images.map(({ tags }) => tags)).toEqual([[], ['app:latest']]);
  });
});

describe('reading exactly', () => {
  test('reads an object once, and again only after an event', async () => {
    const { engine, live, calls } = await stage({ container: [web] });
    calls();
    await live.readExactly('container', web.id);
    await live.readExactly('container', web.id);
    expect(calls()).toEqual([`read container ${web.id}`]);
    engine.emit(event('container', 'oom', web.id));
    await settle();
    await live.readExactly('container', web.id);
    expect(calls()).toEqual([`read container ${web.id}`]);
  });

  test('of what is not known asks nothing', async () => {
    const { live, calls } = await stage({ container: [web] });
    calls();
    await live.readExactly('container', 'gone');
    expect(calls()).toEqual([]);
  });

  test('settles also when the engine does not answer', async () => {
    const { engine, live } = await stage({ container: [web] });
    engine.fail('read', new EngineError('timeout', 'no answer'));
    await expect(live.readExactly('container', web.id)).resolves.toBeUndefined();
  });

  test('two that wait for a third settle only when theirs is read, one flush at a time', async () => {
    const { engine, live, names } = await stage({ container: [web, api, db] });
    const first = engine.hold(`read container ${web.id}`);
    const second = engine.hold(`read container ${api.id}`);
    const third = engine.hold(`read container ${db.id}`);
    const settled: string[] = [];
    engine.emit(event('container', 'update', web.id));
    await first.reached;
    void live.readExactly('container', api.id).then(() => settled.push('api'));
    void live.readExactly('container', db.id).then(() => settled.push('db'));
    first.open();
    await Promise.all([second.reached, third.reached]);
    await settle();
    expect(settled).toEqual([]);
    // An object that goes while both are read stays gone, whatever else happens meanwhile.
    engine.change('container', api.id, undefined);
    engine.emit(event('container', 'destroy', api.id));
    engine.emit(event('container', 'update', web.id));
    await settle();
    second.open();
    third.open();
    await settle();
    expect(names()).toEqual(['web', 'db']);
    expect(settled.sort()).toEqual(['api', 'db']);
  });
});
