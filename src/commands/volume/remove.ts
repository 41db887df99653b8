import { formatBytes } from '../../base/format.ts';
import type { Localize } from '../../base/localize.ts';
import { namesOfUsers, volumeUsers } from '../../model/tree/usage.ts';
import type { Deps } from '../deps.ts';
import { listLines, nameTargets } from '../naming.ts';
import type { Target } from '../targets.ts';
import { type Plan, verb } from '../verb.ts';

export const removeVolume = verb('volume', {
  question: ({ t }) => t('Remove which volumes?'),
  async plan(deps, targets, { force }) {
    const { t, prompts, settings } = deps;
    if (!force && settings.confirmRemoval()) {
      const isSure = await prompts.confirm({
        message: t('Remove {names} and all data inside?', { names: nameTargets(targets, 'volume', t) }),
        detail: await volumeLossDetail(deps, targets),
        action: t('Remove'),
      });
      if (!isSure) return undefined;
    }
    return volumeRemovalPlan(deps, targets);
  },
});

/** With sizes where the engine tells them; asking costs one request an engine. */
export async function volumeLossDetail(
  { t, views }: Deps,
  targets: readonly Target<'volume'>[],
): Promise<string> {
  const sizes = await views.volumeSizes([...new Set(targets.map(({ owner }) => owner))]);
  return listLines(
    targets.map((target) => lossLine(target, sizes.get(`${target.ref.engineId}/${target.ref.id}`), t)),
    t,
  );
}

function lossLine({ name, owner }: Target<'volume'>, sizeBytes: number | undefined, t: Localize): string {
  const users = volumeUsers(owner.store.state.snapshot).get(name) ?? [];
  return [
    name,
    ...(sizeBytes === undefined || sizeBytes < 0 ? [] : [formatBytes(sizeBytes)]),
    ...(users.length > 0 ? [t('in use by {name}', { name: namesOfUsers(users) })] : []),
  ].join(' · ');
}

export function volumeRemovalPlan({ t, files }: Deps, targets: readonly Target<'volume'>[]): Plan<'volume'> {
  return {
    title: t('Removing {names}', { names: nameTargets(targets, 'volume', t) }),
    failed: (name) => t('Could not remove {name}', { name }),
    perform: async ({ ref, owner }, signal) => {
      await files.release(ref.engineId, ref.id);
      await owner.store.engine.removeVolume(ref.id, signal);
    },
  };
}
