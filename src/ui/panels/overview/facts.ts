import type { Localize } from '../../../base/localize.ts';
import type { ContainerHistory } from '../../../engine/containerHistories.ts';
import type { WatchedContainer } from '../../../engine/containerWatch.ts';
import { allowsVerb, type Container, type ContainerState } from '../../../model/container.ts';
import { stateWord } from '../../../model/tree/containerRow.ts';
import type { OverviewAction, OverviewFacts, OverviewState, Tone } from '../../../protocol/overview.ts';
import { mountsSection, networksSection, portsSection } from './connectionSections.ts';
import { isolationSection } from './isolationSection.ts';
import { type FullSection, forPage } from './rows.ts';
import {
  environmentSection,
  imageSection,
  labelsSection,
  limitsSection,
  programSection,
  recipeSection,
} from './settingSections.ts';
import { healthSection, historySection, stateSection } from './stateSections.ts';
import { verdictOf } from './verdict.ts';

export interface FactsInput {
  readonly watched: WatchedContainer;
  readonly name: string;
  /** Empty where there is only one. */
  readonly engineName: string;
  readonly history: ContainerHistory;
  /** Why it could not be read the last time; empty as a rule. */
  readonly problem: string;
}

/** What the page shows, and the same with what the host alone knows. */
export interface FullFacts {
  readonly shown: OverviewFacts;
  readonly sections: readonly FullSection[];
}

export function factsOf(input: FactsInput, t: Localize): FullFacts {
  const { watched, name, engineName, history, problem } = input;
  const { details, recipe, container, isGone, phase } = watched;
  const sections =
    details === undefined
      ? []
      : [
          ...stateSection(details, t),
          ...healthSection(details, t),
          ...portsSection(details, t),
          ...mountsSection(details, t),
          ...networksSection(details, t),
          ...programSection(details, t),
          ...environmentSection(details, t),
          ...limitsSection(details, t),
          ...isolationSection(details, t),
          ...imageSection(details, t),
          ...labelsSection(details, t),
          ...historySection(history, t),
          ...recipeSection(recipe, t),
        ];
  const image = details?.image.reference ?? container?.image ?? '';
  const isLive = phase === 'connected' && !isGone;
  const state = details?.state.state;
  return {
    sections,
    shown: {
      name,
      subtitle: [image, engineName].filter((part) => part !== '').join(' · '),
      state: details === undefined ? undefined : headState(details, t),
      notice: notice(watched, name, problem, t),
      verdict: details === undefined ? undefined : verdictOf(details, history.entries, t),
      actions: actionsFor(watched, isLive),
      sections: forPage(sections),
      hasProcesses: isLive && (state === 'running' || state === 'paused'),
    },
  };
}

function headState({ state, health }: NonNullable<WatchedContainer['details']>, t: Localize): OverviewState {
  const healthy = health?.status ?? 'none';
  const words = {
    none: '',
    starting: t('health check starting'),
    healthy: t('healthy'),
    unhealthy: t('unhealthy'),
  };
  const isUp = state.state === 'running';
  return {
    state: state.state,
    text: stateWord(state.state, t),
    tone: stateTone(state.state, state.exitCode),
    health: isUp ? words[healthy] : '',
    healthTone: healthy === 'healthy' ? 'good' : healthy === 'unhealthy' ? 'error' : 'plain',
  };
}

function stateTone(state: ContainerState, exitCode: number): Tone {
  switch (state) {
    case 'running':
      return 'good';
    case 'paused':
    case 'restarting':
      return 'warning';
    case 'dead':
      return 'error';
    case 'exited':
      return [0, 130, 143].includes(exitCode) ? 'plain' : 'error';
    case 'created':
    case 'removing':
      return 'plain';
  }
}

function notice(
  { phase, isGone, details, successor }: WatchedContainer,
  name: string,
  problem: string,
  t: Localize,
): string {
  if (isGone) {
    if (details === undefined) return t('There is no container “{name}”.', { name });
    return successor === undefined
      ? t('It was removed. This is what was last known of it.')
      : t(
          'It was removed, and another container has its name now. This is what was last known of the old one.',
        );
  }
  if (phase === 'connected') {
    if (problem !== '') return t('The engine could not describe it: {why}', { why: problem });
    return details === undefined ? t('Reading…') : '';
  }
  if (phase === 'connecting') return t('Connecting to the engine…');
  if (phase === 'disconnected') return t('Its engine is not connected. Connect it in the Engines view.');
  return details === undefined
    ? t('Its engine is not reachable. It is tried again by itself.')
    : t('Its engine is not reachable; this is the last known state. It is tried again by itself.');
}

/** What works in its state, in the order of the buttons. */
function actionsFor(
  { container, isGone, successor }: WatchedContainer,
  isLive: boolean,
): readonly OverviewAction[] {
  if (isGone) return successor === undefined ? [] : ['successor'];
  if (!isLive || container === undefined) return [];
  const verbs = (['start', 'stop', 'restart', 'pause', 'unpause'] as const).filter((verb) =>
    allowsVerb(container, verb),
  );
  return [...verbs, 'logs', ...openers(container), 'inspect', 'reveal', ...ofProject(container)];
}

function openers(container: Container): readonly OverviewAction[] {
  const verbs = (['shell', 'stats', 'recreate'] as const).filter((verb) => allowsVerb(container, verb));
  return [...verbs, 'files', 'changes'];
}

function ofProject({ compose }: Container): readonly OverviewAction[] {
  return compose === undefined ? [] : ['project'];
}
