import type { ContainerRecipe } from '../../engine/engine.ts';
import { writeDockerRunLine } from '../../model/dockerRunLineWriter.ts';
import type { Deps } from '../deps.ts';
import { type Verb, verb } from '../verb.ts';

interface Printed {
  readonly text: string;
  /** What it could not say: a line that makes another container must not pass for the same. */
  readonly unsaid: readonly string[];
}

/** The line that makes the same container anew. */
export const copyContainerRunCommand = copyRecipe(
  ({ t }) => t('Copy the docker run line of which container?'),
  ({ options, extras, unsaidNames }) =>
    Promise.resolve({ text: writeDockerRunLine(options, extras), unsaid: unsaidNames }),
);

/** A Compose file with it as a service. */
export const copyContainerComposeService = copyRecipe(
  ({ t }) => t('Copy which container as a Compose service?'),
  async ({ options, extras, unsaidNames }) => {
    const { unsaidByCompose, writeComposeFile } = await import('../../model/composeService.ts');
    return {
      text: writeComposeFile(options, extras),
      unsaid: [...unsaidByCompose(options), ...unsaidNames],
    };
  },
);

function copyRecipe(
  question: (deps: Deps) => string,
  print: (recipe: ContainerRecipe) => Promise<Printed>,
): Verb<'container'> {
  return verb('container', {
    isSingle: true,
    question,
    plan: ({ t, desktop, prompts }) => ({
      title: t('Reading how it was made'),
      failed: (name) => t('Could not read how {name} was made', { name }),
      perform: async ({ ref, owner }, signal) => {
        const { text, unsaid } = await print(await owner.store.engine.containerRecipe(ref.id, signal));
        await desktop.copy(text);
        if (unsaid.length > 0)
          prompts.tell(t('Copied, but it has no words for: {names}.', { names: unsaid.join(', ') }));
      },
    }),
  });
}
