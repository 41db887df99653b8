import type { ContainerDetails } from './containerDetails.ts';
import { type HistoryEntry, lastSignals } from './containerHistory.ts';
import type { RunError } from './runError.ts';

/** Why a container's last run is over. */
export type EndReason =
  /** It never ran: the engine could not start it. `failure`: where the engine's words are known. */
  | { readonly kind: 'startFailed'; readonly failure: RunError | undefined; readonly said: string }
  | { readonly kind: 'succeeded'; readonly wasStopped: boolean }
  | { readonly kind: 'outOfMemory'; readonly limitBytes: number | undefined; readonly code: number }
  /** Asked to end, and killed when it had not after so long. */
  | { readonly kind: 'stopTimedOut'; readonly waitedMs: number }
  | { readonly kind: 'signalled'; readonly signal: number; readonly name: string; readonly wasSent: boolean }
  | { readonly kind: 'code'; readonly code: number };

/** The Linux names of those that end programs. */
const signalNames: Readonly<Record<number, string>> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  3: 'SIGQUIT',
  4: 'SIGILL',
  5: 'SIGTRAP',
  6: 'SIGABRT',
  7: 'SIGBUS',
  8: 'SIGFPE',
  9: 'SIGKILL',
  10: 'SIGUSR1',
  11: 'SIGSEGV',
  12: 'SIGUSR2',
  13: 'SIGPIPE',
  14: 'SIGALRM',
  15: 'SIGTERM',
  24: 'SIGXCPU',
  25: 'SIGXFSZ',
  31: 'SIGSYS',
};

const sigkill = 9;
/** A code above it, by custom, is that of a program that a signal has ended. */
const signalBase = 128;
const maxSignal = 64;
/** The engine's second signal comes this much after its first one when it has waited for the container. */
const leastWaitMs = 500;

/** What the facts and the events of the last run tell together; the events may be missing. */
export function endReason(
  { state, limits }: Pick<ContainerDetails, 'state' | 'limits'>,
  history: readonly HistoryEntry[],
): EndReason {
  const { exitCode, error, startFailure } = state;
  if (error !== '') return { kind: 'startFailed', failure: startFailure, said: error };
  if (state.isOomKilled) return { kind: 'outOfMemory', limitBytes: limits.memoryBytes, code: exitCode };
  const signals = lastSignals(history);
  if (exitCode === 0) return { kind: 'succeeded', wasStopped: signals.length > 0 };
  const signal = exitCode - signalBase;
  if (signal < 1 || signal > maxSignal) return { kind: 'code', code: exitCode };
  if (signal === sigkill) {
    const killed = signals.findLast((each) => each.signal === sigkill);
    const asked = signals.find((each) => each.signal !== sigkill);
    const waitedMs = killed === undefined || asked === undefined ? 0 : killed.at - asked.at;
    if (waitedMs >= leastWaitMs) return { kind: 'stopTimedOut', waitedMs };
  }
  const name = signalNames[signal] ?? `SIG ${String(signal)}`;
  return { kind: 'signalled', signal, name, wasSent: signals.some((each) => each.signal === signal) };
}

/** Whether it is an end that somebody wanted: not one to be shown as an error. */
export function isGoodEnd(reason: EndReason): boolean {
  return reason.kind === 'succeeded' || (reason.kind === 'signalled' && [2, 15].includes(reason.signal));
}
