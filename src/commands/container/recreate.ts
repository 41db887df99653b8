import { formOf } from '../../model/runForm.ts';
import { allowsVerb } from '../../model/container.ts';
import { verb } from '../verb.ts';

/** The form, filled with how a container was made; what comes of it takes the container's place. */
export const recreateContainer = verb('container', {
  isSingle: true,
  allows: (container) => allowsVerb(container, 'recreate'),
  question: ({ t }) => t('Edit and recreate which container?'),
  plan: ({ t, panels }) => ({
    title: t('Reading how it was made'),
    failed: (name) => t('Could not read how {name} was made', { name }),
    perform: async ({ ref, name, owner }, signal) => {
      const { options, keptNames } = await owner.store.engine.containerRecipe(ref.id, signal);
      panels.openRunForm({
        engineId: ref.engineId,
        form: formOf(options),
        replaces: { id: ref.id, name, keptNames },
      });
    },
  }),
});
