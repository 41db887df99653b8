import { formatBytes, oneLine } from '../../base/format.ts';
import type { Localize } from '../../base/localize.ts';
import { printPlatform, type Platform, shortDigest } from '../registry.ts';
import { RegistryError } from '../registryError.ts';
import { formatAge } from './ages.ts';
import { contextValue } from './contextValue.ts';
import type { NamespaceNode, RegistryNode, RegistryNoticeNode, RepositoryNode, TagNode } from './nodes.ts';
import { joinParts, type Row, type RowContext, type RowIcon, spoken } from './row.ts';

type RegistryTreeNode = RegistryNode | NamespaceNode | RepositoryNode | TagNode | RegistryNoticeNode;

export function registryTreeRow(node: RegistryTreeNode, context: RowContext): Row {
  const shape = shapeOf(node, context);
  return {
    accessibleLabel: spoken([shape.label, shape.description]),
    contextValue: contextValue(node),
    ...shape,
  };
}

type Shape = Pick<Row, 'label' | 'description' | 'icon' | 'expansion'> & Partial<Row>;

function shapeOf(node: RegistryTreeNode, context: RowContext): Shape {
  const { t } = context;
  switch (node.kind) {
    case 'registry': {
      const { host, kind, isPlainHttp } = node.registry;
      return {
        label: oneLine(host, 100),
        description: joinParts([
          kind === 'hub' ? t('Docker Hub') : kind === 'ghcr' ? t('GitHub · lists no repositories') : '',
          isPlainHttp ? t('without TLS') : '',
          node.isSignedIn ? t('signed in') : '',
        ]),
        icon: { id: 'cloud' },
        expansion: 'collapsed',
      };
    }
    case 'namespace':
      return {
        label: oneLine(node.namespace, 100),
        description: node.namespace === 'library' ? t('Docker Official Images') : '',
        icon: { id: 'organization' },
        expansion: 'collapsed',
      };
    case 'repository':
      return {
        label: oneLine(labelOf(node)),
        description: '',
        icon: { id: 'package' },
        expansion: 'collapsed',
      };
    case 'tag':
      return tagShape(node, context);
    case 'registryNotice':
      return noticeShape(node, t);
  }
}

/** A namespace's row says the owner already. */
function labelOf({ registry, repository }: RepositoryNode): string {
  return registry.kind === 'hub' ? repository.slice(repository.indexOf('/') + 1) : repository;
}

function tagShape({ tag, details }: TagNode, { t, now }: RowContext): Shape {
  const row = { label: oneLine(tag, 128), icon: { id: 'tag' }, expansion: 'none', hasTooltip: true } as const;
  if (details === undefined) return { ...row, description: '' };
  if (details instanceof RegistryError)
    return {
      ...row,
      description: problemText(details, t),
      icon: { id: 'warning', color: 'problemsWarningIcon.foreground' },
      isDimmed: details.problem === 'missing',
    };
  const size = details.sizeBytes === undefined ? '' : formatBytes(details.sizeBytes);
  const age = formatAge(details.createdAt, now, t);
  const platforms = platformsText(details.platforms);
  return {
    ...row,
    description: joinParts([size, age, platforms, shortDigest(details.digest)]),
    accessibleLabel: spoken([tag, size, age, platforms, shortDigest(details.digest)]),
  };
}

/** Two by name, more by number. */
function platformsText(platforms: readonly Platform[]): string {
  const names = platforms.slice(0, 2).map((platform) => oneLine(printPlatform(platform), 40));
  return names.join(', ') + (platforms.length > 2 ? ` +${String(platforms.length - 2)}` : '');
}

/** A few words; the whole sentence is in the hover. */
function problemText({ problem, message }: RegistryError, t: Localize): string {
  if (problem === 'missing') return t('no longer there');
  if (problem === 'unknownManifest') return oneLine(message, 80);
  if (problem === 'corrupt') return t('not what its digest says');
  return problem === 'denied' ? t('access refused') : t('could not be read');
}

const noticeIcons: Readonly<Record<RegistryNoticeNode['notice'], RowIcon>> = {
  more: { id: 'ellipsis' },
  empty: { id: 'info', color: 'disabledForeground' },
  noMatch: { id: 'info', color: 'disabledForeground' },
  noCatalog: { id: 'add' },
  denied: { id: 'lock' },
  failure: { id: 'warning', color: 'problemsWarningIcon.foreground' },
};

/** What a click on a notice does about it. */
const noticeCommands: Readonly<Record<RegistryNoticeNode['notice'], string | undefined>> = {
  more: 'quayside.registry.loadMore',
  empty: undefined,
  noMatch: undefined,
  noCatalog: 'quayside.registry.addRepository',
  denied: 'quayside.registry.signIn',
  failure: 'quayside.registry.refreshRow',
};

function noticeShape({ notice, message }: RegistryNoticeNode, t: Localize): Shape {
  const clickCommand = noticeCommands[notice];
  const labels: Partial<Record<RegistryNoticeNode['notice'], string>> = {
    more: t('Load more…'),
    noCatalog: t('Add a repository…'),
    denied: t('Sign in…'),
    failure: t('Try again'),
  };
  const label = labels[notice];
  // A sentence that starts with a host keeps it as it is.
  const text = message.replace(/^[a-z]+(?= )/, (word) => word.charAt(0).toUpperCase() + word.slice(1));
  return {
    label: label ?? text,
    description: label === undefined ? '' : text,
    icon: noticeIcons[notice],
    expansion: 'none',
    ...(clickCommand === undefined ? {} : { clickCommand }),
  };
}
