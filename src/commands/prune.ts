import type { ObjectKind } from '../model/identity.ts';
import type { Confirmation, Deps } from './deps.ts';
import { carryOut } from './runVerb.ts';
import { allTargets, type Target } from './targets.ts';
import { type Action, action, type Plan } from './verb.ts';

export interface PruneOptions<K extends ObjectKind> {
  readonly kind: K;
  /** What nobody needs, told from the live model. */
  isUnused(target: Target<K>): boolean;
  nothingToDo(deps: Deps): string;
  question(deps: Deps, targets: readonly Target<K>[]): Confirmation | Promise<Confirmation>;
  plan(deps: Deps, targets: readonly Target<K>[]): Plan<K>;
}

/**
 * Removes exactly what the question named, one by one: the engine's own prune would also take what became unused
 * while the user was reading.
 */
export function prune<K extends ObjectKind>(options: PruneOptions<K>): Action {
  return action(async (deps, signal, args) => {
    const unused = (await allTargets(deps, options.kind, signal)).filter((target) =>
      options.isUnused(target),
    );
    if (unused.length === 0) {
      deps.prompts.tell(options.nothingToDo(deps));
      return;
    }
    const isForced = args.some(
      (arg) => typeof arg === 'object' && arg !== null && 'force' in arg && arg.force === true,
    );
    if (!isForced && !(await deps.prompts.confirm(await options.question(deps, unused)))) return;
    // Those of the question, as they were then: what runs by now is not killed, what is gone is said.
    await carryOut(deps, options.plan(deps, unused), unused, signal);
  });
}
