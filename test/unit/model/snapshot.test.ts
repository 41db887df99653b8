import { describe, expect, test } from 'vitest';
import { put, reduce } from '../../../src/model/snapshot.ts';
import {
  container,
  event,
  image,
  longId,
  network,
  now,
  snapshotOf,
  stopped,
  volume,
} from '../../support/builders.ts';

const web = container('web', { health: { status: 'healthy' } });
const before = snapshotOf({
  container: [web, container('other')],
  image: [image('a', ['app:1']), image('b', ['app:2', 'app:3'])],
  volume: [volume('data')],
  network: [network('front')],
});
const at = now + 5000;

describe('a container event', () => {
  test('create adds the container with what Docker puts into the event', () => {
    const attributes = {
      name: 'shop-api-1',
      image: 'quay/health:1',
      'com.docker.compose.project': 'shop',
      'com.docker.compose.service': 'api',
    };
    const { snapshot, stale } = reduce(
      before,
      event('container', 'create', 'f00d'.repeat(16), { at, attributes }),
    );
    expect(snapshot.container.get('f00d'.repeat(16))).toMatchObject({
      name: 'shop-api-1',
      image: 'quay/health:1',
      state: 'created',
      createdAt: at,
      stateSince: undefined,
      compose: { project: 'shop', service: 'api' },
      labels: { 'com.docker.compose.project': 'shop', 'com.docker.compose.service': 'api' },
    });
    expect(stale).toEqual([{ kind: 'container', id: 'f00d'.repeat(16) }]);
    expect(snapshot.image).toBe(before.image);
  });

  test('start makes it run from now on, whatever its last end was', () => {
    const ended = snapshotOf({ container: [stopped('web', { exitCode: 137, oomKilled: true })] });
    const { snapshot, stale } = reduce(ended, event('container', 'start', web.id, { at }));
    expect(snapshot.container.get(web.id)).toMatchObject({
      state: 'running',
      stateSince: at,
      exitCode: undefined,
      oomKilled: false,
    });
    expect(stale).toEqual([{ kind: 'container', id: web.id }]);
  });

  test('die ends it with its exit code, and nothing is said of its health any more', () => {
    const { snapshot } = reduce(
      before,
      event('container', 'die', web.id, { at, attributes: { exitCode: '137' } }),
    );
    expect(snapshot.container.get(web.id)).toMatchObject({
      state: 'exited',
      stateSince: at,
      exitCode: 137,
      health: undefined,
    });
  });

  test.each([
    ['pause', 'paused'],
    ['unpause', 'running'],
  ])('%s makes it %s', (action, state) => {
    const { snapshot } = reduce(before, event('container', action, web.id, { at }));
    expect(snapshot.container.get(web.id)).toMatchObject({ state, stateSince: at });
  });

  test('oom marks it and leaves its state', () => {
    const { snapshot } = reduce(before, event('container', 'oom', web.id, { at }));
    expect(snapshot.container.get(web.id)).toEqual({ ...web, oomKilled: true });
  });

  test('rename gives it the new name', () => {
    const { snapshot } = reduce(
      before,
      event('container', 'rename', web.id, { attributes: { name: 'web2', oldName: '/web' } }),
    );
    expect(snapshot.container.get(web.id)).toEqual({ ...web, name: 'web2' });
  });

  test.each(['starting', 'healthy', 'unhealthy'])('health_status: %s shows at once', (detail) => {
    const { snapshot, stale } = reduce(before, event('container', 'health_status', web.id, { detail }));
    expect(snapshot.container.get(web.id)?.health).toEqual({ status: detail });
    expect(stale).toEqual([{ kind: 'container', id: web.id }]);
  });

  test('a health that is not known is read, not guessed', () => {
    const { snapshot, stale } = reduce(
      before,
      event('container', 'health_status', web.id, { detail: 'odd' }),
    );
    expect(snapshot.container.get(web.id)?.health).toEqual({ status: 'healthy' });
    expect(stale).toHaveLength(1);
  });

  test('update says only that it is to be read', () => {
    const { snapshot, stale } = reduce(before, event('container', 'update', web.id));
    expect(snapshot.container.get(web.id)).toEqual(web);
    expect(stale).toEqual([{ kind: 'container', id: web.id }]);
  });

  test('destroy takes it out, and nothing is to be read', () => {
    const { snapshot, stale } = reduce(before, event('container', 'destroy', web.id));
    expect([...snapshot.container.keys()]).toEqual([longId('other')]);
    expect(stale).toEqual([]);
  });

  test('of a container that was not known yet puts it in', () => {
    const { snapshot } = reduce(before, event('container', 'start', 'abc', { at }));
    expect(snapshot.container.get('abc')).toMatchObject({ name: 'abc', state: 'running', stateSince: at });
  });

  test.each(['exec_create', 'exec_start', 'exec_die', 'attach', 'top', 'resize', 'kill', 'stop', 'commit'])(
    '%s changes nothing',
    (action) => {
      const { snapshot, stale } = reduce(before, event('container', action, web.id));
      expect(snapshot).toBe(before);
      expect(stale).toEqual([]);
    },
  );

  test('never changes the snapshot before it', () => {
    const frozen = structuredClone([...before.container]);
    reduce(before, event('container', 'die', web.id));
    reduce(before, event('container', 'destroy', web.id));
    expect([...before.container]).toEqual(frozen);
  });
});

test('a commit makes stale the image that came of it, which may have no name', () => {
  const attributes = { imageID: `sha256:${longId('new')}` };
  const { snapshot, stale } = reduce(before, event('container', 'commit', web.id, { attributes }));
  expect(snapshot).toBe(before);
  expect(stale).toEqual([{ kind: 'image', id: attributes.imageID }]);
});

describe('an image event', () => {
  test.each(['pull', 'tag', 'untag', 'import', 'load', 'create', 'build', 'commit'])(
    '%s makes stale what it names',
    (action) => {
      const { snapshot, stale } = reduce(before, event('image', action, 'app:1'));
      expect(snapshot).toBe(before);
      expect(stale).toEqual([{ kind: 'image', id: 'app:1' }]);
    },
  );

  test.each(['delete', 'remove'])('%s takes the image out', (action) => {
    const { snapshot, stale } = reduce(before, event('image', action, `sha256:${longId('a')}`));
    expect([...snapshot.image.keys()]).toEqual([`sha256:${longId('b')}`]);
    expect(stale).toEqual([]);
  });

  test.each(['push', 'save'])('%s changes nothing', (action) => {
    expect(reduce(before, event('image', action, 'app:1'))).toEqual({ snapshot: before, stale: [] });
  });
});

describe('a tag that moves', () => {
  test('is taken from the image that had it', () => {
    const moved = put(before, 'image', `sha256:${longId('c')}`, image('c', ['app:2']));
    expect([...moved.image.values()].map(({ tags }) => tags)).toEqual([['app:1'], ['app:3'], ['app:2']]);
  });

  test('leaves its old image dangling when it was the only one', () => {
    const moved = put(before, 'image', `sha256:${longId('b')}`, image('b', ['app:1', 'app:2', 'app:3']));
    expect(moved.image.get(`sha256:${longId('a')}`)?.tags).toEqual([]);
  });

  test('leaves images alone that have other tags', () => {
    const moved = put(before, 'image', `sha256:${longId('c')}`, image('c', ['other:1']));
    expect(moved.image.get(`sha256:${longId('a')}`)).toBe(before.image.get(`sha256:${longId('a')}`));
  });

  test('a dangling image takes nothing', () => {
    const added = put(before, 'image', `sha256:${longId('c')}`, image('c', []));
    expect(added.image.get(`sha256:${longId('a')}`)?.tags).toEqual(['app:1']);
  });
});

describe('a volume or network event', () => {
  test.each(['create', 'update'])('%s makes the object stale', (action) => {
    expect(reduce(before, event('volume', action, 'new')).stale).toEqual([{ kind: 'volume', id: 'new' }]);
    expect(reduce(before, event('network', action, 'n')).stale).toEqual([{ kind: 'network', id: 'n' }]);
  });

  test('destroy takes it out', () => {
    expect(reduce(before, event('volume', 'destroy', 'data')).snapshot.volume.size).toBe(0);
    expect(reduce(before, event('network', 'destroy', longId('front'))).snapshot.network.size).toBe(0);
  });

  test.each(['mount', 'unmount'])('%s of a volume changes nothing', (action) => {
    const { snapshot, stale } = reduce(before, event('volume', action, 'data'));
    expect(snapshot).toBe(before);
    expect(stale).toEqual([]);
  });

  test.each(['connect', 'disconnect'])('%s makes the container stale, not the network', (action) => {
    const { snapshot, stale } = reduce(
      before,
      event('network', action, longId('front'), { attributes: { container: web.id } }),
    );
    expect(snapshot).toBe(before);
    expect(stale).toEqual([{ kind: 'container', id: web.id }]);
  });

  test('a disconnect of a container that is gone reads nothing', () => {
    const gone = event('network', 'disconnect', longId('front'), { attributes: { container: 'gone' } });
    expect(reduce(before, gone).stale).toEqual([]);
    expect(reduce(before, event('network', 'connect', longId('front'))).stale).toEqual([]);
  });
});

test.each(['container', 'image', 'volume', 'network'] as const)(
  'a prune of %ss makes the kind stale',
  (kind) => {
    const { snapshot, stale } = reduce(before, event(kind, 'prune', ''));
    expect(snapshot).toBe(before);
    expect(stale).toEqual([{ kind, id: '' }]);
  },
);

test.each(['container', 'image', 'volume', 'network'] as const)(
  'an unknown %s event changes nothing',
  (kind) => {
    const { snapshot, stale } = reduce(before, event(kind, 'sang', web.id));
    expect(snapshot).toBe(before);
    expect(stale).toEqual([]);
  },
);
