import { writeDockerRunLine } from '../../model/dockerRunLineWriter.ts';
import type { ContainerRecipe } from '../../engine/engine.ts';
import { unsaidByCompose, writeComposeFile } from '../../model/composeService.ts';
import type { Deps } from '../deps.ts';
import { type Verb, verb } from '../verb.ts';

/** The line that makes the same container anew. */
export const copyContainerRunCommand = copyRecipe(
  ({ t }) => t('Copy the docker run line of which container?'),
  ({ options, extras }) => writeDockerRunLine(options, extras),
  ({ unsaidNames }) => unsaidNames,
);

/** A Compose file with it as a service. */
export const copyContainerComposeService = copyRecipe(
  ({ t }) => t('Copy which container as a Compose service?'),
  ({ options, extras }) => writeComposeFile(options, extras),
  ({ options, unsaidNames }) => [...unsaidByCompose(options), ...unsaidNames],
);

/** Says what it could not say: a line that makes another container must not pass for the same. */
function copyRecipe(
  question: (deps: Deps) => string,
  print: (recipe: ContainerRecipe) => string,
  unsaid: (recipe: ContainerRecipe) => readonly string[],
): Verb<'container'> {
  return verb('container', {
    isSingle: true,
    question,
    plan: ({ t, desktop, prompts }) => ({
      title: t('Reading how it was made'),
      failed: (name) => t('Could not read how {name} was made', { name }),
      perform: async ({ ref, owner }, signal) => {
        const recipe = await owner.store.engine.containerRecipe(ref.id, signal);
        await desktop.copy(print(recipe));
        const names = unsaid(recipe);
        if (names.length > 0)
          prompts.tell(t('Copied, but it has no words for: {names}.', { names: names.join(', ') }));
      },
    }),
  });
}
