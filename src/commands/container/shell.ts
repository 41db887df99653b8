import { allowsVerb } from '../../model/container.ts';
import { verb } from '../verb.ts';

export const openContainerShell = verb('container', {
  allows: (container) => allowsVerb(container, 'shell'),
  question: ({ t }) => t('Open a shell in which container?'),
  plan: ({ t, panels }) => ({
    title: t('Opening a shell'),
    failed: (name) => t('Could not open a shell in {name}', { name }),
    perform: ({ ref, name }) => {
      panels.openShell(ref, name, {});
      return Promise.resolve();
    },
  }),
});
