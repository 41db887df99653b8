import { formatBytes } from '../../base/format.ts';
import type { Localize } from '../../base/localize.ts';
import { imageUsers } from '../../model/tree/usage.ts';
import type { Deps } from '../deps.ts';
import { listLines, nameTargets } from '../naming.ts';
import type { Target } from '../targets.ts';
import { type Plan, verb } from '../verb.ts';

export const removeImage = verb('image', {
  question: ({ t }) => t('Remove which images?'),
  async plan(deps, targets, { force }) {
    const { t, prompts, settings } = deps;
    if (!force && settings.confirmRemoval()) {
      const isSure = await prompts.confirm({
        message: t('Remove {names}?', { names: nameTargets(targets, 'image', t) }),
        detail: imageLossDetail(targets, t),
        action: t('Remove'),
      });
      if (!isSure) return undefined;
    }
    return imageRemovalPlan(deps, targets);
  },
});

/** A tag among several is only untagged; the last one takes the layers along. */
export function imageLossDetail(targets: readonly Target<'image'>[], t: Localize): string {
  const lines = targets.map(({ name, object, owner }) => {
    const users = imageUsers(owner.store.state.snapshot).get(object.id) ?? [];
    const isLastTag = object.tags.every((tag) => targets.some((other) => other.name === tag));
    const what = isLastTag ? formatBytes(object.sizeBytes) : t('only this tag; the image keeps others');
    return [
      name,
      what,
      ...(users.length > 0 ? [t('in use by {name}', { name: users.join(', ') })] : []),
    ].join(' · ');
  });
  return listLines(lines, t);
}

export function imageRemovalPlan({ t }: Deps, targets: readonly Target<'image'>[]): Plan<'image'> {
  return {
    title: t('Removing {names}', { names: nameTargets(targets, 'image', t) }),
    failed: (name) => t('Could not remove {name}', { name }),
    perform: ({ ref, owner }, signal) => owner.store.engine.removeImage(ref.id, signal),
  };
}
