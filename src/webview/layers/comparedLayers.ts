import { fill } from '../../base/fill.ts';
import type { ImageLayers, ImageStep } from '../../model/imageLayers.ts';
import { sharedLayers } from '../../model/layerSteps.ts';
import type { OpenImage } from '../../model/layerQuestions.ts';
import { element } from '../dom.ts';
import { instructionParts, shortInstruction } from './stepList.ts';
import type { Words } from './words.ts';

/** What two images are made of: the layers that both have, and those that only one has. */
export function comparedLayers(
  images: readonly (OpenImage & { readonly name: string })[],
  { strings, formatCount, formatBytes }: Words,
): HTMLElement {
  const [one, other] = images;
  const made = element('div', { class: 'steps compared', tabindex: '0', 'aria-label': strings.stepsTitle });
  made.setAttribute('role', 'group');
  if (one === undefined || other === undefined) return made;
  const shared = sharedLayers(one.layers, other.layers);
  const sum = (layers: ImageLayers, from: number, end?: number): number =>
    layers.layers.slice(from, end).reduce((bytes, { sizeBytes }) => bytes + sizeBytes, 0);
  const heading = (text: string, bytes: number): HTMLElement =>
    element('h3', {}, element('span', {}, text), element('span', { class: 'stepSize' }, formatBytes(bytes)));
  const row = ({ layers }: OpenImage, { instruction, layer }: ImageStep): HTMLElement => {
    const text = shortInstruction(instruction) || strings.noInstruction;
    const size = layer === undefined ? '' : formatBytes(layers.layers[layer]?.sizeBytes ?? 0);
    const attributes = { class: layer === undefined ? 'step empty' : 'step', title: text };
    return element(
      'div',
      attributes,
      ...instructionParts(text),
      element('span', { class: 'stepSize' }, size),
    );
  };
  const sharedText =
    shared === 1 ? strings.oneSharedLayer : fill(strings.sharedLayers, { count: formatCount(shared) });
  if (shared > 0) made.append(heading(sharedText, sum(one.layers, 0, shared)));
  for (const image of [one, other]) {
    const own = image.layers.steps.filter(({ layer }) => layer !== undefined && layer >= shared);
    if (own.length === 0) continue;
    made.append(
      heading(fill(strings.onlyIn, { name: image.name }), sum(image.layers, shared)),
      ...own.map((step) => row(image, step)),
    );
  }
  return made;
}
