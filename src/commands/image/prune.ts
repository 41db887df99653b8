import { formatBytes } from '../../base/format.ts';
import { isDangling } from '../../model/image.ts';
import { imageUsers } from '../../model/tree/usage.ts';
import { prune } from '../prune.ts';
import { imageLossDetail, imageRemovalPlan } from './remove.ts';

/** Dangling images only, as `docker image prune`: a tag is a sign that somebody wants the image. */
export const pruneImages = prune({
  kind: 'image',
  isUnused: ({ object, owner }) =>
    isDangling(object) && !imageUsers(owner.store.state.snapshot).has(object.id),
  nothingToDo: ({ t }) => t('There is no dangling image to remove.'),
  question: ({ t }, targets) => ({
    message: t('Remove {count} dangling images, {size} at most?', {
      count: targets.length,
      size: formatBytes(targets.reduce((sum, { object }) => sum + object.sizeBytes, 0)),
    }),
    detail: imageLossDetail(targets, t),
    action: t('Remove'),
  }),
  plan: imageRemovalPlan,
});
