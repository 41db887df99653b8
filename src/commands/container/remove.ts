import { oneLine } from '../../base/format.ts';
import type { Localize } from '../../base/localize.ts';
import { allowsVerb, isUp } from '../../model/container.ts';
import { stateWord } from '../../model/tree/containerRow.ts';
import type { Deps } from '../deps.ts';
import { listLines, nameTargets } from '../naming.ts';
import type { Target } from '../targets.ts';
import { type Plan, verb } from '../verb.ts';

export const removeContainer = verb('container', {
  allows: (container) => allowsVerb(container, 'remove'),
  question: ({ t }) => t('Remove which containers?'),
  async plan(deps, targets, { force }) {
    const { t, prompts, settings } = deps;
    if (!force && settings.confirmRemoval()) {
      const names = nameTargets(targets, 'container', t);
      const running = targets.filter(({ object }) => isUp(object)).length;
      const isSure = await prompts.confirm({
        message: removalQuestion(names, targets.length, running, t),
        detail: lossDetail(targets, t),
        action: t('Remove'),
      });
      if (!isSure) return undefined;
    }
    return removalPlan(deps, targets);
  },
});

function removalQuestion(names: string, count: number, running: number, t: Localize): string {
  if (running === 0) return t('Remove {names}?', { names });
  if (count === 1) return t('Remove {names}? It is running and is killed first.', { names });
  return t('Remove {names}? {running} of them are running and are killed first.', { names, running });
}

/** What goes with a container: its own layer and nothing else; volumes stay. */
export function lossDetail(targets: readonly Target<'container'>[], t: Localize): string {
  const lines = targets.map(
    ({ object }) => `${object.name} · ${stateWord(object.state, t)} · ${oneLine(object.image, 60)}`,
  );
  return [listLines(lines, t), t('What was written inside is lost. Volumes stay.')].join('\n\n');
}

export function removalPlan({ t }: Deps, targets: readonly Target<'container'>[]): Plan<'container'> {
  return {
    title: t('Removing {names}', { names: nameTargets(targets, 'container', t) }),
    failed: (name) => t('Could not remove {name}', { name }),
    perform: ({ ref, object, owner }, signal) =>
      owner.store.engine.removeContainer(ref.id, signal, { force: isUp(object) }),
  };
}
