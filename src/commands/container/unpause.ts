import { allowsVerb } from '../../model/container.ts';
import { nameTargets } from '../naming.ts';
import { verb } from '../verb.ts';

export const unpauseContainer = verb('container', {
  allows: (container) => allowsVerb(container, 'unpause'),
  question: ({ t }) => t('Unpause which containers?'),
  plan: ({ t }, targets) => ({
    title: t('Unpausing {names}', { names: nameTargets(targets, 'container', t) }),
    failed: (name) => t('Could not unpause {name}', { name }),
    perform: ({ ref, owner }, signal) => owner.store.engine.unpauseContainer(ref.id, signal),
  }),
});
