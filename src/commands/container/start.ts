import { allowsVerb } from '../../model/container.ts';
import { nameTargets } from '../naming.ts';
import { verb } from '../verb.ts';

export const startContainer = verb('container', {
  allows: (container) => allowsVerb(container, 'start'),
  question: ({ t }) => t('Start which containers?'),
  plan: ({ t }, targets) => ({
    title: t('Starting {names}', { names: nameTargets(targets, 'container', t) }),
    failed: (name) => t('Could not start {name}', { name }),
    perform: ({ ref, owner }, signal) => owner.store.engine.startContainer(ref.id, signal),
  }),
});
