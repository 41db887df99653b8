import { mapLimited } from '../base/async.ts';
import { isCancelled } from '../base/cancellation.ts';
import { oneLine } from '../base/format.ts';
import type { Localize } from '../base/localize.ts';
import { asEngineError, hasReason } from '../model/engineError.ts';
import type { ObjectKind } from '../model/identity.ts';
import { stateWord } from '../model/tree/containerRow.ts';
import { CommandFailure } from './commandFailure.ts';
import type { Deps } from './deps.ts';
import { allTargets, findTargets, type Invocation, type Target } from './targets.ts';
import type { Plan, Verb } from './verb.ts';
import { type Failure, summarizeFailures, VerbFailure } from './verbFailure.ts';

/** Enough to keep an engine busy, few enough not to starve its other clients. */
const parallelVerbs = 16;

/** One run of a verb: find or pick the targets, ask once, act on all in parallel, and sum up what failed. */
export async function runVerb<K extends ObjectKind>(
  deps: Deps,
  verb: Verb<K>,
  invocation: Invocation,
  signal: AbortSignal,
): Promise<void> {
  const targets = await chooseTargets(deps, verb, invocation, signal);
  if (targets.length === 0) return;
  const plan = await verb.plan(deps, targets, invocation.options);
  if (plan !== undefined) await carryOut(deps, plan, targets, signal);
}

/**
 * Acts on all targets in parallel with progress, and sums up what failed. Resolves with those that are done: without
 * what was cancelled.
 */
export async function carryOut<K extends ObjectKind>(
  deps: Deps,
  plan: Plan<K>,
  targets: readonly Target<K>[],
  signal: AbortSignal,
): Promise<readonly Target<K>[]> {
  const { done, failures } = await deps.prompts.progress(plan.title, (progressSignal, report) =>
    performAll(deps, plan, targets, AbortSignal.any([signal, progressSignal]), report),
  );
  if (failures.length === 0) return done;
  const message = summarizeFailures(deps.t, failures, targets.length, (name) => plan.failed(name));
  throw new VerbFailure(message, failures);
}

/** Who is chosen among, and by which question. */
type Choice<K extends ObjectKind> = Pick<Verb<K>, 'kind' | 'isSingle' | 'allows' | 'question'>;

/** The objects that a command was called for, or that the user picks. */
export async function chooseTargets<K extends ObjectKind>(
  deps: Deps,
  verb: Choice<K>,
  { names }: Invocation,
  signal: AbortSignal,
): Promise<readonly Target<K>[]> {
  if (names === undefined) return pickTargets(deps, verb, signal);
  const targets = await findTargets(deps, verb.kind, names, signal);
  // One object is taken at the user's word; of several, those that the verb has nothing to do for are left out.
  const fitting = targets.length === 1 ? targets : targets.filter(({ object }) => verb.allows(object));
  if (fitting.length === 0 && targets.length > 0)
    throw new CommandFailure('conflict', deps.t('None of the selected objects is in a state for that.'));
  return verb.isSingle ? fitting.slice(0, 1) : fitting;
}

async function pickTargets<K extends ObjectKind>(
  deps: Deps,
  verb: Choice<K>,
  signal: AbortSignal,
): Promise<readonly Target<K>[]> {
  const candidates = (await allTargets(deps, verb.kind, signal)).filter(({ object }) => verb.allows(object));
  if (candidates.length === 0) {
    deps.prompts.tell(deps.t('There is nothing to choose from: no object is in a state for that.'));
    return [];
  }
  const showEngine = deps.engines.active.length > 1;
  const items = candidates.map((target) => ({
    value: target,
    label: oneLine(target.name, 100),
    description: [describe(target, deps.t), showEngine ? target.owner.description.name : '']
      .filter(Boolean)
      .join(' · '),
  }));
  if (!verb.isSingle) return (await deps.prompts.pickMany(verb.question(deps), items)) ?? [];
  const picked = await deps.prompts.pickOne(verb.question(deps), items);
  return picked === undefined ? [] : [picked];
}

function describe({ object }: Target, t: Localize): string {
  if ('state' in object) return oneLine(`${stateWord(object.state, t)} · ${object.image}`, 100);
  return 'driver' in object ? oneLine(object.driver, 40) : '';
}

async function performAll<K extends ObjectKind>(
  deps: Deps,
  plan: Plan<K>,
  targets: readonly Target<K>[],
  signal: AbortSignal,
  report: (line: string) => void,
): Promise<{ readonly done: readonly Target<K>[]; readonly failures: readonly Failure[] }> {
  const isSingle = targets.length === 1;
  const done: Target<K>[] = [];
  const failures: Failure[] = [];
  let over = 0;
  await mapLimited(targets, parallelVerbs, async (target) => {
    const name = oneLine(target.name, 60);
    const reportOne = (line: string): void => {
      report(isSingle ? line : `${name}: ${line}`);
    };
    try {
      if (!signal.aborted) {
        await plan.perform(target, signal, reportOne);
        done.push(target);
      }
    } catch (error) {
      if (!isCancelled(error) && !hasReason(error, 'cancelled'))
        failures.push({ name, error: asEngineError(error) });
    }
    over++;
    if (!isSingle) report(deps.t('{done} of {total}', { done: over, total: targets.length }));
  });
  return { done, failures };
}
