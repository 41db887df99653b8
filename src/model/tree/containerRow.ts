import { oneLine } from '../../base/format.ts';
import type { Localize } from '../../base/localize.ts';
import type { Container, ContainerState, PortBinding } from '../container.ts';
import { formatAge, formatSpan } from './ages.ts';
import { contextValue } from './contextValue.ts';
import type { ContainerNode } from './nodes.ts';
import { joinParts, type Row, type RowContext, type RowIcon, spoken } from './row.ts';

export function containerRow(node: ContainerNode, context: RowContext): Row {
  const { container, isOffline, use = '' } = node;
  const image = oneLine(container.image, 80);
  const state = stateText(container, context);
  return {
    label: oneLine(node.label),
    description: joinParts([
      // Somebody asked for it, and a narrow sidebar cuts off the end.
      use,
      image,
      publishedPorts(container.ports),
      state,
      healthText(container, context.t),
    ]),
    icon: isOffline ? { ...containerIcon(container), color: 'disabledForeground' } : containerIcon(container),
    accessibleLabel: spoken([
      oneLine(node.label),
      stateWord(container.state, context.t),
      healthText(container, context.t),
      image,
      use,
      isOffline ? context.t('engine not reachable') : '',
    ]),
    contextValue: contextValue(node),
    expansion: 'collapsed',
    isDimmed: isOffline,
    hasTooltip: true,
  };
}

/** Codes by which a container ends when somebody asked it to: done, interrupted, killed, terminated. */
const expectedExitCodes = [0, 130, 137, 143];

function containerIcon({ state, health, exitCode, oomKilled }: Container): RowIcon {
  switch (state) {
    case 'running':
      if (health?.status === 'unhealthy') return { id: 'warning', color: 'problemsWarningIcon.foreground' };
      return { id: 'circle-filled', color: 'testing.iconPassed' };
    case 'paused':
      return { id: 'debug-pause', color: 'problemsWarningIcon.foreground' };
    case 'restarting':
      return { id: 'sync', color: 'problemsWarningIcon.foreground' };
    case 'removing':
      return { id: 'trash', color: 'disabledForeground' };
    case 'created':
      return { id: 'circle-large-outline', color: 'disabledForeground' };
    case 'exited':
    case 'dead':
      return oomKilled || state === 'dead' || !expectedExitCodes.includes(exitCode ?? 0)
        ? { id: 'error', color: 'problemsErrorIcon.foreground' }
        : { id: 'circle-outline', color: 'disabledForeground' };
  }
}

export function stateWord(state: ContainerState, t: Localize): string {
  const words: Readonly<Record<ContainerState, () => string>> = {
    created: () => t('created'),
    running: () => t('running'),
    paused: () => t('paused'),
    restarting: () => t('restarting'),
    removing: () => t('removing'),
    exited: () => t('exited'),
    dead: () => t('dead'),
  };
  return words[state]();
}

/** Whether the text of its state says how long it lasts. */
export function hasAge({ state }: Container): boolean {
  return state === 'running' || state === 'exited';
}

/** `up 3 min`, `exited 137 (out of memory) 12 s ago`, `created`. */
export function stateText(container: Container, { t, now }: RowContext): string {
  const { state, stateSince, exitCode, oomKilled } = container;
  switch (state) {
    case 'running':
      return stateSince === undefined
        ? t('running')
        : t('up {span}', { span: formatSpan(now - stateSince, t) });
    case 'exited': {
      const age = formatAge(stateSince, now, t);
      const code = exitCode ?? 0;
      if (oomKilled) return t('exited {code} (out of memory) {age}', { code, age }).trim();
      return t('exited {code} {age}', { code, age }).trim();
    }
    default:
      return stateWord(state, t);
  }
}

export function healthText({ health, state }: Container, t: Localize): string {
  if (health === undefined || state !== 'running') return '';
  const failures = health.failingStreak ?? 0;
  switch (health.status) {
    case 'healthy':
      return t('healthy');
    case 'starting':
      return t('health check starting');
    case 'unhealthy':
      return failures > 0 ? t('unhealthy ({count} failed)', { count: failures }) : t('unhealthy');
  }
}

/** The first two published ports; more are a count. */
function publishedPorts(ports: readonly PortBinding[]): string {
  const published = [
    ...new Set(ports.flatMap(({ host }) => (host === undefined ? [] : [`:${String(host.port)}`]))),
  ];
  const shown = published.slice(0, 2).join(' ');
  return published.length > 2 ? `${shown} +${String(published.length - 2)}` : shown;
}
