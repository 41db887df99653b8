import {
  familiarReference,
  type ImageReference,
  parseImageReference,
  printImageReference,
} from '../../model/imageReference.ts';
import type { Image } from '../../model/image.ts';
import type { Deps } from '../deps.ts';
import type { Target } from '../targets.ts';
import { verb } from '../verb.ts';
import { digestIsNoName, notAReference, referenceOfTag } from './imageNames.ts';

export const tagImage = verb('image', {
  isSingle: true,
  question: ({ t }) => t('Tag which image?'),
  async plan(deps, targets) {
    const [target] = targets;
    const reference = target === undefined ? undefined : await askName(deps, target);
    if (reference === undefined) return undefined;
    const newName = familiarReference(reference);
    return {
      title: deps.t('Tagging as {newName}', { newName }),
      failed: (name) => deps.t('Could not tag {name} as {newName}', { name, newName }),
      perform: ({ ref, owner }, signal) => owner.store.engine.tagImage(ref.id, reference, signal),
    };
  },
});

async function askName({ t, prompts }: Deps, target: Target<'image'>): Promise<ImageReference | undefined> {
  const own = new Set(target.object.tags.map(whole));
  const images = [...target.owner.store.state.snapshot.image.values()];
  const text = await prompts.input({
    title: t('New name for {name}', { name: target.name }),
    value: referenceOfTag(target.ref.id) === undefined ? '' : target.name,
    placeholder: t('account/app:1.2, localhost:5000/app:1.2 …'),
    problem: (typed) => {
      const reference = parseImageReference(typed);
      if (reference === undefined) return typed === '' ? undefined : notAReference(typed, t);
      if (reference.digest !== undefined) return digestIsNoName(t);
      return own.has(printImageReference(reference)) && typed !== target.name
        ? t('The image has this name already.')
        : undefined;
    },
    hint: (typed) => {
      const holder = whoHas(images, whole(typed));
      return holder === undefined || holder === target.object
        ? undefined
        : t('Another image has this name now, and loses it.');
    },
  });
  const reference = text === undefined ? undefined : parseImageReference(text);
  return reference === undefined || own.has(printImageReference(reference)) ? undefined : reference;
}

/** `app` and `docker.io/library/app:latest` are the same name. */
function whole(name: string): string {
  const reference = referenceOfTag(name);
  return reference === undefined ? name : printImageReference(reference);
}

function whoHas(images: readonly Image[], name: string): Image | undefined {
  return images.find(({ tags }) => tags.some((tag) => whole(tag) === name));
}
