import { allowsVerb } from '../../model/container.ts';
import { nameTargets } from '../naming.ts';
import { verb } from '../verb.ts';

export const stopContainer = verb('container', {
  allows: (container) => allowsVerb(container, 'stop'),
  question: ({ t }) => t('Stop which containers?'),
  plan: ({ t, settings }, targets) => ({
    title: t('Stopping {names}', { names: nameTargets(targets, 'container', t) }),
    failed: (name) => t('Could not stop {name}', { name }),
    perform: ({ ref, owner }, signal) =>
      owner.store.engine.stopContainer(ref.id, signal, settings.stopTimeoutSeconds()),
  }),
});
