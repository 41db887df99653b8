import { assertNever } from '../../base/assert.ts';
import { formatBytes, oneLine } from '../../base/format.ts';
import type { Localize } from '../../base/localize.ts';
import { containerStates, isUp, shortId } from '../container.ts';
import { imageName } from '../image.ts';
import { isPredefined } from '../network.ts';
import { RegistryError } from '../registryError.ts';
import { isAnonymous } from '../volume.ts';
import { formatAge } from './ages.ts';
import { containerRow, hasAge, stateWord } from './containerRow.ts';
import { contextValue } from './contextValue.ts';
import { fileNoticeRow, fileRow } from './fileRows.ts';
import {
  type EngineNode,
  type GroupNode,
  type ImageNode,
  type ImageUse,
  imageUses,
  type NetworkNode,
  type TreeNode,
  type UserNode,
  type VolumeNode,
} from './nodes.ts';
import { partRow } from './partRows.ts';
import type { User } from './usage.ts';
import { registryTreeRow } from './registryRows.ts';
import { joinParts, type Row, type RowContext, type RowIcon, spoken } from './row.ts';

/** Every kind of node as a row; the one switch over them. */
export function toRow(node: TreeNode, context: RowContext): Row {
  switch (node.kind) {
    case 'engine':
      return engineRow(node, context);
    case 'group':
      return groupRow(node, context);
    case 'container':
      return containerRow(node, context);
    case 'image':
      return imageRow(node, context);
    case 'volume':
      return volumeRow(node, context);
    case 'network':
      return networkRow(node, context);
    case 'user':
      return userRow(node, context);
    case 'part':
      return partRow(node, context);
    case 'file':
      return fileRow(node, context);
    case 'fileNotice':
      return fileNoticeRow(node);
    case 'registry':
    case 'namespace':
    case 'repository':
    case 'tag':
    case 'registryNotice':
      return registryTreeRow(node, context);
    default:
      return assertNever(node);
  }
}

/** Since when the age counts that a row shows; undefined where it shows none, or none that moves on. */
export function ageOf(node: TreeNode): number | undefined {
  // How long something has been up is not known while its engine is out of reach.
  if ('isOffline' in node && node.isOffline) return undefined;
  switch (node.kind) {
    case 'container':
      return hasAge(node.container) ? node.container.stateSince : undefined;
    case 'image':
      return node.image.createdAt;
    case 'volume':
      return node.usedBy.length === 0 ? node.volume.createdAt : undefined;
    case 'tag':
      return node.details instanceof RegistryError ? undefined : node.details?.createdAt;
    default:
      return undefined;
  }
}

function engineRow(node: EngineNode, { t }: RowContext): Row {
  const name = oneLine(node.name, 60);
  const state = engineState(node, t);
  return {
    label: name,
    description: joinParts([
      oneLine(node.version, 60),
      node.phase === 'connected' ? '' : state,
      node.isHeading ? '' : oneLine(node.address, 80),
    ]),
    icon: engineIcons[node.phase],
    accessibleLabel: spoken([name, state, oneLine(node.version, 60), oneLine(node.address, 80)]),
    contextValue: contextValue(node),
    expansion: node.isHeading ? 'expanded' : 'none',
    isDimmed: node.phase === 'disconnected',
    hasTooltip: true,
  };
}

const engineIcons: Readonly<Record<EngineNode['phase'], RowIcon>> = {
  connected: { id: 'circle-filled', color: 'testing.iconPassed' },
  connecting: { id: 'loading~spin' },
  unreachable: { id: 'warning', color: 'problemsWarningIcon.foreground' },
  disconnected: { id: 'circle-outline', color: 'disabledForeground' },
};

function engineState({ phase }: EngineNode, t: Localize): string {
  switch (phase) {
    case 'connected':
      return t('connected');
    case 'connecting':
      return t('connecting');
    case 'unreachable':
      return t('not reachable');
    case 'disconnected':
      return t('not connected');
  }
}

function groupRow(node: GroupNode, { t }: RowContext): Row {
  const total = node.memberIds.length;
  const label = groupLabel(node, t);
  const description = groupDescription(node, total, t);
  return {
    label: node.by === 'service' ? `${label} ×${String(total)}` : label,
    description,
    icon: groupIcons[node.by],
    accessibleLabel: spoken([label, description]),
    contextValue: contextValue(node),
    expansion: node.by === 'service' ? 'collapsed' : 'expanded',
    isDimmed: node.isOffline,
  };
}

const groupIcons: Readonly<Record<GroupNode['by'], RowIcon>> = {
  compose: { id: 'layers' },
  service: { id: 'multiple-windows' },
  image: { id: 'package' },
  network: { id: 'type-hierarchy' },
  label: { id: 'tag' },
  repository: { id: 'package' },
  use: { id: 'package' },
  state: { id: 'list-unordered' },
  others: { id: 'list-unordered' },
};

function groupLabel({ by, of, label }: GroupNode, t: Localize): string {
  switch (by) {
    case 'others':
      // What no repository has.
      return of === 'image' ? t('dangling') : t('others');
    case 'use':
      return useWord(imageUses.find((use) => use === label) ?? 'unused', t);
    case 'service':
      return oneLine(label.slice(label.indexOf('/') + 1));
    case 'state':
      return stateWord(containerStates.find((state) => state === label) ?? 'dead', t);
    default:
      return oneLine(label);
  }
}

function useWord(use: ImageUse, t: Localize): string {
  switch (use) {
    case 'used':
      return t('in use');
    case 'unused':
      return t('not in use');
    case 'dangling':
      return t('dangling');
  }
}

function groupDescription({ by, of, runningCount }: GroupNode, total: number, t: Localize): string {
  if (of !== 'container' || by === 'others' || by === 'state') return String(total);
  const running = t('{running}/{total} running', { running: runningCount, total });
  return by === 'compose' ? joinParts(['compose', running]) : running;
}

function imageRow(node: ImageNode, { t, now }: RowContext): Row {
  const { image, tag, usedBy, isOffline } = node;
  const { repository, tag: tagName } = imageName({ ...image, tags: tag === '' ? [] : [tag] });
  const isNameless = tag === '';
  const label = isNameless ? shortId(image.id) : node.isInGroup ? tagName : oneLine(repository);
  const size = formatBytes(image.sizeBytes);
  const age = formatAge(image.createdAt, now, t);
  const use = usageText(usedBy, t);
  const newer = node.newer === undefined ? '' : t('update available');
  const name = isNameless ? t('dangling') : node.isInGroup ? '' : tagName;
  return {
    label,
    description: joinParts([oneLine(name, 80), newer, size, age, use]),
    icon: imageIcon(node),
    accessibleLabel: spoken([label, name, newer, size, age, use]),
    contextValue: contextValue(node),
    expansion: usedBy.length === 0 ? 'none' : 'collapsed',
    isDimmed: isNameless || isOffline,
    hasTooltip: true,
  };
}

function userRow({ user, isOffline, ...node }: UserNode, { t }: RowContext): Row {
  const label = oneLine(user.name);
  const state = isOffline ? '' : stateWord(user.state, t);
  return {
    label,
    description: state,
    icon:
      isOffline || !isUp(user)
        ? { id: 'circle-outline', color: 'disabledForeground' }
        : { id: 'circle-filled', color: 'testing.iconPassed' },
    accessibleLabel: spoken([t('container {name}', { name: label }), state]),
    contextValue: contextValue({ ...node, user, isOffline }),
    expansion: 'none',
    isDimmed: isOffline,
    clickCommand: 'quayside.container.reveal',
  };
}

function imageIcon({ tag, newer, isOffline }: ImageNode): Row['icon'] {
  if (tag === '' || isOffline) return { id: 'package', color: 'disabledForeground' };
  return newer === undefined
    ? { id: 'package' }
    : { id: 'arrow-circle-up', color: 'notificationsInfoIcon.foreground' };
}

function volumeRow(node: VolumeNode, { t, now }: RowContext): Row {
  const { volume, usedBy, sizeBytes, isOffline } = node;
  const anonymous = isAnonymous(volume);
  const label = anonymous ? volume.name.slice(0, 12) : oneLine(volume.name);
  const parts = [
    anonymous ? t('anonymous') : '',
    sizeBytes === undefined || sizeBytes < 0 ? '' : formatBytes(sizeBytes),
    volume.driver === 'local' ? '' : oneLine(volume.driver, 40),
    usedBy.length === 0
      ? joinParts([t('not in use'), formatAge(volume.createdAt, now, t)])
      : usageText(usedBy, t),
  ];
  return {
    label,
    description: joinParts(parts),
    icon: { id: 'database', ...(usedBy.length === 0 || isOffline ? { color: 'disabledForeground' } : {}) },
    accessibleLabel: spoken([label, ...parts]),
    contextValue: contextValue(node),
    expansion: isOffline ? 'none' : 'collapsed',
    isDimmed: isOffline,
    hasTooltip: true,
  };
}

function networkRow(node: NetworkNode, { t }: RowContext): Row {
  const { network, usedBy, isOffline } = node;
  const label = oneLine(network.name);
  const count = usedBy.length;
  const use = count === 0 ? '' : count === 1 ? t('1 container') : t('{count} containers', { count });
  return {
    label,
    description: joinParts([oneLine(network.driver, 40), oneLine(network.subnets.join(' '), 80), use]),
    icon: {
      id: 'type-hierarchy',
      ...(isPredefined(network) || isOffline ? { color: 'disabledForeground' } : {}),
    },
    accessibleLabel: spoken([label, oneLine(network.driver, 40), use]),
    contextValue: contextValue(node),
    expansion: 'none',
    isDimmed: isOffline,
    hasTooltip: true,
  };
}

/** One user by name, more by number. */
function usageText(usedBy: readonly User[], t: Localize): string {
  const [only] = usedBy;
  if (only === undefined) return '';
  return usedBy.length === 1
    ? t('in use by {name}', { name: oneLine(only.name, 60) })
    : t('in use by {count}', { count: usedBy.length });
}
