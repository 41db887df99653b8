import { oneLine } from '../../base/format.ts';
import { type Image, imageReference } from '../../model/image.ts';
import type { LayersImage } from '../../model/layersTarget.ts';
import { formatAge } from '../../model/tree/ages.ts';
import { CommandFailure } from '../commandFailure.ts';
import type { Deps } from '../deps.ts';
import type { Target } from '../targets.ts';
import { verb } from '../verb.ts';
import { layersImage } from './layers.ts';

interface Compared extends LayersImage {
  readonly createdAt: number;
}

/** Two images in one panel of layers, the older one first; with one chosen, the other is asked for. */
export const compareImages = verb('image', {
  question: ({ t }) => t('Compare which two images?'),
  plan: async (deps, targets) => {
    const { t, panels } = deps;
    const [one, other] = await two(deps, targets);
    if (one === undefined || other === undefined) return undefined;
    const [before, after] = one.createdAt <= other.createdAt ? [one, other] : [other, one];
    let isOpen = false;
    return {
      title: t('Opening layers'),
      failed: (name) => t('Could not compare {name}', { name }),
      perform: () => {
        if (!isOpen)
          panels.openLayers([
            { ref: before.ref, name: before.name },
            { ref: after.ref, name: after.name },
          ]);
        isOpen = true;
        return Promise.resolve();
      },
    };
  },
});

async function two(deps: Deps, targets: readonly Target<'image'>[]): Promise<readonly Compared[]> {
  const { t } = deps;
  const chosen = targets.map(
    (target): Compared => ({ ...layersImage(target), createdAt: target.object.createdAt }),
  );
  const [first, second] = targets;
  if (first === undefined) return [];
  if (second === undefined) return [...chosen, ...(await askForOther(deps, first))];
  if (targets.length > 2) throw new CommandFailure('conflict', t('Choose two images to compare.'));
  if (first.ref.engineId !== second.ref.engineId)
    throw new CommandFailure('conflict', t('Images of different engines cannot be compared.'));
  if (first.object.id === second.object.id)
    throw new CommandFailure(
      'conflict',
      t('{one} and {other} are the same image.', {
        one: oneLine(first.name, 80),
        other: oneLine(second.name, 80),
      }),
    );
  return chosen;
}

async function askForOther(
  deps: Deps,
  { ref, name, object, owner }: Target<'image'>,
): Promise<readonly Compared[]> {
  const { t, prompts, clock } = deps;
  const others = [...owner.store.state.snapshot.image.values()].filter(({ id }) => id !== object.id);
  if (others.length === 0)
    throw new CommandFailure('conflict', t('There is no other image on this engine to compare with.'));
  const items = others.sort(byNearness(object)).map((image) => ({
    value: image,
    label: oneLine(imageReference(image), 100),
    description: formatAge(image.createdAt, clock.now(), t),
  }));
  const picked = await prompts.pickOne(t('Compare {name} with …', { name: oneLine(name, 80) }), items);
  if (picked === undefined) return [];
  return [
    {
      ref: { ...ref, id: picked.id },
      name: imageReference(picked),
      createdAt: picked.createdAt,
    },
  ];
}

/** Images of the same repository first, then the newest. */
function byNearness(to: Image): (a: Image, b: Image) => number {
  const repositories = new Set(to.tags.map(repositoryOf));
  const distance = ({ tags }: Image): number =>
    tags.some((tag) => repositories.has(repositoryOf(tag))) ? 0 : 1;
  return (a, b) => distance(a) - distance(b) || b.createdAt - a.createdAt;
}

function repositoryOf(tag: string): string {
  return tag.replace(/:[^:/]*$/, '');
}
