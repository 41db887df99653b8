import { delay } from '../../base/async.ts';
import { oneLine } from '../../base/format.ts';
import type { Localize } from '../../base/localize.ts';
import { allowsVerb } from '../../model/container.ts';
import type { HealthReport } from '../../model/healthReport.ts';
import { stateWord } from '../../model/tree/containerRow.ts';
import { CommandFailure } from '../commandFailure.ts';
import { nameTargets } from '../naming.ts';
import { carryOut, chooseTargets } from '../runVerb.ts';
import { readInvocation } from '../targets.ts';
import { action, type Plan } from '../verb.ts';

/** No event tells of a check that failed while a container starts: the engine has to be asked. */
const everyMs = 1000;

/** Is over when all are healthy; fails as soon as one can't become it any more. */
export const waitHealthy = action(async (deps, signal, args) => {
  const { t, prompts, clock } = deps;
  const invocation = await readInvocation(args, deps.views);
  const choice = {
    kind: 'container',
    isSingle: false,
    allows: (container) => allowsVerb(container, 'waitHealthy'),
    question: () => t('Wait for which containers to be healthy?'),
  } as const satisfies Parameters<typeof chooseTargets<'container'>>[1];
  const targets = await chooseTargets(deps, choice, invocation, signal);
  if (targets.length === 0) return;
  const plan: Plan<'container'> = {
    title: t('Waiting for {names} to be healthy', { names: nameTargets(targets, 'container', t) }),
    failed: (name) => t('{name} did not become healthy', { name }),
    perform: async ({ ref, owner }, either, report) => {
      for (;;) {
        const health = await owner.store.engine.containerHealth(ref.id, either);
        if (health.health?.status === 'healthy') return;
        const end = endOf(health, t);
        if (end !== undefined) throw new CommandFailure('conflict', end);
        report(progressOf(health, t));
        await delay(clock, everyMs, either);
      }
    },
  };
  const done = await carryOut(deps, plan, targets, signal);
  if (done.length === 0 || invocation.origin === 'caller') return;
  prompts.tell(
    done.length === 1
      ? t('{name} is healthy.', { name: nameTargets(done, 'container', t) })
      : t('{count} containers are healthy.', { count: done.length }),
  );
});

/** Why there is nothing more to wait for; undefined while there is. */
function endOf({ state, exitCode, oomKilled, health }: HealthReport, t: Localize): string | undefined {
  if (oomKilled && state !== 'running')
    return t('it was ended because it used up its memory. Give it more with Update Limits…');
  if (state === 'exited' || state === 'dead')
    return t('it ended with exit code {code}. Its log may say why.', { code: exitCode });
  if (state === 'created' || state === 'removing' || state === 'paused')
    return t('it is {state}: nothing is checked until it runs.', { state: stateWord(state, t) });
  if (state === 'running' && health === undefined)
    return t('nothing checks its health. Its image, or who runs it, has to say how (HEALTHCHECK).');
  if (health?.status !== 'unhealthy') return undefined;
  const said = lastLine(health.lastOutput);
  const count = health.failingStreak;
  return said === ''
    ? t('{count} checks in a row failed.', { count })
    : t('{count} checks in a row failed, the last one with “{said}”.', { count, said });
}

function progressOf({ state, health }: HealthReport, t: Localize): string {
  if (state === 'restarting') return t('restarting');
  const said = lastLine(health?.lastOutput ?? '');
  const count = health?.failingStreak ?? 0;
  if (said === '') return count === 0 ? t('no check yet') : t('{count} checks failed', { count });
  return count === 0 ? said : t('{count} checks failed: {said}', { count, said });
}

/** Where a program says at the end what went wrong. */
function lastLine(output: string): string {
  return oneLine(output.trimEnd().split('\n').at(-1) ?? '', 200);
}
