import type { LayersImage } from '../../model/layersTarget.ts';
import type { Target } from '../targets.ts';
import { verb } from '../verb.ts';

export const openImageLayers = verb('image', {
  question: ({ t }) => t('Show the layers of which images?'),
  plan: ({ t, panels }) => ({
    title: t('Opening layers'),
    failed: (name) => t('Could not open the layers of {name}', { name }),
    perform: (target) => {
      panels.openLayers([layersImage(target)]);
      return Promise.resolve();
    },
  }),
});

export function layersImage({ ref, name, object }: Target<'image'>): LayersImage {
  return { ref: { ...ref, id: object.id }, name };
}
