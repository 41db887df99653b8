import { verb } from '../verb.ts';

/** The page of a container: one for each that was chosen. */
export const openContainerOverview = verb('container', {
  question: ({ t }) => t('Show the overview of which containers?'),
  plan: ({ t, panels }) => ({
    title: t('Opening the overview'),
    failed: (name) => t('Could not open the overview of {name}', { name }),
    perform: ({ ref, name }) => {
      panels.openOverview({ ref, name });
      return Promise.resolve();
    },
  }),
});
