import { isDangling } from '../../model/image.ts';
import { dockerHub } from '../../model/imageReference.ts';
import { CommandFailure } from '../commandFailure.ts';
import type { Deps } from '../deps.ts';
import { chooseTargets } from '../runVerb.ts';
import { readInvocation, type Target } from '../targets.ts';
import { type ImageTransfer, transferAll } from '../transfer/transferAll.ts';
import { action } from '../verb.ts';
import { referenceOfTag } from './imageNames.ts';

/** Each tag to the registry that its name says. */
export const pushImages = action(async (deps, signal, args) => {
  const { t, prompts } = deps;
  const invocation = await readInvocation(args, deps.views);
  const choice = {
    kind: 'image',
    isSingle: false,
    allows: (image) => !isDangling(image),
    question: () => t('Push which images?'),
  } as const satisfies Parameters<typeof chooseTargets<'image'>>[1];
  const targets = await chooseTargets(deps, choice, invocation, signal);
  const words = {
    title: (name: string) => t('Pushing {name}', { name }),
    failed: (name: string) => t('Could not push {name}', { name }),
  };
  const done = await transferAll(
    deps,
    targets.map((target) => toTransfer(deps, target)),
    words,
    signal,
  );
  const [first] = done;
  if (invocation.origin === 'caller' || first === undefined) return;
  prompts.tell(
    done.length > 1
      ? t('Pushed {count} images.', { count: done.length })
      : t('Pushed {name}.', { name: first.name }),
  );
});

function toTransfer({ t }: Deps, { ref, name, owner }: Target<'image'>): ImageTransfer {
  const reference = referenceOfTag(ref.id);
  if (reference === undefined)
    throw new CommandFailure(
      'conflict',
      t('The image {name} has no tag, which says where to push it to. Give it one with Tag… first.', {
        name,
      }),
    );
  // Only Docker's own people may: a password would be asked for in vain.
  if (reference.registry === dockerHub && reference.repository.startsWith('library/'))
    throw new CommandFailure(
      'conflict',
      t(
        'The name {name} does not say where to push the image to. Give it one with an account or a registry with Tag… first: account/app, localhost:5000/app.',
        { name },
      ),
    );
  return {
    reference,
    engine: owner,
    start: (auth, signal) => owner.store.engine.pushImage(reference, { auth }, signal),
  };
}
