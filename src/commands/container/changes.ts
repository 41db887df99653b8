import { printObjectRef } from '../../model/identity.ts';
import { partMark } from '../../model/tree/nodes.ts';
import { verb } from '../verb.ts';

/** Shows what is not as in the image below the container's row, asked for anew. */
export const showContainerChanges = verb('container', {
  isSingle: true,
  question: ({ t }) => t('Show the changes of which container?'),
  plan: ({ t, views }) => ({
    title: t('Looking for changes'),
    failed: (name) => t('Could not show the changes of {name}', { name }),
    perform: ({ ref }) => views.reveal('containers', `${printObjectRef(ref)}${partMark}changes`),
  }),
});
