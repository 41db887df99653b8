import { volumeUsers } from '../../model/tree/usage.ts';
import { prune } from '../prune.ts';
import { volumeLossDetail, volumeRemovalPlan } from './remove.ts';

/** Every volume that no container uses, each named in the question: data can't be pulled again. */
export const pruneVolumes = prune({
  kind: 'volume',
  isUnused: ({ name, owner }) => !volumeUsers(owner.store.state.snapshot).has(name),
  nothingToDo: ({ t }) => t('Every volume is in use.'),
  question: async (deps, targets) => ({
    message: deps.t('Remove {count} volumes that no container uses, and all data inside?', {
      count: targets.length,
    }),
    detail: await volumeLossDetail(deps, targets),
    action: deps.t('Remove'),
  }),
  plan: volumeRemovalPlan,
});
