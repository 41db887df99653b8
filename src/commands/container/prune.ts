import { prune } from '../prune.ts';
import { lossDetail, removalPlan } from './remove.ts';

export const pruneContainers = prune({
  kind: 'container',
  isUnused: ({ object }) =>
    object.state === 'exited' || object.state === 'created' || object.state === 'dead',
  nothingToDo: ({ t }) => t('There is no stopped container to remove.'),
  question: ({ t }, targets) => ({
    message:
      targets.length === 1
        ? t('Remove the stopped container?')
        : t('Remove all {count} stopped containers?', { count: targets.length }),
    detail: lossDetail(targets, t),
    action: t('Remove'),
  }),
  plan: removalPlan,
});
