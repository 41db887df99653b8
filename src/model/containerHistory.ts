import type { EngineEvent } from './engineEvent.ts';

export const historyActions = [
  'create',
  'start',
  'die',
  'oom',
  'kill',
  'stop',
  'restart',
  'pause',
  'unpause',
  'rename',
  'update',
  'health_status',
] as const;
export type HistoryAction = (typeof historyActions)[number];

/** What happened to a container, as an event told it. */
export interface HistoryEntry {
  /** Milliseconds since the epoch, by the engine's clock. */
  readonly at: number;
  readonly action: HistoryAction;
  /** Of `die` the exit code, of `kill` the signal's number, of `rename` the new name, of `health_status` the status. */
  readonly detail: string;
}

/** Undefined for what changes nothing that the history tells: copies, shells, the probes of a health check. */
export function historyEntry({ action, at, detail, attributes }: EngineEvent): HistoryEntry | undefined {
  const known = historyActions.find((each) => each === action);
  switch (known) {
    case undefined:
      return undefined;
    case 'die':
      return { at, action: known, detail: attributes['exitCode'] ?? attributes['containerExitCode'] ?? '' };
    case 'kill':
      return { at, action: known, detail: attributes['signal'] ?? '' };
    case 'rename':
      return { at, action: known, detail: attributes['name'] ?? '' };
    case 'health_status':
      // Engines from 24 on tell of each probe too.
      return ['healthy', 'unhealthy', 'starting'].includes(detail)
        ? { at, action: known, detail }
        : undefined;
    default:
      return { at, action: known, detail: '' };
  }
}

/** The signals that it was sent through the engine in its last run, with their times. */
export function lastSignals(
  history: readonly HistoryEntry[],
): readonly { readonly at: number; readonly signal: number }[] {
  const begin = history.findLastIndex(({ action }) => action === 'start');
  return history
    .slice(begin + 1)
    .flatMap(({ at, action, detail }) => (action === 'kill' ? [{ at, signal: Number(detail) }] : []));
}
