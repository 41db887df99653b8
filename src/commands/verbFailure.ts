import type { Localize } from '../base/localize.ts';
import type { EngineError } from '../model/engineError.ts';
import { CommandFailure, type NextStep } from './commandFailure.ts';
import { explain } from './explain.ts';

export interface Failure {
  readonly name: string;
  readonly error: EngineError;
}

/** Carries the one sentence for the user; the causes are for the log. */
export class VerbFailure extends CommandFailure {
  readonly failures: readonly Failure[];

  constructor(message: string, failures: readonly Failure[], nextSteps: readonly NextStep[] = []) {
    super(failures[0]?.error.reason ?? 'unexpected', message, { cause: failures[0]?.error, nextSteps });
    this.failures = failures;
  }
}

/** Names what failed and why: each by itself up to three, then by number. `failed` starts the sentence about one. */
export function summarizeFailures(
  t: Localize,
  failures: readonly Failure[],
  total: number,
  failed: (name: string) => string,
): string {
  const shown = failures.slice(0, 3).map(({ name, error }) => `${failed(name)}: ${explain(error, t)}`);
  const more = failures.length - shown.length;
  return [
    ...shown,
    ...(more > 0 ? [t('{count} more failed; the log has the reasons.', { count: more })] : []),
    ...(total > failures.length && total > 1
      ? [t('{done} of {total} done.', { done: total - failures.length, total })]
      : []),
  ].join(' ');
}
