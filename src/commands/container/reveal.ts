import { printObjectRef } from '../../model/identity.ts';
import { verb } from '../verb.ts';

/** From the row of a user of an image, or a name, to the container's own row. */
export const revealContainer = verb('container', {
  isSingle: true,
  question: ({ t }) => t('Show which container?'),
  plan: ({ t, views }) => ({
    title: t('Looking for the container'),
    failed: (name) => t('Could not show {name}', { name }),
    perform: ({ ref }) => views.reveal('containers', printObjectRef(ref)),
  }),
});
