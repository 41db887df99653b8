import { describe, expect, test } from 'vitest';
import {
  containerFromInspect,
  containerFromList,
  parseStatus,
} from '../../../../src/engine/docker/records/containerRecords.ts';
import {
  historyStepFrom,
  imageFromInspect,
  imageFromList,
  sharedSizesFrom,
} from '../../../../src/engine/docker/records/imageRecords.ts';
import { list, object } from '../../../../src/base/json.ts';
import { networkFromRecord } from '../../../../src/engine/docker/records/networkRecords.ts';
import { volumeFromRecord } from '../../../../src/engine/docker/records/volumeRecords.ts';
import type { Container } from '../../../../src/model/container.ts';
import { engineFixture, engineFixtures, engineKinds } from '../../../support/fixtures.ts';

/** The moment at which a list is read: the anchor of its rounded words. */
const now = Date.UTC(2026, 10, 24);

describe.each(engineKinds)('containers of the %s engine', (kind) => {
  const listed = engineFixtures(kind, 'containers.list.json').map((raw) => containerFromList(raw, now));
  const inspected = engineFixtures(kind, 'containers.inspect.json').map(containerFromInspect);
  const named = (containers: readonly Container[], name: string): Container => {
    const found = containers.find((container) => container.name === name);
    if (found === undefined) throw new Error(`the fixture has no ${name}`);
    return found;
  };

  test.each([
    ['created', { state: 'created', exitCode: undefined, health: undefined }],
    ['running', { state: 'running', exitCode: undefined, health: undefined }],
    ['paused', { state: 'paused', exitCode: undefined }],
    ['again', { state: 'restarting', exitCode: 137 }],
    ['ended', { state: 'exited', exitCode: 0 }],
    ['slain', { state: 'exited', exitCode: 137 }],
    ['healthy', { state: 'running', health: { status: 'healthy' } }],
    ['starting', { state: 'running', health: { status: 'starting' } }],
    ['unhealthy', { state: 'running', health: { status: 'unhealthy' } }],
  ])('%s is told from its list record as from its inspect record', (name, expected) => {
    expect(named(listed, name)).toMatchObject(expected);
    expect(named(inspected, name)).toMatchObject(expected);
  });

  test('a container that has everything is read whole', () => {
    expect(named(inspected, 'running')).toMatchObject({
      image: 'quay/web:1',
      command: 'run-web',
      ports: [
        { containerPort: 53, protocol: 'udp', host: { ip: '0.0.0.0', port: 53 } },
        { containerPort: 8080, protocol: 'tcp', host: { ip: '127.0.0.1', port: 18080 } },
        { containerPort: 9000, protocol: 'tcp' },
      ],
      mounts: [
        { type: 'bind', source: '/srv/shop', target: '/srv/shop', readOnly: true },
        { type: 'volume', source: 'shop_pages', target: '/var/pages', readOnly: false },
      ],
      labels: { empty: '', 'com.docker.compose.project': 'shop' },
      compose: { project: 'shop', service: 'web', number: 1, workingDir: '', configFiles: [] },
    });
    expect(named(inspected, 'running').networks.map(({ name }) => name)).toEqual(['bridge', 'shop_back']);
    expect(named(inspected, 'running').networks[1]).toMatchObject({ ipAddress: '10.77.1.2' });
  });

  test('only inspect tells who ran out of memory, and how often a probe failed', () => {
    expect(named(listed, 'greedy').oomKilled).toBe(false);
    expect(named(inspected, 'greedy').oomKilled).toBe(true);
    expect(named(inspected, 'slain').oomKilled).toBe(false);
    expect(named(inspected, 'unhealthy').health?.failingStreak).toBeGreaterThanOrEqual(2);
  });

  test('the two records of one container differ in what only inspect knows, and in nothing else', () => {
    expect(listed).toHaveLength(inspected.length);
    for (const container of listed) {
      const exact = named(inspected, container.name);
      expect(container).toEqual({
        ...exact,
        stateSince: container.stateSince,
        oomKilled: false,
        ...(exact.health === undefined ? {} : { health: { status: exact.health.status } }),
      });
    }
  });

  test('exact times are those of the state: running since its start, over since its end', () => {
    const raw = (name: string): Readonly<Record<string, unknown>> =>
      object(
        object(
          engineFixtures(kind, 'containers.inspect.json').find((item) => object(item)['Name'] === `/${name}`),
        )['State'],
      );
    expect(named(inspected, 'running').stateSince).toBe(Date.parse(String(raw('running')['StartedAt'])));
    expect(named(inspected, 'ended').stateSince).toBe(Date.parse(String(raw('ended')['FinishedAt'])));
    expect(named(inspected, 'created').stateSince).toBeUndefined();
  });
});

describe.each(engineKinds)('images of the %s engine', (kind) => {
  const listed = engineFixtures(kind, 'images.list.json').map(imageFromList);
  const inspected = new Map(
    engineFixtures(kind, 'images.inspect.json')
      .map(imageFromInspect)
      .map((i) => [i.id, i]),
  );

  test('an image with two tags is one image with both', () => {
    expect(listed.find(({ tags }) => tags.includes('quay/hello:1'))?.tags).toEqual([
      'quay/hello:1',
      'quay/hello:latest',
    ]);
  });

  test('an image without a name has none, also where the engine writes <none>', () => {
    expect(listed.filter(({ tags }) => tags.length === 0)).toHaveLength(1);
    expect(listed.flatMap(({ digests }) => digests).filter((digest) => digest.includes('<none>'))).toEqual(
      [],
    );
  });

  test('the two records of one image are equal', () => {
    expect(listed.length).toBeGreaterThan(8);
    for (const image of listed) expect(inspected.get(image.id)).toEqual(image);
  });
});

describe.each(engineKinds)('volumes and networks of the %s engine', (kind) => {
  test('a volume has its name, place, time and labels', () => {
    const volumes = list(object(engineFixture(kind, 'volumes.list.json'))['Volumes']).map(volumeFromRecord);
    const pages = volumes.find(({ name }) => name === 'shop_pages');
    expect(pages).toMatchObject({
      driver: 'local',
      mountpoint: '/var/lib/docker/volumes/shop_pages/_data',
      labels: { 'com.docker.compose.project': 'shop' },
    });
    expect(pages?.createdAt).toBeGreaterThan(Date.UTC(2020, 0));
  });

  test('a network has its subnets, and says when it leads nowhere', () => {
    const networks = new Map(
      engineFixtures(kind, 'networks.list.json')
        .map(networkFromRecord)
        .map((network) => [network.name, network]),
    );
    expect([...networks.keys()].sort()).toEqual(['bridge', 'host', 'none', 'shop_back']);
    expect(networks.get('shop_back')).toMatchObject({
      driver: 'bridge',
      scope: 'local',
      subnets: ['10.77.1.0/24'],
      isInternal: true,
    });
    expect(networks.get('host')).toMatchObject({ driver: 'host', subnets: [], isInternal: false });
  });
});

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

test.each([
  ['Up Less than a second', 0, 0, undefined],
  ['Up 1 second', 1000, 0, undefined],
  ['Up About a minute', minute, 0, undefined],
  ['Up 3 minutes (healthy)', 3 * minute, 0, 'healthy'],
  ['Up 3 minutes (unhealthy)', 3 * minute, 0, 'unhealthy'],
  ['Up 2 seconds (health: starting)', 2000, 0, 'starting'],
  ['Up About an hour (Paused)', hour, 0, undefined],
  ['Up 47 hours', 47 * hour, 0, undefined],
  ['Up 5 days', 5 * day, 0, undefined],
  ['Up 3 weeks', 21 * day, 0, undefined],
  ['Up 4 months', 120 * day, 0, undefined],
  ['Up 2 years', 730 * day, 0, undefined],
  ['Exited (0) 5 seconds ago', 5000, 0, undefined],
  ['Exited (137) About a minute ago', minute, 137, undefined],
  ['Restarting (1) 2 seconds ago', 2000, 1, undefined],
  ['Created', undefined, 0, undefined],
  ['Dead', undefined, 0, undefined],
  ['Removal In Progress', undefined, 0, undefined],
  ['', undefined, 0, undefined],
])('the status “%s” is understood', (status, agoMs, exitCode, health) => {
  expect(parseStatus(status, now)).toEqual({
    since: agoMs === undefined ? undefined : now - agoMs,
    exitCode,
    health: health === undefined ? undefined : { status: health },
  });
});

describe('records of another shape', () => {
  const odd: readonly unknown[] = [
    undefined,
    null,
    1,
    'text',
    [],
    {},
    {
      Id: 7,
      Names: 'web',
      Ports: { a: 1 },
      Labels: [1],
      Mounts: [null],
      NetworkSettings: [],
      Config: 'x',
      State: 3,
    },
    { State: 'odd', Status: 'Exited (x)', Names: [null, 3], Ports: [null], Created: 'yesterday' },
    { RepoTags: null, RepoDigests: [3], Created: Number.NaN, Size: '12' },
    { IPAM: { Config: [null, { Subnet: 3 }] } },
  ];

  test.each(odd.map((raw) => [raw]))('%j is read as empty, without an exception', (raw) => {
    expect(containerFromList(raw, now)).toMatchObject({ oomKilled: false, health: undefined });
    expect(containerFromInspect(raw).networks).toEqual([]);
    expect(imageFromList(raw)).toMatchObject({ tags: [], digests: [], sizeBytes: 0, createdAt: 0 });
    expect(imageFromInspect(raw)).toMatchObject({ tags: [] });
    expect(volumeFromRecord(raw)).toMatchObject({ name: '', createdAt: undefined });
    expect(networkFromRecord(raw)).toMatchObject({ name: '', subnets: [] });
  });

  test('a container without a name is called by its short id', () => {
    expect(containerFromList({ Id: 'abcdef0123456789', Names: null }, now).name).toBe('abcdef012345');
  });

  test('a linked container is called by its own name', () => {
    expect(containerFromList({ Names: ['/web/db', '/db'] }, now).name).toBe('db');
  });

  test.each([
    ['configured', 'created'],
    ['initialized', 'created'],
    ['stopped', 'exited'],
    ['stopping', 'exited'],
    ['Running', 'running'],
  ])('Podman’s “%s” is %s', (word, state) => {
    expect(containerFromList({ State: word }, now).state).toBe(state);
  });

  test('labels are cut at their bound, and one named like a property is a label', () => {
    const raw = JSON.parse(`{"Labels":{"long":"${'x'.repeat(1000)}","constructor":"c","n":3}}`) as unknown;
    expect(containerFromList(raw, now).labels).toEqual({ long: 'x'.repeat(256), constructor: 'c' });
  });

  test('IPv4 and IPv6 of one published port are one line, other addresses are their own', () => {
    const port = (ip: string): unknown => ({ IP: ip, PrivatePort: 80, PublicPort: 8080, Type: 'tcp' });
    const ports = (...ips: readonly string[]): readonly (string | undefined)[] =>
      containerFromList({ Ports: ips.map(port) }, now).ports.map(({ host }) => host?.ip);
    expect(ports('0.0.0.0', '::')).toEqual(['0.0.0.0']);
    expect(ports('::', '0.0.0.0')).toEqual(['0.0.0.0']);
    expect(ports('::')).toEqual(['::']);
    expect(ports('127.0.0.1', '::')).toEqual(['127.0.0.1', '::']);
  });
});

describe('what engines say of an image’s past and space', () => {
  test('a step has its own id only where the engine has it', () => {
    const step = { Id: '<missing>', Created: 1_700_000_000, CreatedBy: 'CMD ["sh"]', Size: 0, Tags: null };
    expect(historyStepFrom(step)).toEqual({
      id: '',
      tags: [],
      createdAt: 1_700_000_000_000,
      createdBy: 'CMD ["sh"]',
      sizeBytes: 0,
      comment: '',
    });
    expect(historyStepFrom({ ...step, Id: 'sha256:1', Tags: ['b:1', 'a:1', '<none>:<none>'] })).toMatchObject(
      {
        id: 'sha256:1',
        tags: ['a:1', 'b:1'],
      },
    );
    expect(historyStepFrom('nonsense')).toMatchObject({ createdBy: '', sizeBytes: 0 });
  });

  test('shared bytes that were not worked out are not known', () => {
    const list = [{ Id: 'a', SharedSize: 7 }, { Id: 'b', SharedSize: -1 }, { Id: 'c' }, 3];
    expect([...sharedSizesFrom(list)]).toEqual([['a', 7]]);
    expect(sharedSizesFrom(undefined).size).toBe(0);
  });
});
