import { allowsVerb } from '../../model/container.ts';
import { nameTargets } from '../naming.ts';
import { verb } from '../verb.ts';

export const restartContainer = verb('container', {
  allows: (container) => allowsVerb(container, 'restart'),
  question: ({ t }) => t('Restart which containers?'),
  plan: ({ t }, targets) => ({
    title: t('Restarting {names}', { names: nameTargets(targets, 'container', t) }),
    failed: (name) => t('Could not restart {name}', { name }),
    perform: ({ ref, owner }, signal) => owner.store.engine.restartContainer(ref.id, signal),
  }),
});
