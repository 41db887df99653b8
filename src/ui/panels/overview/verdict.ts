import type { Localize } from '../../../base/localize.ts';
import { explainEnd } from '../../../commands/explainEnd.ts';
import type { ContainerDetails } from '../../../model/containerDetails.ts';
import type { HistoryEntry } from '../../../model/containerHistory.ts';
import { endReason, isGoodEnd } from '../../../model/endReason.ts';
import type { OverviewVerdict, Tone } from '../../../protocol/overview.ts';

/** Why it is as it is, where that wants a word. */
export function verdictOf(
  details: ContainerDetails,
  history: readonly HistoryEntry[],
  t: Localize,
): OverviewVerdict | undefined {
  const { state, health } = details;
  switch (state.state) {
    case 'exited':
      return ended(details, history, t);
    case 'created':
      return state.error === ''
        ? verdict('plain', t('It was made and not started yet.'), '', '', ['start'])
        : ended(details, history, t);
    case 'restarting': {
      const last = ended(details, history, t);
      return {
        ...last,
        title: t('It ends again and again: {title}', { title: last.title }),
        next: [
          t(
            'Its restart policy has started it {count} times so far. The engine waits longer each time, a minute at most; Stop ends that.',
            { count: state.restartCount },
          ),
          last.next,
        ]
          .filter((part) => part !== '')
          .join(' '),
        tone: 'error',
      };
    }
    case 'dead':
      return verdict(
        'error',
        t('The engine could not remove it wholly.'),
        t('Something still holds on to its files, such as a mount or a process on the engine’s machine.'),
        t('Remove it once more; if that fails, restart the engine.'),
        ['inspect'],
      );
    case 'running':
      if (health?.status === 'unhealthy')
        return verdict(
          'error',
          t('Its health check has failed {count} times in a row.', { count: health.failingStreak }),
          t('It runs, but does not do what the check asks of it.'),
          t('What the last probes said is below; its log may say more.'),
          ['logs', 'restart'],
        );
      if (state.isOomKilled)
        return verdict(
          'warning',
          t('A process in it was killed for lack of memory.'),
          t('Its main process runs on.'),
          t('Raise the limit, or let Stats show how its use grows until then.'),
          ['stats', 'recreate'],
        );
      return undefined;
    case 'paused':
    case 'removing':
      return undefined;
  }
}

function ended(details: ContainerDetails, history: readonly HistoryEntry[], t: Localize): OverviewVerdict {
  const reason = endReason(details, history);
  const { title, why, next, steps } = explainEnd(reason, t);
  const tone = reason.kind === 'succeeded' ? 'good' : isGoodEnd(reason) ? 'plain' : 'error';
  return { tone, title, why, next, steps, said: details.state.error };
}

function verdict(
  tone: Tone,
  title: string,
  why: string,
  next: string,
  steps: OverviewVerdict['steps'],
): OverviewVerdict {
  return { tone, title, why, next, said: '', steps };
}
