import { allowsVerb, type Container, type ContainerVerb } from '../container.ts';
import { isPredefined, type Network } from '../network.ts';
import { kindBehind } from '../fileEntry.ts';
import { partMark, type TreeNode } from './nodes.ts';

const containerVerbs = [
  'commit',
  'export',
  'kill',
  'pause',
  'recreate',
  'remove',
  'rename',
  'restart',
  'shell',
  'start',
  'stats',
  'stop',
  'unpause',
  'update',
  'waitHealthy',
] as const satisfies readonly ContainerVerb[];

/**
 * A row's context value is `kind+flag+flag`, flags sorted, matched in `when` clauses by anchored patterns. A flag is a
 * verb that works in the row's state, so that a menu can't offer one that does not.
 */
export const flagsByKind = {
  engine: ['connect', 'disconnect', 'local', 'reachable'],
  group: ['compose', 'container', 'image', 'network', 'running', 'service', 'stopped', 'volume'],
  container: [...containerVerbs, 'address', 'ports', 'reachable'],
  image: ['digest', 'reachable', 'tagged', 'unused'],
  volume: ['reachable', 'remove'],
  network: ['reachable', 'remove'],
  user: ['reachable'],
  part: [
    'change',
    'changes',
    'failure',
    'files',
    'mount',
    'network',
    'nothing',
    'port',
    'process',
    'processes',
    'volume',
  ],
  file: ['directory', 'file', 'link', 'special'],
  fileNotice: [],
  registry: ['remove', 'signedIn'],
  namespace: ['remove'],
  repository: ['remove', 'web'],
  tag: ['delete', 'known', 'web'],
  registryNotice: ['denied', 'empty', 'failure', 'more', 'noCatalog', 'noMatch'],
} as const satisfies Readonly<Record<TreeNode['kind'], readonly string[]>>;

type Flag<K extends TreeNode['kind']> = (typeof flagsByKind)[K][number];

export function contextValue(node: TreeNode): string {
  switch (node.kind) {
    case 'engine': {
      const isWanted = node.phase !== 'disconnected';
      return value('engine', [
        isWanted ? 'disconnect' : 'connect',
        ...when(node.isLocal, 'local' as const),
        ...when(node.phase === 'connected', 'reachable' as const),
      ]);
    }
    case 'group':
      if (node.isOffline) return value('group', [node.of]);
      return value('group', [
        node.of,
        ...when(node.by === 'compose' && node.of === 'container', 'compose' as const),
        ...when(node.by === 'service', 'service' as const),
        ...when(node.of === 'container' && node.runningCount > 0, 'running' as const),
        ...when(
          node.of === 'container' && node.by !== 'others' && node.runningCount < node.memberIds.length,
          'stopped' as const,
        ),
      ]);
    case 'container':
      return node.isOffline ? 'container' : value('container', containerFlags(node.container));
    case 'image':
      if (node.isOffline) return 'image';
      return value('image', [
        'reachable',
        ...when(node.image.digests.length > 0, 'digest' as const),
        ...when(node.tag !== '', 'tagged' as const),
        ...when(node.usedBy.length === 0, 'unused' as const),
      ]);
    case 'volume':
      return node.isOffline ? 'volume' : value('volume', ['reachable', 'remove']);
    case 'network':
      return node.isOffline ? 'network' : value('network', networkFlags(node.network));
    case 'user':
      return node.isOffline ? 'user' : value('user', ['reachable']);
    case 'part':
      return value('part', [
        node.part.kind,
        ...when(node.part.kind === 'mount' && node.part.mount.type === 'volume', 'volume' as const),
      ]);
    case 'file': {
      const behind = kindBehind(node.entry);
      const isPlain = behind === 'directory' || behind === 'file';
      return value('file', [
        isPlain ? behind : 'special',
        ...when(node.entry.kind === 'link', 'link' as const),
      ]);
    }
    case 'fileNotice':
      return 'fileNotice';
    case 'registry':
      return value('registry', [
        ...when(node.registry.isListed, 'remove' as const),
        ...when(node.isSignedIn, 'signedIn' as const),
      ]);
    case 'namespace':
      return value('namespace', when(node.registry.named.includes(node.namespace), 'remove' as const));
    case 'repository':
      return value('repository', [
        ...when(node.isNamed, 'remove' as const),
        ...when(node.registry.kind !== 'distribution', 'web' as const),
      ]);
    case 'tag':
      return value('tag', [
        // Docker Hub and GHCR let nobody delete through this API.
        ...when(node.registry.kind === 'distribution', 'delete' as const),
        ...when(node.details !== undefined && 'digest' in node.details, 'known' as const),
        ...when(node.registry.kind !== 'distribution', 'web' as const),
      ]);
    case 'registryNotice':
      return value('registryNotice', [node.notice]);
  }
}

function containerFlags(container: Container): readonly Flag<'container'>[] {
  const isPublished = container.ports.some(({ host }) => host !== undefined);
  const hasAddress = container.networks.some(({ ipAddress }) => ipAddress !== '');
  return [
    'reachable',
    ...containerVerbs.filter((verb) => allowsVerb(container, verb)),
    ...when(hasAddress, 'address' as const),
    ...when(isPublished, 'ports' as const),
  ];
}

function networkFlags(network: Network): readonly Flag<'network'>[] {
  return isPredefined(network) ? ['reachable'] : ['reachable', 'remove'];
}

function value<K extends TreeNode['kind']>(kind: K, flags: readonly Flag<K>[]): string {
  return [kind, ...[...flags].sort()].join('+');
}

function when<F>(condition: boolean, flag: F): readonly F[] {
  return condition ? [flag] : [];
}

/** The object's or group's key that a part's key hangs below. */
export function ownerKey(key: string): string {
  return key.split(partMark, 1)[0] ?? key;
}
