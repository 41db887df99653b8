import { nameTargets } from '../naming.ts';
import { verb } from '../verb.ts';

/** One panel for all that were chosen: their lines in one order of time. */
export const openContainerLogs = verb('container', {
  question: ({ t }) => t('Open the logs of which containers?'),
  plan: ({ t, panels }, targets) => {
    let isOpen = false;
    return {
      title: t('Opening logs'),
      failed: (name) => t('Could not open the logs of {name}', { name }),
      perform: () => {
        if (!isOpen)
          panels.openLogs(
            { kind: 'containers', refs: targets.map(({ ref }) => ref) },
            nameTargets(targets, 'container', t),
          );
        isOpen = true;
        return Promise.resolve();
      },
    };
  },
});
