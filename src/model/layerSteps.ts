import type { ImageLayers, LayerInfo, LayerState } from './imageLayers.ts';
import type { OpenImage } from './layerQuestions.ts';

/** The states before and after a step of an image's history; the same where it changed no files. */
export function statesOfStep(
  { imageId, layers }: OpenImage,
  step: number,
): { readonly before: LayerState; readonly after: LayerState } {
  const own = layers.steps[step]?.layer;
  const after = own ?? layerUpTo(layers, step);
  return {
    before: { imageId, layer: own === undefined ? after : own - 1 },
    after: { imageId, layer: after },
  };
}

/** The whole image. */
export function lastState({ imageId, layers }: OpenImage): LayerState {
  return { imageId, layer: layers.layers.length - 1 };
}

/** Where somebody begins to look: the last step that changed files, which is mostly the one just made. */
export function lastStepWithLayer({ steps }: ImageLayers): number {
  return Math.max(
    0,
    steps.findLastIndex(({ layer }) => layer !== undefined),
  );
}

/** The step that made a layer, by number from 0. */
export function stepOfLayer({ steps }: ImageLayers, layer: number): number {
  return steps.findIndex((step) => step.layer === layer);
}

export function layerOfStep({ steps, layers }: ImageLayers, step: number): LayerInfo | undefined {
  const layer = steps[step]?.layer;
  return layer === undefined ? undefined : layers[layer];
}

/** How many layers two images have in common, counted from the lowest. */
export function sharedLayers(one: ImageLayers, other: ImageLayers): number {
  const differ = one.layers.findIndex(
    ({ diffId }, index) => diffId === '' || diffId !== other.layers[index]?.diffId,
  );
  return differ < 0 ? one.layers.length : differ;
}

function layerUpTo({ steps }: ImageLayers, step: number): number {
  for (let at = step; at >= 0; at--) {
    const layer = steps[at]?.layer;
    if (layer !== undefined) return layer;
  }
  return -1;
}
