import { type Container, containerStates } from '../../../src/model/container.ts';
import type { FileEntry } from '../../../src/model/fileEntry.ts';
import type { Image } from '../../../src/model/image.ts';
import type { Network } from '../../../src/model/network.ts';
import { contextValue } from '../../../src/model/tree/contextValue.ts';
import { fileNode, fileNoticeNode } from '../../../src/model/tree/fileRows.ts';
import type { EngineNode, GroupNode, PartNode, TreeNode } from '../../../src/model/tree/nodes.ts';
import type { User } from '../../../src/model/tree/usage.ts';
import type { KnownRegistry } from '../../../src/model/registry.ts';
import type { Volume } from '../../../src/model/volume.ts';

const engineId = 'e';
const container: Container = {
  id: 'c',
  name: 'web',
  image: 'nginx',
  imageId: 'i',
  command: '',
  createdAt: 0,
  state: 'running',
  stateSince: undefined,
  exitCode: undefined,
  oomKilled: false,
  health: undefined,
  ports: [],
  mounts: [],
  networks: [],
  labels: {},
  compose: undefined,
};
const port = { containerPort: 80, protocol: 'tcp', host: { ip: '0.0.0.0', port: 80 } };
const image: Image = { id: 'i', tags: [], digests: [], createdAt: 0, sizeBytes: 0, labels: {} };
const volume: Volume = { name: 'v', driver: 'local', mountpoint: '', createdAt: undefined, labels: {} };
const network: Network = {
  id: 'n',
  name: 'net',
  driver: 'bridge',
  scope: 'local',
  subnets: [],
  isInternal: false,
  createdAt: undefined,
  labels: {},
};
const user: User = { id: 'c', name: 'web', state: 'running' };
const both = [false, true];

function engines(): EngineNode[] {
  return (['disconnected', 'connecting', 'connected', 'unreachable'] as const).flatMap((phase) =>
    both.map((isLocal) => ({
      kind: 'engine',
      key: 'k',
      engineId,
      name: 'e',
      address: '',
      phase,
      version: '',
      problem: '',
      problemText: '',
      isLocal,
      isHeading: false,
    })),
  );
}

function groups(): GroupNode[] {
  return (['container', 'image', 'volume', 'network'] as const).flatMap((of) =>
    (['compose', 'service', 'label', 'others'] as const).flatMap((by) =>
      [0, 1, 2].flatMap((runningCount) =>
        both.map((isOffline) => ({
          kind: 'group',
          key: 'k',
          engineId,
          of,
          by,
          label: 'l',
          memberIds: ['a', 'b'],
          runningCount,
          isOffline,
        })),
      ),
    ),
  );
}

function parts(): PartNode[] {
  const kinds: PartNode['part'][] = [
    { kind: 'changes' },
    { kind: 'change', name: 'a', path: '/a', change: 'added', isFolder: false },
    { kind: 'nothing', message: '' },
    { kind: 'port', port },
    { kind: 'mount', mount: { type: 'volume', source: 'v', target: '/', readOnly: false } },
    { kind: 'mount', mount: { type: 'bind', source: '/', target: '/', readOnly: false } },
    { kind: 'network', network: { name: 'n', networkId: 'n', ipAddress: '' } },
    { kind: 'processes' },
    { kind: 'process', pid: '1', user: 'root', command: 'sh' },
    { kind: 'files' },
    { kind: 'failure', message: 'no' },
  ];
  return kinds.map((part) => ({ kind: 'part', key: 'k', engineId, containerId: 'c', part }));
}

function files(): TreeNode[] {
  const place = { engineId, kind: 'container', id: 'c' } as const;
  const plain = { name: 'a', sizeBytes: 0, modifiedAt: 0, mode: 0, owner: '' };
  const kinds = ['file', 'directory', 'device', 'pipe', 'socket'] as const;
  const entries: FileEntry[] = kinds.flatMap((kind): FileEntry[] => [
    { ...plain, kind },
    { ...plain, kind: 'link', link: { target: '/b', kind } },
  ]);
  entries.push({ ...plain, kind: 'link', link: { target: '/b', kind: undefined } });
  return [...entries.map((entry) => fileNode(place, '/a', entry)), fileNoticeNode(place, '/', 'too much')];
}

function registryRows(): TreeNode[] {
  const kinds = ['distribution', 'hub', 'ghcr'] as const;
  const notices = ['more', 'empty', 'noMatch', 'noCatalog', 'denied', 'failure'] as const;
  const details = { digest: 'sha256:d', sizeBytes: 1, platforms: [], createdAt: 1, mediaType: '' };
  return [
    ...notices.map((notice): TreeNode => ({ kind: 'registryNotice', key: 'k', notice, message: '' })),
    ...kinds.flatMap((kind) =>
      both.flatMap((isOn): TreeNode[] => {
        const registry: KnownRegistry = {
          host: 'r',
          kind,
          isPlainHttp: false,
          isListed: isOn,
          hasLogin: false,
          named: isOn ? ['n'] : [],
        };
        const tag = { kind: 'tag', key: 'k', registry, repository: 'n', tag: '1', problemText: '' } as const;
        return [
          ...both.map((isSignedIn): TreeNode => ({ kind: 'registry', key: 'k', registry, isSignedIn })),
          { kind: 'namespace', key: 'k', registry, namespace: 'n' },
          { kind: 'repository', key: 'k', registry, repository: 'n', isNamed: isOn },
          { ...tag, details: isOn ? details : undefined },
        ];
      }),
    ),
  ];
}

/** The context value of a node of every kind in every state that makes a difference. */
export function producibleContextValues(): ReadonlySet<string> {
  const nodes: TreeNode[] = [
    ...engines(),
    ...groups(),
    ...parts(),
    ...files(),
    ...registryRows(),
    ...both.flatMap((isOffline): TreeNode[] => [
      ...containerStates.flatMap((state) =>
        [
          {},
          { ports: [port] },
          { health: { status: 'starting' as const } },
          { networks: [{ name: 'net', networkId: 'n', ipAddress: '10.0.0.2' }] },
        ].map(
          (parts): TreeNode => ({
            kind: 'container',
            key: 'k',
            engineId,
            container: { ...container, state, ...parts },
            label: 'web',
            isOffline,
          }),
        ),
      ),
      ...['', 'a:1'].flatMap((tag) =>
        [[], [user]].flatMap((usedBy) =>
          [[], ['a@sha256:0']].map(
            (digests): TreeNode => ({
              kind: 'image',
              key: 'k',
              engineId,
              image: { ...image, digests },
              tag,
              isInGroup: false,
              usedBy,
              sharedBytes: undefined,
              isOffline,
            }),
          ),
        ),
      ),
      { kind: 'user', key: 'k', engineId, user, isOffline },
      { kind: 'volume', key: 'k', engineId, volume, sizeBytes: undefined, usedBy: [], isOffline },
      ...['net', 'bridge'].map(
        (name): TreeNode => ({
          kind: 'network',
          key: 'k',
          engineId,
          network: { ...network, name },
          usedBy: [],
          isOffline,
        }),
      ),
    ]),
  ];
  return new Set(nodes.map(contextValue));
}
