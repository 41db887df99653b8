import { describe, expect, test } from 'vitest';
import { english } from '../../../../src/base/localize.ts';
import type { Container } from '../../../../src/model/container.ts';
import { formatAge, formatSpan, isSameAge } from '../../../../src/model/tree/ages.ts';
import { contextValue, flagsByKind, ownerKey } from '../../../../src/model/tree/contextValue.ts';
import type { ContainerNode, TreeNode } from '../../../../src/model/tree/nodes.ts';
import { fileNode } from '../../../../src/model/tree/fileRows.ts';
import { containerParts, partNode, portToOpen } from '../../../../src/model/tree/partRows.ts';
import { ageOf, toRow } from '../../../../src/model/tree/rows.ts';
import { tooltipOf } from '../../../../src/model/tree/tooltipRows.ts';
import { useText } from '../../../../src/model/tree/useText.ts';
import { readOptions, defaultOptions } from '../../../../src/model/tree/viewOptions.ts';
import {
  composeLabels,
  container,
  fileEntry,
  image,
  network,
  now,
  stopped,
  volume,
} from '../../../support/builders.ts';
import { engineInput, nodesOf, viewTree } from '../../../support/viewInput.ts';

const context = { t: english, now };

function node(parts: Partial<Container> = {}): ContainerNode {
  return {
    kind: 'container',
    key: 'default/container/x',
    engineId: 'default',
    container: container('web', parts),
    label: 'web',
    isOffline: false,
  };
}

describe('ages', () => {
  const second = 1000;
  const day = 86_400 * second;
  test.each([
    [0, '0 s'],
    [59 * second, '59 s'],
    [60 * second, '1 min'],
    [3600 * second, '1 h'],
    [day, '1 day'],
    [2 * day, '2 days'],
    [60 * day, '2 months'],
    [800 * day, '2 years'],
    [-second, '0 s'],
  ])('%d ms are %s', (ms, text) => {
    expect(formatSpan(ms, english)).toBe(text);
  });

  test('are empty for a time that is not known', () => {
    expect(formatAge(undefined, now, english)).toBe('');
    expect(formatAge(0, now, english)).toBe('');
    expect(formatAge(now - 3000, now, english)).toBe('3 s ago');
  });
});

describe('the age of a row', () => {
  test('stands still while the engine is out of reach', () => {
    const running = node({ state: 'running', stateSince: now });
    expect(ageOf(running)).toBe(now);
    expect(ageOf({ ...running, isOffline: true })).toBeUndefined();
  });

  const spans = [0, 1000, 30_000, 59_000, 60_000, 61_000, 3_599_000, 3_600_000, 86_400_000, 400 * 86_400_000];
  const nodes: readonly TreeNode[] = [
    ...(['running', 'exited', 'paused', 'created'] as const).map((state) =>
      node({ state, exitCode: 1, stateSince: now }),
    ),
    node({ stateSince: undefined }),
    ...nodesOf(viewTree('images', { image: [image('app', ['app:1'], { createdAt: now })] })),
    ...nodesOf(viewTree('volumes', { volume: [volume('unused', { createdAt: now })] })),
  ];

  test.each(nodes.map((each) => [each.key, each] as const))(
    'reads the same just as long as the row of %s does',
    (_key, each) => {
      const since = ageOf(each);
      for (const then of spans)
        for (const later of spans) {
          const text = (span: number): string => toRow(each, { t: english, now: now + span }).description;
          const isSame = since === undefined || isSameAge(since, now + then, now + later);
          expect(isSame).toBe(text(then) === text(later));
        }
    },
  );
});

describe('a container’s row', () => {
  test.each<[Partial<Container>, string]>([
    [{}, 'nginx:1.27 · up 3 min'],
    [{ stateSince: undefined }, 'nginx:1.27 · running'],
    [{ health: { status: 'healthy' } }, 'nginx:1.27 · up 3 min · healthy'],
    [{ health: { status: 'unhealthy', failingStreak: 4 } }, 'nginx:1.27 · up 3 min · unhealthy (4 failed)'],
    [{ health: { status: 'unhealthy' } }, 'nginx:1.27 · up 3 min · unhealthy'],
    [{ health: { status: 'starting' } }, 'nginx:1.27 · up 3 min · health check starting'],
    [{ state: 'exited', exitCode: 137, stateSince: now - 12_000 }, 'nginx:1.27 · exited 137 12 s ago'],
    [{ state: 'exited', exitCode: 0, stateSince: undefined }, 'nginx:1.27 · exited 0'],
    [{ state: 'paused', health: { status: 'healthy' } }, 'nginx:1.27 · paused'],
    [
      {
        ports: [8080, 8080, 9090, 9091].map((port, n) => ({
          containerPort: n,
          protocol: 'tcp',
          host: { ip: '', port },
        })),
      },
      'nginx:1.27 · :8080 :9090 +1 · up 3 min',
    ],
  ])('%j says “%s”', (parts, description) => {
    expect(toRow(node(parts), context).description).toBe(description);
  });

  test.each([
    [{ cpuPercent: 0, memoryBytes: 512 }, '0.0 % · 512 B'],
    [{ cpuPercent: 9.96, memoryBytes: 1.26 * 1024 ** 3 }, '10.0 % · 1.3 GiB'],
    [{ cpuPercent: 123.4, memoryBytes: 64.4 * 1024 ** 2 }, '123 % · 64 MiB'],
    [{ cpuPercent: undefined, memoryBytes: 3.96 * 1024 ** 2 }, '4 MiB'],
  ])('what uses %j says “%s”', (measured, use) => {
    const row = toRow({ ...node({}), use: useText(measured) }, context);
    expect(row.description).toBe(`${use} · nginx:1.27 · up 3 min`);
    expect(row.accessibleLabel).toBe(`web, running, nginx:1.27, ${use}`);
  });

  test('tells out of memory from a kill', () => {
    const { description } = toRow(
      node({ state: 'exited', exitCode: 137, oomKilled: true, stateSince: now }),
      context,
    );
    expect(description).toContain('out of memory');
  });

  test('reads as a sentence without its icon', () => {
    expect(toRow(node({ health: { status: 'healthy' } }), context).accessibleLabel).toBe(
      'web, running, healthy, nginx:1.27',
    );
  });

  test.each<[Partial<Container>, string]>([
    [{}, 'circle-filled'],
    [{ health: { status: 'unhealthy' } }, 'warning'],
    [{ state: 'exited', exitCode: 0 }, 'circle-outline'],
    [{ state: 'exited', exitCode: 143 }, 'circle-outline'],
    [{ state: 'exited', exitCode: 1 }, 'error'],
    [{ state: 'exited', exitCode: 137, oomKilled: true }, 'error'],
    [{ state: 'dead' }, 'error'],
  ])('%j has the icon %s', (parts, icon) => {
    expect(toRow(node(parts), context).icon.id).toBe(icon);
  });
});

describe('context values', () => {
  test.each<[Container['state'], string]>([
    ['created', 'container+commit+export+reachable+recreate+remove+rename+start+update'],
    [
      'running',
      'container+commit+export+kill+pause+reachable+recreate+remove+rename+restart+shell+stats+stop+update',
    ],
    ['paused', 'container+commit+export+kill+reachable+remove+rename+stats+stop+unpause+update'],
    ['restarting', 'container+commit+export+kill+reachable+recreate+remove+rename+restart+stats+stop+update'],
    ['removing', 'container+reachable'],
    ['exited', 'container+commit+export+reachable+recreate+remove+rename+restart+start+update'],
    ['dead', 'container+reachable+remove'],
  ])('a container that is %s offers what works then', (state, value) => {
    expect(contextValue(node({ state }))).toBe(value);
  });

  test('to wait for health is offered while the checks have not come to an end', () => {
    expect(contextValue(node({ health: { status: 'starting' } }))).toMatch(/\+waitHealthy$/);
    for (const status of ['healthy', 'unhealthy'] as const)
      expect(contextValue(node({ health: { status } }))).not.toContain('waitHealthy');
  });

  test('published ports are a flag, exposed ones are not', () => {
    const port = { containerPort: 80, protocol: 'tcp' };
    expect(contextValue(node({ ports: [port] }))).not.toContain('ports');
    expect(contextValue(node({ ports: [{ ...port, host: { ip: '::', port: 80 } }] }))).toContain('+ports+');
  });

  test('nothing of an engine that is gone offers anything but to look', () => {
    const objects = {
      container: [container('web', { labels: composeLabels('shop', 'web') })],
      image: [image('a', ['a:1'])],
      volume: [volume('data')],
      network: [network('front')],
    };
    const engines = [engineInput(objects, { phase: 'unreachable' })];
    const values = (['containers', 'images', 'volumes', 'networks'] as const).flatMap((view) =>
      nodesOf(viewTree(view, engines)).map(contextValue),
    );
    expect(values).toEqual(['group+container', 'container', 'image', 'volume', 'network']);
  });

  test.each([
    ['connected', 'engine+disconnect+local+reachable'],
    ['connecting', 'engine+disconnect+local'],
    ['unreachable', 'engine+disconnect+local'],
    ['disconnected', 'engine+connect+local'],
  ] as const)('an engine that is %s is %s', (phase, value) => {
    const [heading] = viewTree('containers', [engineInput({}, { phase }), engineInput({}, { id: 'b' })]);
    expect(heading && contextValue(heading.node)).toBe(value);
  });

  test.each([
    [[container('a')], 'group+compose+container+running'],
    [[stopped('a')], 'group+compose+container+stopped'],
    [[container('a'), stopped('b')], 'group+compose+container+running+stopped'],
  ])('a project offers what some of its containers can do', (containers, value) => {
    const members = containers.map((item) => ({
      ...item,
      compose: { project: 'p', service: item.name, number: 1, workingDir: '', configFiles: [] },
    }));
    const [group] = viewTree('containers', { container: members });
    expect(group && contextValue(group.node)).toBe(value);
  });

  test('a service of several containers is a heading of its own kind', () => {
    const replicas = [1, 2].map((number) =>
      container(`web-${String(number)}`, { labels: composeLabels('shop', 'web', number) }),
    );
    const values = nodesOf(viewTree('containers', { container: replicas })).map(contextValue);
    expect(values.slice(0, 2)).toEqual([
      'group+compose+container+running',
      'group+container+running+service',
    ]);
  });

  test('images, volumes and networks say what may be done with them', () => {
    const values = (
      view: 'images' | 'volumes' | 'networks',
      objects: Parameters<typeof viewTree>[1],
    ): string[] => nodesOf(viewTree(view, objects)).map(contextValue);
    expect(values('images', { image: [image('a', ['a:1']), image('b', [])] })).toEqual([
      'image+reachable+tagged+unused',
      'image+reachable+unused',
    ]);
    expect(values('images', { image: [image('nginx', ['a:1'])], container: [container('web')] })).toEqual([
      'image+reachable+tagged',
      'user+reachable',
    ]);
    const pulled = image('nginx', ['a:1'], { digests: ['a@sha256:1'] });
    expect(values('images', { image: [pulled] })).toEqual(['image+digest+reachable+tagged+unused']);
    expect(values('volumes', { volume: [volume('data')] })).toEqual(['volume+reachable+remove']);
    expect(values('networks', { network: [network('bridge'), network('front')] })).toEqual([
      'network+reachable',
      'network+reachable+remove',
    ]);
  });

  test('have only flags of the table, sorted', () => {
    const all: TreeNode[] = [
      ...(['created', 'running', 'paused', 'exited'] as const).map((state) => node({ state })),
      ...nodesOf(viewTree('networks', { network: [network('front')] })),
    ];
    for (const each of all) {
      const [kind, ...flags] = contextValue(each).split('+');
      expect(kind).toBe(each.kind);
      expect(flags).toEqual([...flags].sort());
      const known: readonly string[] = flagsByKind[each.kind];
      expect(flags.filter((flag) => !known.includes(flag))).toEqual([]);
    }
  });
});

describe('the parts of a container', () => {
  const whole = node({
    ports: [
      { containerPort: 80, protocol: 'tcp', host: { ip: '0.0.0.0', port: 8080 } },
      { containerPort: 80, protocol: 'tcp', host: { ip: '127.0.0.1', port: 8081 } },
      { containerPort: 53, protocol: 'udp' },
    ],
    mounts: [
      { type: 'volume', source: 'data', target: '/data', readOnly: false },
      { type: 'bind', source: '/srv', target: '/srv', readOnly: true },
      { type: 'tmpfs', source: '', target: '/tmp', readOnly: false },
    ],
    networks: [{ name: 'front', networkId: 'n', ipAddress: '172.18.0.2' }],
  });

  test('are rows of their own, each with its key', () => {
    const parts = containerParts(whole);
    expect(
      parts
        .map((part) => toRow(part, context))
        .map(({ label, description }) => `${label} ${description}`.trim()),
    ).toEqual([
      '80 → 0.0.0.0:8080',
      '80 → 127.0.0.1:8081',
      '53/udp not published',
      'data → /data',
      '/srv → /srv (read-only)',
      'tmpfs → /tmp',
      'front 172.18.0.2',
      'Processes',
      'Files /',
      'Changes since the image',
    ]);
    expect(new Set(parts.map(({ key }) => key)).size).toBe(parts.length);
    for (const { key } of parts) expect(ownerKey(key)).toBe(`default/container/${whole.container.id}`);
  });

  test.each<[Container['state'], readonly string[]]>([
    ['running', ['processes', 'files', 'changes']],
    ['paused', ['processes', 'files', 'changes']],
    ['exited', ['files', 'changes']],
    ['created', ['files', 'changes']],
    ['removing', []],
  ])('of a container that is %s end with %j', (state, kinds) => {
    expect(containerParts(node({ state })).map(({ part }) => part.kind)).toEqual(kinds);
  });

  test('only published ports, volumes and files can be clicked', () => {
    const file = fileNode({ engineId: 'default', kind: 'container', id: 'x' }, '/a', fileEntry('a'));
    expect([...containerParts(whole), file].map((part) => toRow(part, context).clickCommand)).toEqual([
      'quayside.container.openPort',
      'quayside.container.openPort',
      undefined,
      'quayside.volume.reveal',
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      'quayside.container.openFile',
    ]);
  });

  test('a change has its letter and opens by a click; a folder that only holds changes has neither', () => {
    const row = (change: 'added' | 'changed' | 'deleted', isFolder: boolean) => {
      const entry = { kind: 'change' as const, name: 'etc', path: '/etc', change, isFolder };
      const {
        accessibleLabel,
        clickCommand,
        expansion,
        change: mark,
      } = toRow(partNode('default', 'x', 'changes/etc', entry), context);
      return { accessibleLabel, clickCommand, expansion, mark };
    };
    expect(row('changed', false)).toEqual({
      accessibleLabel: 'etc, changed',
      clickCommand: 'quayside.container.openChange',
      expansion: 'none',
      mark: 'changed',
    });
    expect(row('changed', true)).toEqual({
      accessibleLabel: 'etc',
      clickCommand: undefined,
      expansion: 'collapsed',
      mark: undefined,
    });
    expect(row('added', true)).toMatchObject({ accessibleLabel: 'etc, added', mark: 'added' });
  });

  test('the port to open is the likeliest web port, never a udp one', () => {
    const port = (containerPort: number, protocol = 'tcp') => ({
      containerPort,
      protocol,
      host: { ip: '0.0.0.0', port: containerPort + 10_000 },
    });
    expect(portToOpen(container('a', { ports: [port(9000), port(3000), port(80)] }))?.port).toBe(10_080);
    expect(portToOpen(container('a', { ports: [port(53, 'udp'), port(9000)] }))?.port).toBe(19_000);
    expect(portToOpen(container('a', { ports: [port(53, 'udp')] }))).toBeUndefined();
  });
});

describe('a hover', () => {
  const titles = (each: TreeNode): readonly string[] =>
    (tooltipOf(each, context)?.rows ?? []).filter(([, text]) => text !== '').map(([title]) => title);

  test('of a container has all that the live model knows', () => {
    const rows = tooltipOf(
      node({ state: 'exited', exitCode: 137, oomKilled: true, labels: composeLabels('shop', 'web') }),
      context,
    )?.rows;
    expect(rows).toContainEqual(['Exit code', '137 · out of memory']);
    expect(rows).toContainEqual(['Compose', 'shop / web']);
  });

  test('of images, volumes and networks says who uses them', () => {
    const [imageNode] = nodesOf(
      viewTree('images', { image: [image('nginx', ['a:1'])], container: [container('web')] }),
    );
    expect(imageNode && tooltipOf(imageNode, context)?.rows).toContainEqual(['In use by', 'web']);
    expect(imageNode && toRow(imageNode, context).description).toContain('in use by web');
    for (const view of ['volumes', 'networks'] as const) {
      const [only] = nodesOf(viewTree(view, { volume: [volume('v')], network: [network('n')] }));
      expect(only && titles(only).length).toBeGreaterThanOrEqual(4);
    }
  });

  test.each([
    [undefined, '187 MB'],
    [0, '187 MB, shared with no other image'],
    [80_000_000, '187 MB: 107 MB of its own, 80 MB shared with other images'],
  ])('of an image that shares %s bytes says “%s”', (sharedBytes, text) => {
    const app = image('app', ['a:1'], { digests: ['a@sha256:1', 'b@sha256:2'] });
    const sharedImageSizes = new Map(sharedBytes === undefined ? [] : [[app.id, sharedBytes]]);
    const [only] = nodesOf(viewTree('images', [engineInput({ image: [app] }, { sharedImageSizes })]));
    const rows = only && tooltipOf(only, context)?.rows;
    expect(rows).toContainEqual(['Size', text]);
    expect(rows?.filter(([title]) => title === 'Digest').map(([, digest]) => digest)).toEqual(app.digests);
  });

  test('headings and parts have none of their own', () => {
    const [group] = nodesOf(
      viewTree('containers', { container: [container('a', { labels: composeLabels('p', 's') })] }),
    );
    expect(group && tooltipOf(group, context)).toBeUndefined();
  });
});

describe('stored view options', () => {
  test.each([undefined, null, 3, 'text', []])('%j means the defaults', (stored) => {
    expect(readOptions('containers', stored)).toEqual(defaultOptions('containers'));
  });

  test('keep what is offered and drop what is not', () => {
    const stored = {
      filter: 'x',
      groupBy: 'label:team',
      sortBy: 'size',
      runningOnly: true,
      thisWorkspaceOnly: 1,
    };
    expect(readOptions('containers', stored)).toEqual({
      filter: 'x',
      groupBy: 'label:team',
      sortBy: 'name',
      runningOnly: true,
      thisWorkspaceOnly: false,
    });
    expect(readOptions('images', stored)).toMatchObject({ groupBy: 'none', sortBy: 'size' });
  });
});
