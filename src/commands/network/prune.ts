import { isPredefined } from '../../model/network.ts';
import { networkUsers } from '../../model/tree/usage.ts';
import { prune } from '../prune.ts';
import { networkLossDetail, networkRemovalPlan } from './remove.ts';

export const pruneNetworks = prune({
  kind: 'network',
  isUnused: ({ object, owner }) => {
    const users = networkUsers(owner.store.state.snapshot);
    return !isPredefined(object) && !users.has(object.id) && !users.has(object.name);
  },
  nothingToDo: ({ t }) => t('Every network is in use or belongs to the engine.'),
  question: (deps, targets) => ({
    message: deps.t('Remove {count} networks that no container uses?', { count: targets.length }),
    detail: networkLossDetail(deps, targets),
    action: deps.t('Remove'),
  }),
  plan: networkRemovalPlan,
});
