import { oneLine } from '../../base/format.ts';
import { allowsVerb } from '../../model/container.ts';
import { familiarReference, type ImageReference, parseImageReference } from '../../model/imageReference.ts';
import { flagOption, textOption } from '../callerOptions.ts';
import type { Deps } from '../deps.ts';
import { imageNameProblem, readImageName } from '../image/imageNames.ts';
import { carryOut, chooseTargets } from '../runVerb.ts';
import { readInvocation, type Target } from '../targets.ts';
import { action } from '../verb.ts';

interface Commit {
  readonly reference: ImageReference;
  readonly message: string;
  readonly author: string;
  readonly pauses: boolean;
}

/**
 * Makes an image of what a container's files are now. A caller says how, and is asked nothing then:
 * `{ name, message, author, pause }` behind the container's name.
 */
export const commitContainer = action(async (deps, signal, args) => {
  const { t, prompts, views } = deps;
  const invocation = await readInvocation(args, views);
  const choice = {
    kind: 'container',
    isSingle: true,
    allows: (container) => allowsVerb(container, 'commit'),
    question: () => t('Make an image of which container?'),
  } as const satisfies Parameters<typeof chooseTargets<'container'>>[1];
  const [target] = await chooseTargets(deps, choice, invocation, signal);
  if (target === undefined) return;
  const commit = givenCommit(deps, args) ?? (await askCommit(deps, target));
  if (commit === undefined) return;
  const image = familiarReference(commit.reference);
  const plan = {
    title: t('Committing {name} as {image}', { name: oneLine(target.name, 60), image }),
    failed: (name: string) => t('Could not commit {name} as {image}', { name, image }),
    perform: ({ ref, owner }: Target<'container'>, either: AbortSignal) =>
      owner.store.engine.commitContainer(ref.id, commit, either),
  };
  const done = await carryOut(deps, plan, [target], signal);
  if (done.length > 0 && invocation.origin === 'person')
    prompts.tell(t('The image {image} is what {name} was just now.', { image, name: target.name }));
});

function givenCommit({ t }: Deps, args: readonly unknown[]): Commit | undefined {
  const name = textOption(args, 'name');
  const reference = name === undefined ? undefined : readImageName(name, t);
  if (reference === undefined) return undefined;
  return {
    reference,
    message: textOption(args, 'message') ?? '',
    author: textOption(args, 'author') ?? '',
    pauses: flagOption(args, 'pause') ?? true,
  };
}

async function askCommit({ t, prompts }: Deps, target: Target<'container'>): Promise<Commit | undefined> {
  const name = oneLine(target.name, 60);
  const images = target.owner.store.state.snapshot.image;
  const taken = new Set([...images.values()].flatMap(({ tags }) => tags));
  const typed = await prompts.input({
    title: t('Name of the image that is made of {name}', { name }),
    value: '',
    placeholder: t('account/app:1.2, localhost:5000/app:1.2 …'),
    problem: (text) => (text === '' ? undefined : imageNameProblem(text, t)),
    hint: (text) => {
      const reference = parseImageReference(text);
      return reference !== undefined && taken.has(familiarReference(reference))
        ? t('Another image has this name now, and loses it.')
        : undefined;
    },
  });
  const reference = typed === undefined ? undefined : parseImageReference(typed);
  if (reference === undefined) return undefined;
  const message = await prompts.input({
    title: t('What was done in {name}', { name }),
    value: '',
    prompt: t('Stands in the history of the image. May be empty.'),
  });
  if (message === undefined) return undefined;
  const author = await prompts.input({
    title: t('Who did it'),
    value: '',
    placeholder: 'Ada Lovelace <ada@example.org>',
    prompt: t('Stands in the history of the image. May be empty.'),
  });
  if (author === undefined) return undefined;
  const pauses = target.object.state === 'running' ? await askPause({ t, prompts }, name) : true;
  return pauses === undefined ? undefined : { reference, message, author, pauses };
}

function askPause({ t, prompts }: Pick<Deps, 't' | 'prompts'>, name: string): Promise<boolean | undefined> {
  return prompts.pickOne(t('{name} runs', { name }), [
    {
      value: true,
      label: t('Pause It Meanwhile'),
      description: t('so that no file is half written in the image'),
    },
    {
      value: false,
      label: t('Let It Run'),
      description: t('files that it writes meanwhile may be half written'),
    },
  ]);
}
