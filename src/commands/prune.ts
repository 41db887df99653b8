import { isRecord } from '../base/record.ts';
import type { ObjectKind } from '../model/identity.ts';
import type { Confirmation, Deps } from './deps.ts';
import { carryOut } from './runVerb.ts';
import { allTargets, type Target } from './targets.ts';
import { type Action, action, type Plan } from './verb.ts';
import { whenLoaded } from './whenLoaded.ts';

export interface PruneOptions<K extends ObjectKind> {
  readonly kind: K;
  /** What nobody needs, told from the live model. */
  isUnused(target: Target<K>): boolean;
  nothingToDo(deps: Deps): string;
  /** Which of them, where there is a choice; undefined when the user turned away. */
  choose?(
    deps: Deps,
    unused: readonly Target<K>[],
    asked: PruneArgs,
  ): Promise<readonly Target<K>[] | undefined>;
  question(deps: Deps, targets: readonly Target<K>[]): Confirmation | Promise<Confirmation>;
  plan(deps: Deps, targets: readonly Target<K>[]): Plan<K>;
}

/** What a caller says instead of answering. */
export interface PruneArgs {
  readonly force: boolean;
  readonly all: boolean;
}

function readArgs(args: readonly unknown[]): PruneArgs {
  const says = (word: string): boolean => args.some((arg) => isRecord(arg) && arg[word] === true);
  return { force: says('force'), all: says('all') };
}

/**
 * Removes exactly what the question named, one by one: the engine's own prune would also take what became unused
 * while the user was reading.
 */
export function prune<K extends ObjectKind>(options: PruneOptions<K>): Action {
  return action(async (deps, signal, args) => {
    // What is in use is told by the containers.
    await whenLoaded(deps.engines.active, 'container', signal);
    const all = (await allTargets(deps, options.kind, signal)).filter((target) => options.isUnused(target));
    const asked = readArgs(args);
    const unused = all.length === 0 ? all : await (options.choose?.(deps, all, asked) ?? all);
    if (unused === undefined) return;
    if (unused.length === 0) {
      deps.prompts.tell(options.nothingToDo(deps));
      return;
    }
    if (!asked.force && !(await deps.prompts.confirm(await options.question(deps, unused)))) return;
    // Those of the question, as they were then: what runs by now is not killed, what is gone is said.
    await carryOut(deps, options.plan(deps, unused), unused, signal);
  });
}
