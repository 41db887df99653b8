import { isPredefined } from '../../model/network.ts';
import { namesOfUsers, networkUsers } from '../../model/tree/usage.ts';
import type { Deps } from '../deps.ts';
import { listLines, nameTargets } from '../naming.ts';
import type { Target } from '../targets.ts';
import { type Plan, verb } from '../verb.ts';

export const removeNetwork = verb('network', {
  allows: (network) => !isPredefined(network),
  question: ({ t }) => t('Remove which networks?'),
  async plan(deps, targets, { force }) {
    const { t, prompts, settings } = deps;
    if (!force && settings.confirmRemoval()) {
      const isSure = await prompts.confirm({
        message: t('Remove {names}?', { names: nameTargets(targets, 'network', t) }),
        detail: networkLossDetail(deps, targets),
        action: t('Remove'),
      });
      if (!isSure) return undefined;
    }
    return networkRemovalPlan(deps, targets);
  },
});

export function networkLossDetail({ t }: Deps, targets: readonly Target<'network'>[]): string {
  const lines = targets.map(({ name, object, owner }) => {
    const users = networkUsers(owner.store.state.snapshot).get(object.id) ?? [];
    return [
      name,
      object.driver,
      ...(users.length > 0 ? [t('in use by {name}', { name: namesOfUsers(users) })] : []),
    ].join(' · ');
  });
  return listLines(lines, t);
}

export function networkRemovalPlan({ t }: Deps, targets: readonly Target<'network'>[]): Plan<'network'> {
  return {
    title: t('Removing {names}', { names: nameTargets(targets, 'network', t) }),
    failed: (name) => t('Could not remove {name}', { name }),
    perform: ({ ref, owner }, signal) => owner.store.engine.removeNetwork(ref.id, signal),
  };
}
