import { allowsVerb } from '../../model/container.ts';
import { nameTargets } from '../naming.ts';
import { verb } from '../verb.ts';

/** One panel for all that were chosen. */
export const openContainerStats = verb('container', {
  allows: (container) => allowsVerb(container, 'stats'),
  question: ({ t }) => t('Show the stats of which containers?'),
  plan: ({ t, panels }, targets) => {
    let isOpen = false;
    return {
      title: t('Opening stats'),
      failed: (name) => t('Could not open the stats of {name}', { name }),
      perform: () => {
        if (!isOpen)
          panels.openStats(
            { kind: 'containers', refs: targets.map(({ ref }) => ref) },
            nameTargets(targets, 'container', t),
          );
        isOpen = true;
        return Promise.resolve();
      },
    };
  },
});
