import { describe, expect, test } from 'vitest';
import {
  composeLabels,
  container,
  image,
  longId,
  network,
  type Objects,
  stopped,
  volume,
} from '../../../support/builders.ts';
import { treeText } from '../../../support/golden.ts';
import { engineInput, nodesOf, viewTree } from '../../../support/viewInput.ts';
import { english } from '../../../../src/base/localize.ts';
import { type Container, helperLabel } from '../../../../src/model/container.ts';
import { toRow } from '../../../../src/model/tree/rows.ts';
import { fileEntry, now } from '../../../support/builders.ts';
import type { PartNode, TreeBranch, TreeNode } from '../../../../src/model/tree/nodes.ts';
import { fileNode, fileNoticeNode } from '../../../../src/model/tree/fileRows.ts';
import { containerParts, partNode } from '../../../../src/model/tree/partRows.ts';
import { emptyIndex, reindex } from '../../../../src/model/tree/treeIndex.ts';
import { TreeMemo } from '../../../../src/model/tree/treeMemo.ts';
import { buildEnginesTree } from '../../../../src/model/tree/viewTree.ts';

function labels(branches: readonly TreeBranch[]): readonly string[] {
  return nodesOf(branches).map((node) => toRow(node, { t: english, now }).label);
}

function flat(
  containers: readonly Container[],
  options: Parameters<typeof viewTree>[2] = {},
): readonly string[] {
  return labels(viewTree('containers', { container: containers }, { groupBy: 'none', ...options }));
}

test('what is made for a moment’s work is nowhere to be seen', () => {
  const helper = container('helper', { labels: { [helperLabel]: 'image' }, state: 'created' });
  expect(flat([helper, container('web')])).toEqual(['web']);
  const objects = { container: [helper], image: [image('nginx', ['nginx:1'], { id: helper.imageId })] };
  const [row] = nodesOf(viewTree('images', objects)).filter(({ kind }) => kind === 'image');
  expect(row).toMatchObject({ usedBy: [] });
});

describe('order', () => {
  test('numbers in names count as numbers, case does not count', () => {
    const names = ['web-10', 'Web-1', 'web-2', 'api', 'web-2b', 'a10b2', 'a10b10', 'a9'];
    expect(flat(names.map((name) => container(name)))).toEqual([
      'a9',
      'a10b2',
      'a10b10',
      'api',
      'Web-1',
      'web-2',
      'web-2b',
      'web-10',
    ]);
  });

  test('newest first, and by name where the age is the same', () => {
    const [old, a, b] = [container('old', { createdAt: 1 }), container('a'), container('b')];
    expect(flat([b, old, a], { sortBy: 'created' })).toEqual(['a', 'b', 'old']);
  });

  test('headings are in the same order as rows', () => {
    const projects = ['app-10', 'App-1', 'app-2', 'zoo'].map((project) =>
      container(`${project}-x`, { labels: composeLabels(project, 'x') }),
    );
    const tree = viewTree('containers', { container: projects });
    expect(tree.map(({ node }) => (node.kind === 'group' ? node.label : ''))).toEqual([
      'App-1',
      'app-2',
      'app-10',
      'zoo',
    ]);
  });

  test('the input is left as it is', () => {
    const containers = [container('b'), container('a')];
    flat(containers);
    expect(containers.map(({ name }) => name)).toEqual(['b', 'a']);
  });
});

describe('filter', () => {
  const web = container('shop-Web-1', {
    image: 'team/nginx:1',
    labels: { env: 'Prod', 'com.acme.owner': 'ops' },
  });
  const api = container('api', { id: 'beefcafe'.repeat(8) });

  test.each([
    ['web', ['shop-Web-1']],
    ['WEB', ['shop-Web-1']],
    ['  web  ', ['shop-Web-1']],
    ['team/', ['shop-Web-1']],
    ['env=prod', ['shop-Web-1']],
    ['acme.owner', ['shop-Web-1']],
    ['beef', ['api']],
    ['cafe', []],
    ['', ['api', 'shop-Web-1']],
    ['.*', []],
    ['nothing', []],
  ])('“%s” shows %j', (filter, expected) => {
    expect(flat([web, api], { filter })).toEqual(expected);
  });

  test('a heading without rows goes with them', () => {
    const container1 = container('shop-web-1', { labels: composeLabels('shop', 'web') });
    expect(labels(viewTree('containers', { container: [container1, api] }, { filter: 'api' }))).toEqual([
      'api',
    ]);
  });

  test('of images looks at each tag by itself', () => {
    const shown = viewTree('images', { image: [image('a', ['app:1', 'other:1'])] }, { filter: 'other' });
    expect(treeText(shown)).toMatch(/^other · 1 · /);
    expect(shown).toHaveLength(1);
  });

  test('of images finds those without a tag by Docker’s words for them', () => {
    const objects = { image: [image('a', ['app:1']), image('b', [])] };
    for (const filter of ['dangling', '<none>'])
      expect(treeText(viewTree('images', objects, { filter }))).toMatch(/^62[0-9a-f]+ · dangling · /);
  });

  test('an image, volume or network is found by name, label or the start of its id', () => {
    const objects: Objects = {
      image: [image('a', [], { labels: { env: 'prod' } })],
      volume: [volume('data', { labels: { env: 'prod' } })],
      network: [network('front', { labels: { env: 'prod' } })],
    };
    for (const view of ['images', 'volumes', 'networks'] as const) {
      expect(viewTree(view, objects, { filter: 'env=prod' })).toHaveLength(1);
      expect(viewTree(view, objects, { filter: 'env=test' })).toHaveLength(0);
    }
    expect(viewTree('images', objects, { filter: `sha256:${longId('a').slice(0, 5)}` })).toHaveLength(1);
    expect(viewTree('networks', objects, { filter: longId('front').slice(0, 6) })).toHaveLength(1);
  });
});

describe('which containers are shown', () => {
  test('running only means up: paused and restarting ones too', () => {
    const states = ['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead'] as const;
    const containers = states.map((state) => container(state, { state }));
    expect(flat(containers, { runningOnly: true })).toEqual(['paused', 'restarting', 'running']);
  });

  test('this workspace means its compose project, dev container or bind mount', () => {
    const at = (name: string, labelsOf: Record<string, string>, source = ''): Container =>
      container(name, {
        labels: labelsOf,
        mounts: source === '' ? [] : [{ type: 'bind', source, target: '/x', readOnly: false }],
      });
    const containers = [
      at('compose', {
        'com.docker.compose.project': 'p',
        'com.docker.compose.project.working_dir': '/home/me/shop',
      }),
      at('file', {
        'com.docker.compose.project': 'p',
        'com.docker.compose.project.config_files': '/else/a.yaml,/home/me/shop/deploy/b.yaml',
      }),
      at('dev', { 'devcontainer.local_folder': '/home/me/shop' }),
      at('bind', {}, '/home/me/shop/src'),
      at('neighbour', {}, '/home/me/shop-old/src'),
      at('above', {}, '/home/me'),
      at('none', {}),
      container('volume', {
        mounts: [{ type: 'volume', source: '/home/me/shop', target: '/x', readOnly: false }],
      }),
    ];
    const shown = (folders: readonly string[]): readonly string[] =>
      labels(
        viewTree(
          'containers',
          { container: containers },
          { groupBy: 'none', thisWorkspaceOnly: true },
          { workspaceFolders: folders },
        ),
      );
    expect(shown(['/home/me/shop'])).toEqual(['bind', 'compose', 'dev', 'file']);
    expect(shown(['/tmp', '/home/me/shop/'])).toEqual(['bind', 'compose', 'dev', 'file']);
    expect(shown([])).toEqual([]);
  });
});

describe('grouping', () => {
  test('a service of one container is a row by the service’s name, of several a heading', () => {
    const containers = [
      container('shop-web-1', { labels: composeLabels('shop', 'web') }),
      container('shop-api-1', { labels: composeLabels('shop', 'api', 1) }),
      container('shop-api-2', { labels: composeLabels('shop', 'api', 2) }),
    ];
    expect(labels(viewTree('containers', { container: containers }))).toEqual([
      'shop',
      'api ×2',
      'shop-api-1',
      'shop-api-2',
      'web',
    ]);
  });

  test('services of the same name in two projects are two headings', () => {
    const containers = ['a', 'b'].flatMap((project) =>
      [1, 2].map((n) =>
        container(`${project}-web-${String(n)}`, { labels: composeLabels(project, 'web', n) }),
      ),
    );
    const keys = nodesOf(viewTree('containers', { container: containers })).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('containers without what is grouped by come last, under a heading of their own', () => {
    const containers = [container('plain'), container('grouped', { labels: { team: 'zebra' } })];
    expect(labels(viewTree('containers', { container: containers }, { groupBy: 'label:team' }))).toEqual([
      'zebra',
      'grouped',
      'others',
      'plain',
    ]);
  });

  test('without a group there is no heading at all', () => {
    expect(labels(viewTree('containers', { container: [container('plain')] }))).toEqual(['plain']);
  });

  test.each(['constructor', 'toString', '__proto__'])(
    'a label called like something every object has (%s) groups only those that have it',
    (key) => {
      const containers = [container('plain'), container('odd', { labels: { [key]: 'x' } })];
      expect(labels(viewTree('containers', { container: containers }, { groupBy: `label:${key}` }))).toEqual([
        'x',
        'odd',
        'others',
        'plain',
      ]);
    },
  );

  test('a project’s heading counts what is up', () => {
    const containers = [
      container('shop-a-1', { labels: composeLabels('shop', 'a') }),
      stopped('shop-b-1', { labels: composeLabels('shop', 'b') }),
      container('shop-c-1', { labels: composeLabels('shop', 'c'), state: 'paused' }),
    ];
    expect(treeText(viewTree('containers', { container: containers }))).toMatch(
      /^shop · compose · 2\/3 running$/m,
    );
  });
});

describe('several engines', () => {
  const same = container('web');

  test('each has its heading and its own keys, also for objects of the same id', () => {
    const tree = viewTree('containers', [
      engineInput({ container: [same] }),
      engineInput({ container: [same] }, { id: 'build', name: 'build' }),
    ]);
    expect(nodesOf(tree).map(({ key }) => key)).toEqual([
      'default/engine',
      `default/container/${same.id}`,
      'build/engine',
      `build/container/${same.id}`,
    ]);
  });

  test('one alone has none, and none shows nothing', () => {
    expect(viewTree('containers', { container: [same] }).map(({ node }) => node.kind)).toEqual(['container']);
    expect(viewTree('containers', [])).toEqual([]);
  });

  test('what an engine that is gone had is dimmed and says so to a screen reader', () => {
    const [row] = nodesOf(
      viewTree('containers', [engineInput({ container: [same] }, { phase: 'unreachable' })]),
    ).map((node) => toRow(node, { t: english, now }));
    expect(row).toMatchObject({
      isDimmed: true,
      accessibleLabel: 'web, running, nginx:1.27, engine not reachable',
    });
  });
});

describe('what is in use', () => {
  const used: Objects = {
    container: [
      container('b', {
        imageId: image('app', []).id,
        mounts: [
          { type: 'volume', source: 'data', target: '/1', readOnly: false },
          { type: 'volume', source: 'data', target: '/2', readOnly: true },
          { type: 'bind', source: 'bound', target: '/3', readOnly: true },
        ],
        networks: [{ name: 'front', networkId: longId('front'), ipAddress: '' }],
      }),
      stopped('a', {
        imageId: image('app', []).id,
        networks: [{ name: 'back', networkId: '', ipAddress: '' }],
      }),
    ],
    image: [image('app', ['app:1']), image('free', ['free:1'])],
    volume: [volume('data'), volume('bound')],
    network: [network('front'), network('back'), network('empty')],
  };
  const users = (view: 'images' | 'volumes' | 'networks'): readonly (readonly string[])[] =>
    nodesOf(viewTree(view, used)).flatMap((node) =>
      'usedBy' in node ? [node.usedBy.map(({ name }) => name)] : [],
    );

  test('is told from the containers, each named once and in order', () => {
    expect(users('images')).toEqual([['a', 'b'], []]);
    expect(users('volumes')).toEqual([[], ['b']]);
    expect(users('networks')).toEqual([['a'], [], ['b']]);
  });

  test('has the users of an image below each of its tags, with their states', () => {
    const rows = viewTree('images', { ...used, image: [image('app', ['app:1', 'app:2'])] });
    expect(treeText(rows)).toBe(
      [
        'app · 1 · 187 MB · 3 days ago · in use by 2',
        '  a · exited',
        '  b · running',
        'app · 2 · 187 MB · 3 days ago · in use by 2',
        '  a · exited',
        '  b · running',
        '',
      ].join('\n'),
    );
    const keys = nodesOf(rows).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(rows.map(({ node }) => toRow(node, { t: english, now }).expansion)).toEqual([
      'collapsed',
      'collapsed',
    ]);
  });

  test('a state that changes redraws its row below the image, and no other', () => {
    const memo = new TreeMemo();
    const treeOf = (objects: Objects) => viewTree('images', [engineInput(objects, { memo })]);
    const { index } = reindex(emptyIndex, treeOf(used));
    const stoppedNow = { ...used, container: [stopped('b', { imageId: image('app', []).id })] };
    const running = { ...used, container: [container('b', { imageId: image('app', []).id })] };
    const { index: before } = reindex(index, treeOf(running));
    const drawsSame = (node: TreeNode): boolean => node.kind === 'image';
    const { branches, rows } = reindex(before, treeOf(stoppedNow), drawsSame);
    expect(branches).toEqual([]);
    expect(rows).toEqual([`default/image/app:1#${longId('b')}`]);
  });
});

function expectOneLine(node: TreeNode): void {
  const { label, description, accessibleLabel } = toRow(node, { t: english, now });
  for (const text of [label, description, accessibleLabel]) {
    expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
    expect(text.length).toBeLessThan(1000);
    expect(text.isWellFormed()).toBe(true);
  }
}

describe('rows with hostile names', () => {
  const long = 'x'.repeat(60_000);
  const hostile = [
    '<img src=x onerror=alert(1)>',
    '[click](command:workbench.action.quit)',
    '$(trash) **bold** `code`',
    'quote\'s "two" \\ back',
    '🚢'.repeat(300),
    'line\r\nbreak\u0000\u001b[31m',
    long,
    '',
    'a/b#c',
    '__proto__',
  ];
  const manyLabels = Object.fromEntries(
    Array.from({ length: 30 }, (_, n) => [`label-${String(n)}`, 'v'.repeat(1000)] as const),
  );
  const objects: Objects = {
    container: hostile.map((name, n) =>
      container(name, {
        id: longId(`id-${String(n)}`),
        image: name,
        command: name,
        labels: { ...manyLabels, ...composeLabels(name, name) },
        mounts: [{ type: 'volume', source: name, target: name, readOnly: false }],
        networks: [{ name, networkId: longId('n'), ipAddress: name }],
      }),
    ),
    image: hostile.map((name, n) => image(`i-${String(n)}`, [name])),
    volume: hostile.map((name) =>
      volume(name, { driver: name, labels: { 'com.docker.compose.project': name } }),
    ),
    network: hostile.map((name, n) =>
      network(name, { id: longId(`n-${String(n)}`), driver: name, subnets: [name] }),
    ),
  };
  const trees = [
    ...(['compose', 'image', 'network', 'state', 'none', 'label:label-1'] as const).map((groupBy) =>
      viewTree('containers', objects, { groupBy }),
    ),
    viewTree('images', objects),
    viewTree('images', objects, { groupBy: 'repository' }),
    viewTree('volumes', objects, { groupBy: 'compose' }),
    viewTree('networks', objects),
  ];

  test('are one line each, bounded and well formed, and nothing is left out', () => {
    for (const tree of trees) {
      const nodes = nodesOf(tree);
      expect(nodes.length).toBeGreaterThanOrEqual(hostile.length);
      for (const node of nodes) {
        expectOneLine(node);
      }
    }
  });

  test.each(hostile)('%j makes one line of every part of a container, and of an engine', (name) => {
    const host = { ip: name, port: 1 };
    const odd = container('x', {
      ports: [{ containerPort: 1, protocol: name, host }],
      mounts: [{ type: name, source: name, target: name, readOnly: true }],
      networks: [{ name, networkId: 'n', ipAddress: name }],
    });
    const of = (part: PartNode['part']): PartNode => partNode('default', 'x', 'path', part);
    const engine = engineInput({}, { name, address: name, version: name });
    const nodes = [
      ...containerParts({
        kind: 'container',
        key: 'k',
        engineId: 'e',
        container: odd,
        label: 'x',
        isOffline: false,
      }),
      of({ kind: 'process', pid: name, user: name, command: name }),
      fileNode({ engineId: 'default', kind: 'container', id: 'x' }, name, {
        ...fileEntry(name, 'link'),
        link: { target: name, kind: undefined },
      }),
      fileNoticeNode({ engineId: 'default', kind: 'volume', id: 'x' }, '/', name),
      of({ kind: 'failure', message: name }),
      ...nodesOf(buildEnginesTree([engine])),
    ];
    for (const node of nodes) expectOneLine(node);
  });

  test('have none for a container that only gives a volume’s files a door, nor is it its user', () => {
    const helper = container('helper', {
      labels: { 'quayside.helper': 'here:1' },
      mounts: [{ type: 'volume', source: 'data', target: '/quayside-volume', readOnly: false }],
    });
    const all = { container: [helper, container('web')], volume: [volume('data')] };
    expect(treeText(viewTree('containers', all))).not.toContain('helper');
    expect(treeText(viewTree('volumes', all))).not.toContain('helper');
  });

  test('have keys of their own', () => {
    for (const tree of trees) {
      const keys = nodesOf(tree).map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });

  test('keep their characters: nothing is escaped, nothing is read as markup', () => {
    const text = treeText(viewTree('containers', objects, { groupBy: 'none' }));
    for (const name of hostile.slice(0, 4)) expect(text).toContain(name);
  });
});
