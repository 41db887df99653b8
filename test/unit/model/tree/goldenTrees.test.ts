import { describe, test } from 'vitest';
import { buildEnginesTree } from '../../../../src/model/tree/viewTree.ts';
import type { Container } from '../../../../src/model/container.ts';
import { EngineError } from '../../../../src/model/engineError.ts';
import {
  composeLabels,
  container,
  image,
  longId,
  network,
  now,
  type Objects,
  stopped,
  volume,
} from '../../../support/builders.ts';
import { expectGoldenTree } from '../../../support/golden.ts';
import { engineInput, viewTree } from '../../../support/viewInput.ts';

const second = 1000;
const hour = 3_600_000;

function shop(service: string, parts: Partial<Container> = {}, number = 1): Container {
  return container(`shop-${service}-${String(number)}`, {
    labels: composeLabels('shop', service, number),
    ...parts,
  });
}

const front = network('shop_front', { labels: { 'com.docker.compose.project': 'shop' } });
const attached = [{ name: 'shop_front', networkId: front.id, ipAddress: '172.18.0.2' }];

const objects: Objects = {
  container: [
    shop('web', {
      ports: [
        { containerPort: 80, protocol: 'tcp', host: { ip: '0.0.0.0', port: 8080 } },
        { containerPort: 443, protocol: 'tcp', host: { ip: '0.0.0.0', port: 8443 } },
        { containerPort: 9000, protocol: 'tcp', host: { ip: '127.0.0.1', port: 9000 } },
        { containerPort: 9100, protocol: 'tcp' },
      ],
      networks: attached,
    }),
    shop('api', { health: { status: 'healthy' }, networks: attached }),
    shop('api', { health: { status: 'unhealthy', failingStreak: 3 }, networks: attached }, 2),
    shop('migrate', { state: 'exited', exitCode: 0, stateSince: now - 20 * second }),
    shop('db', { mounts: [{ type: 'volume', source: 'shop_data', target: '/var/lib/db', readOnly: false }] }),
    container('blog-app-1', { labels: composeLabels('blog', 'app'), state: 'paused' }),
    container('web-10', { image: 'httpd:2' }),
    container('web-2', { image: 'httpd:2' }),
    container('Adminer', { image: 'adminer', createdAt: now - 900 * hour }),
    stopped('crashed', { exitCode: 1, stateSince: now - 5 * hour }),
    stopped('greedy', { exitCode: 137, oomKilled: true, stateSince: now - 12 * second }),
    container('fresh', { state: 'created', stateSince: undefined, createdAt: now }),
    container('looping', { state: 'restarting', exitCode: 1 }),
    container('leaving', { state: 'removing' }),
    container('warm', { health: { status: 'starting' }, stateSince: now - 300 }),
  ],
  image: [
    image('nginx', ['nginx:1.27', 'nginx:latest']),
    image('httpd', ['httpd:2'], { createdAt: now - 800 * 24 * hour, sizeBytes: 62_345_678 }),
    image('team', ['registry.example:5000/team/app:10', 'registry.example:5000/team/app:9']),
    image('dangling', [], { sizeBytes: 1_200_000_000 }),
  ],
  volume: [
    volume('shop_data', { labels: { 'com.docker.compose.project': 'shop' } }),
    volume('cache-10', { createdAt: undefined }),
    volume('cache-9', { driver: 'nfs' }),
    volume(longId('anonymous'), { createdAt: now - 40 * 24 * hour }),
  ],
  network: [
    network('bridge', { subnets: ['172.17.0.0/16'] }),
    network('host', { driver: 'host', subnets: [] }),
    network('none', { driver: 'null', subnets: [] }),
    network('dual', { subnets: ['10.1.0.0/24', 'fd00::/64'], isInternal: true }),
    front,
  ],
};

describe('the Containers view', () => {
  test.each(['compose', 'image', 'network', 'state', 'none', 'label:com.docker.compose.service'] as const)(
    'grouped by %s',
    (groupBy) => {
      expectGoldenTree(
        `containers-by-${groupBy.replace(/^label:.*/, 'label')}`,
        viewTree('containers', objects, { groupBy }),
      );
    },
  );

  test.each(['created', 'state', 'image'] as const)('as one list sorted by %s', (sortBy) => {
    expectGoldenTree(
      `containers-sorted-by-${sortBy}`,
      viewTree('containers', objects, { groupBy: 'none', sortBy }),
    );
  });

  test('with running ones only', () => {
    expectGoldenTree('containers-running-only', viewTree('containers', objects, { runningOnly: true }));
  });

  test('of several engines, one of them gone', () => {
    const few: Objects = { container: [container('web'), stopped('old')] };
    const error = new EngineError('unreachable', 'connect ENOENT', { hint: 'missing' });
    const engines = [
      engineInput(few),
      engineInput(few, {
        id: 'build',
        name: 'build',
        address: 'tcp://10.0.0.5:2376',
        phase: 'unreachable',
        version: '',
        error,
      }),
    ];
    expectGoldenTree('containers-of-two-engines', viewTree('containers', engines));
  });
});

describe('the other views', () => {
  test('images in one list', () => {
    expectGoldenTree('images', viewTree('images', objects));
  });

  test('images by repository', () => {
    expectGoldenTree('images-by-repository', viewTree('images', objects, { groupBy: 'repository' }));
  });

  test('images by use', () => {
    expectGoldenTree('images-by-use', viewTree('images', objects, { groupBy: 'use' }));
  });

  test('images, biggest first', () => {
    expectGoldenTree('images-by-size', viewTree('images', objects, { sortBy: 'size' }));
  });

  test('volumes with the sizes that are known', () => {
    const volumeSizes = new Map([
      ['shop_data', 48_000_000],
      ['cache-9', -1],
      ['cache-10', 0],
    ]);
    expectGoldenTree('volumes', viewTree('volumes', [engineInput(objects, { volumeSizes })]));
  });

  test('volumes by compose project', () => {
    expectGoldenTree('volumes-by-compose', viewTree('volumes', objects, { groupBy: 'compose' }));
  });

  test('networks', () => {
    expectGoldenTree('networks', viewTree('networks', objects));
  });

  test('engines in every phase', () => {
    const error = new EngineError('unauthorized', 'connect EACCES', { hint: 'permission' });
    expectGoldenTree(
      'engines',
      buildEnginesTree([
        engineInput({}),
        engineInput({}, { id: 'a', name: 'a', phase: 'connecting', version: '' }),
        engineInput({}, { id: 'b', name: 'b', phase: 'unreachable', version: '', error }),
        engineInput({}, { id: 'c', name: 'c', phase: 'disconnected', version: '' }),
      ]),
    );
  });
});
