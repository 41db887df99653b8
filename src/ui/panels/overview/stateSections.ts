import type { Localize } from '../../../base/localize.ts';
import { oneLine } from '../../../base/format.ts';
import type { ContainerHistory } from '../../../engine/containerHistories.ts';
import type { ContainerDetails, HealthProbe } from '../../../model/containerDetails.ts';
import type { HistoryEntry } from '../../../model/containerHistory.ts';
import { printGoDuration } from '../../../model/runExtras.ts';
import { joinShellWords } from '../../../model/shellWords.ts';
import type { OverviewTime } from '../../../protocol/overview.ts';
import { formatSpan } from '../../../model/tree/ages.ts';
import { type FullRow, type FullSection, row, said, section } from './rows.ts';

/** As many as one looks through. */
const maxShown = 40;
/** Engines keep 4 kB of a probe's output. */
const maxOutput = 4096;

/** When it began and ended, how often it was started again, and who it is. */
export function stateSection(details: ContainerDetails, t: Localize): readonly FullSection[] {
  const { id, createdAt, state } = details;
  const { startedAt, finishedAt } = state;
  const isUp = state.pid > 0;
  const hasRun = startedAt !== undefined && finishedAt !== undefined;
  return section(
    'state',
    t('State'),
    said([
      row('state/up', t('Up for'), { time: isUp ? since(startedAt) : undefined }),
      row('state/started', t('Started'), { time: moment(startedAt) }),
      row('state/finished', t('Ended'), { time: isUp ? undefined : moment(finishedAt) }),
      row('state/ran', t('Ran for'), {
        // Of one that ends at once the engine may have the start noted after the end.
        value: !isUp && hasRun ? formatSpan(Math.max(0, finishedAt - startedAt), t) : '',
      }),
      row('state/restarts', t('Restarts'), {
        value: restartText(details, t),
        note: restartPolicyText(details, t),
        tone: state.restartCount > 0 ? 'warning' : 'plain',
      }),
      row('state/created', t('Created'), { time: moment(createdAt) }),
      row('state/pid', t('Process id'), {
        value: isUp ? String(state.pid) : '',
        note: t('on the engine’s machine'),
      }),
      row('state/end', t('At its end'), { value: state.isRemovedAtEnd ? t('it is removed') : '' }),
      row('state/id', t('Id'), { value: id.slice(0, 12), copies: id }),
    ]),
  );
}

function restartText({ state }: ContainerDetails, t: Localize): string {
  if (state.restartCount > 0) return t('{count} by its policy', { count: state.restartCount });
  return state.restartPolicy.name === 'no' ? '' : t('none so far');
}

function restartPolicyText({ state: { restartPolicy } }: ContainerDetails, t: Localize): string {
  const { name, maxRetries } = restartPolicy;
  switch (name) {
    case 'always':
      return t('always: it is started again whenever it ends');
    case 'unless-stopped':
      return t('unless-stopped: it is started again until somebody stops it');
    case 'on-failure':
      return maxRetries > 0
        ? t('on-failure: after an error it is started again, {count} times at most', { count: maxRetries })
        : t('on-failure: after an error it is started again');
    default:
      return '';
  }
}

/** The check, and what its last probes said. */
export function healthSection({ health }: ContainerDetails, t: Localize): readonly FullSection[] {
  if (health === undefined) return [];
  const { check, failingStreak, probes } = health;
  const [kind, ...words] = check?.test ?? [];
  const command = kind === 'CMD-SHELL' ? words.join(' ') : joinShellWords(words);
  const span = (ms: number): string => printGoDuration(ms);
  const times =
    check === undefined
      ? ''
      : t('every {interval}, {timeout} at most, unhealthy after {retries} failures', {
          interval: span(check.intervalMs ?? 30_000),
          timeout: span(check.timeoutMs ?? 30_000),
          retries: check.retries ?? 3,
        });
  return section(
    'health',
    t('Health check'),
    said([
      row('health/command', t('Command'), { value: command, copies: command }),
      row('health/times', t('Times'), {
        value: times,
        note:
          check?.startPeriodMs === undefined
            ? ''
            : t('failures in the first {time} do not count', { time: span(check.startPeriodMs) }),
      }),
      row('health/streak', t('Failures in a row'), {
        value: String(failingStreak),
        tone: failingStreak > 0 ? 'error' : 'plain',
      }),
      ...probes.map((probe, index) => probeRow(probe, index, t)),
    ]),
  );
}

function probeRow(
  { startedAt, endedAt, exitCode, output }: HealthProbe,
  index: number,
  t: Localize,
): FullRow {
  const took = startedAt === undefined || endedAt === undefined ? undefined : endedAt - startedAt;
  return row(`health/probe/${String(index)}`, index === 0 ? t('Last probe') : t('Probe before'), {
    time: moment(startedAt),
    value: startedAt === undefined ? t('exit code {code}', { code: exitCode }) : '',
    note: [
      exitCode === 0 ? t('succeeded') : t('failed with exit code {code}', { code: exitCode }),
      took === undefined ? '' : t('took {time}', { time: printGoDuration(took) }),
    ]
      .filter((part) => part !== '')
      .join(', '),
    tone: exitCode === 0 ? 'good' : 'error',
    block: output.trimEnd().slice(0, maxOutput),
  });
}

/** What events have told of it, the newest first. */
export function historySection(
  { entries, since: from }: ContainerHistory,
  t: Localize,
): readonly FullSection[] {
  if (from === undefined) return [];
  const shown = entries.slice(-maxShown).reverse();
  const rows = shown.map((entry, index) =>
    row(`history/${String(entry.at)}/${String(index)}`, '', {
      time: moment(entry.at),
      ...eventWords(entry, t),
    }),
  );
  const heard = row('history/since', t('Heard since'), { time: moment(from) });
  return section('history', t('History'), [...rows, heard]);
}

function eventWords({ action, detail }: HistoryEntry, t: Localize): Pick<FullRow, 'note' | 'tone'> {
  const what = oneLine(detail, 80);
  switch (action) {
    case 'create':
      return { note: t('created'), tone: 'plain' };
    case 'start':
      return { note: t('started'), tone: 'good' };
    case 'die':
      return {
        note: t('ended with exit code {code}', { code: what }),
        tone: ['0', '130', '143'].includes(detail) ? 'plain' : 'error',
      };
    case 'oom':
      return { note: t('out of memory: the kernel ended a process'), tone: 'error' };
    case 'kill':
      return { note: t('signal {signal} sent', { signal: what }), tone: 'plain' };
    case 'stop':
      return { note: t('stopped'), tone: 'plain' };
    case 'restart':
      return { note: t('restarted by somebody'), tone: 'plain' };
    case 'pause':
      return { note: t('paused'), tone: 'plain' };
    case 'unpause':
      return { note: t('resumed'), tone: 'plain' };
    case 'rename':
      return { note: t('renamed to {name}', { name: what }), tone: 'plain' };
    case 'update':
      return { note: t('limits changed'), tone: 'plain' };
    case 'health_status':
      return {
        note: t('health check: {status}', { status: what }),
        tone: detail === 'unhealthy' ? 'error' : 'good',
      };
  }
}

function moment(at: number | undefined): OverviewTime | undefined {
  return at === undefined ? undefined : { at, as: 'moment' };
}

function since(at: number | undefined): OverviewTime | undefined {
  return at === undefined ? undefined : { at, as: 'since' };
}
