import { allowsVerb } from '../../model/container.ts';
import { verb } from '../verb.ts';

/** A terminal at a container's own process, which it does not end. */
export const attachContainer = verb('container', {
  allows: (container) => allowsVerb(container, 'shell'),
  question: ({ t }) => t('Attach to the main process of which container?'),
  plan: ({ t, panels }) => ({
    title: t('Attaching'),
    failed: (name) => t('Could not attach to {name}', { name }),
    perform: ({ ref, name }) => {
      panels.openAttached(ref, name);
      return Promise.resolve();
    },
  }),
});
