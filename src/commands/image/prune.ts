import { formatBytes } from '../../base/format.ts';
import type { Localize } from '../../base/localize.ts';
import { isDangling } from '../../model/image.ts';
import { imageUsers } from '../../model/tree/usage.ts';
import type { Deps } from '../deps.ts';
import { nameTargets } from '../naming.ts';
import { prune } from '../prune.ts';
import type { Target } from '../targets.ts';
import { freedSpace } from './freedSpace.ts';
import { imageRemovals } from './imageRemoval.ts';
import { imageLossDetail, imageRemovalPlan } from './remove.ts';

/**
 * Dangling images, as `docker image prune`, where a tag is a sign that somebody wants the image; or, when that is chosen,
 * all that no container uses, as with `--all`.
 */
export const pruneImages = prune({
  kind: 'image',
  isUnused: ({ object, owner }) => !imageUsers(owner.store.state.snapshot).has(object.id),
  nothingToDo: ({ t }) => t('There is no image to remove: containers use them all.'),
  choose: async (deps, unused, { force, all }) => {
    const dangling = unused.filter(({ object }) => isDangling(object));
    if (all) return unused;
    if (force || dangling.length === unused.length) return dangling;
    return chooseKind(deps, dangling, unused);
  },
  question: async ({ t }, targets) => ({
    message: t('Remove {names} and free {space}?', {
      names: nameTargets(targets, 'image', t),
      space: spaceText(await freedSpace(targets), t),
    }),
    detail: imageLossDetail(imageRemovals(targets), t),
    action: t('Remove'),
  }),
  plan: (deps, targets) => imageRemovalPlan(deps, imageRemovals(targets)),
});

async function chooseKind(
  { t, prompts }: Deps,
  dangling: readonly Target<'image'>[],
  unused: readonly Target<'image'>[],
): Promise<readonly Target<'image'>[] | undefined> {
  const kinds = { dangling, unused };
  const item = async (value: keyof typeof kinds, label: string) => ({
    value,
    label,
    description: [String(kinds[value].length), spaceText(await freedSpace(kinds[value]), t)].join(' · '),
  });
  const kind = await prompts.pickOne(t('Remove which images?'), [
    ...(dangling.length === 0 ? [] : [await item('dangling', t('Dangling: without a tag, not in use'))]),
    await item('unused', t('All that no container uses, tagged ones too')),
  ]);
  return kind === undefined ? undefined : kinds[kind];
}

function spaceText({ leastBytes, mostBytes }: Awaited<ReturnType<typeof freedSpace>>, t: Localize): string {
  const most = formatBytes(mostBytes);
  if (leastBytes === mostBytes) return most;
  return leastBytes === undefined
    ? t('{most} at most', { most })
    : t('{least} to {most}', { least: formatBytes(leastBytes), most });
}
