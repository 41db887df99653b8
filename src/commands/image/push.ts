import type { KnownEngine } from '../../engine/engineSet.ts';
import { isDangling } from '../../model/image.ts';
import { dockerHub } from '../../model/imageReference.ts';
import { CommandFailure } from '../commandFailure.ts';
import type { Deps } from '../deps.ts';
import { chooseTargets } from '../runVerb.ts';
import { readInvocation } from '../targets.ts';
import { type DoneTransfer, type ImageTransfer, transferAll } from '../transfer/transferAll.ts';
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
  const done = await push(
    deps,
    targets.map((target) => toTransfer(deps, target.ref.id, target.name, target.owner)),
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

/** The tags of an image that an engine has just got, each to the registry that its name says. */
export async function pushTags(
  deps: Deps,
  engine: KnownEngine,
  tags: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  await push(
    deps,
    tags.map((tag) => toTransfer(deps, tag, tag, engine)),
    signal,
  );
}

function push(
  deps: Deps,
  transfers: readonly ImageTransfer[],
  signal: AbortSignal,
): Promise<readonly DoneTransfer[]> {
  const { t } = deps;
  const words = {
    title: (name: string) => t('Pushing {name}', { name }),
    failed: (name: string) => t('Could not push {name}', { name }),
  };
  return transferAll(deps, transfers, words, signal);
}

function toTransfer({ t }: Deps, tag: string, name: string, owner: KnownEngine): ImageTransfer {
  const reference = referenceOfTag(tag);
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
