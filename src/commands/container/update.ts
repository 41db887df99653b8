import { oneLine } from '../../base/format.ts';
import { allowsVerb } from '../../model/container.ts';
import { type ContainerLimits, type LimitChanges, withSwap } from '../../model/containerLimits.ts';
import { limitFields, readLimit } from '../../model/limitTexts.ts';
import { textOption } from '../callerOptions.ts';
import { CommandFailure } from '../commandFailure.ts';
import type { Deps } from '../deps.ts';
import { carryOut, chooseTargets } from '../runVerb.ts';
import { readInvocation, type Target } from '../targets.ts';
import { action } from '../verb.ts';
import { askLimits, fieldProblem, problemOfLimits } from './limitQuestions.ts';

/**
 * Changes what a container may use and when it is started again, while it runs. A caller says what, in the words of
 * `docker update`: `{ memory: '512m', memoryAndSwap: '1g', cpus: '1.5', pids: '100', restart: 'always' }`.
 */
export const updateContainer = action(async (deps, signal, args) => {
  const { t, prompts } = deps;
  const invocation = await readInvocation(args, deps.views);
  const choice = {
    kind: 'container',
    isSingle: true,
    allows: (container) => allowsVerb(container, 'update'),
    question: () => t('Change the limits of which container?'),
  } as const satisfies Parameters<typeof chooseTargets<'container'>>[1];
  const [target] = await chooseTargets(deps, choice, invocation, signal);
  if (target === undefined) return;
  const name = oneLine(target.name, 60);
  const now = await readLimits(deps, target, signal);
  if (now === undefined) return;
  const changes = givenChanges(deps, args, now) ?? (await askLimits(deps, name, now));
  if (changes === undefined) return;
  const plan = {
    title: t('Changing the limits of {name}', { name }),
    failed: (failed: string) => t('Could not change the limits of {name}', { name: failed }),
    perform: async ({ ref, owner }: Target<'container'>, either: AbortSignal) => {
      const remarks = await owner.store.engine.updateContainer(ref.id, withSwap(now, changes), either);
      if (remarks.length > 0)
        prompts.tell(t('The engine remarks: {remarks}', { remarks: oneLine(remarks.join(' '), 400) }));
    },
  };
  await carryOut(deps, plan, [target], signal);
});

async function readLimits(
  deps: Deps,
  target: Target<'container'>,
  signal: AbortSignal,
): Promise<ContainerLimits | undefined> {
  const { t } = deps;
  let limits: ContainerLimits | undefined;
  const plan = {
    title: t('Reading the limits of {name}', { name: oneLine(target.name, 60) }),
    failed: (name: string) => t('Could not read the limits of {name}', { name }),
    perform: async ({ ref, owner }: Target<'container'>, either: AbortSignal) => {
      limits = await owner.store.engine.containerLimits(ref.id, either);
    },
  };
  await carryOut(deps, plan, [target], signal);
  return limits;
}

function givenChanges({ t }: Deps, args: readonly unknown[], now: ContainerLimits): LimitChanges | undefined {
  let changes: LimitChanges | undefined;
  for (const field of limitFields) {
    const text = textOption(args, field);
    if (text === undefined) continue;
    const change = readLimit(field, text);
    if (change === undefined) throw new CommandFailure('conflict', fieldProblem(field, t));
    changes = { ...changes, ...change };
  }
  const wrong = changes === undefined ? undefined : problemOfLimits(now, changes, t);
  if (wrong !== undefined) throw new CommandFailure('conflict', wrong);
  return changes;
}
