import { allowsVerb } from '../../model/container.ts';
import { nameTargets } from '../naming.ts';
import { verb } from '../verb.ts';

export const pauseContainer = verb('container', {
  allows: (container) => allowsVerb(container, 'pause'),
  question: ({ t }) => t('Pause which containers?'),
  plan: ({ t }, targets) => ({
    title: t('Pausing {names}', { names: nameTargets(targets, 'container', t) }),
    failed: (name) => t('Could not pause {name}', { name }),
    perform: ({ ref, owner }, signal) => owner.store.engine.pauseContainer(ref.id, signal),
  }),
});
