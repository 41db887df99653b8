import { verb } from '../verb.ts';

export const openContainerLogs = verb('container', {
  question: ({ t }) => t('Open the logs of which containers?'),
  plan: ({ t, panels }) => ({
    title: t('Opening logs'),
    failed: (name) => t('Could not open the logs of {name}', { name }),
    perform: ({ ref, name }) => {
      panels.openLogs(ref, name);
      return Promise.resolve();
    },
  }),
});
