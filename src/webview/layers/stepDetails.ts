import { fill } from '../../base/fill.ts';
import { instructionText } from '../../model/instructionText.ts';
import { type ImageLayers, pathChanges } from '../../model/imageLayers.ts';
import { layerOfStep } from '../../model/layerSteps.ts';
import { element } from '../dom.ts';
import { instructionParts } from './stepList.ts';
import type { Words } from './words.ts';

/** Nobody reads more of an instruction here. */
const maxInstruction = 50_000;

/** All about one step, or which ones are shown together: the whole instruction, what it did, what of it is hidden. */
export class StepDetails {
  readonly element = element('section', { class: 'details', 'aria-live': 'off' });
  private readonly layers: ImageLayers;
  private readonly words: Words;

  constructor(layers: ImageLayers, words: Words) {
    this.layers = layers;
    this.words = words;
    this.element.setAttribute('aria-label', words.strings.instruction);
    this.element.tabIndex = 0;
  }

  show(first: number, last: number): void {
    if (first === last) this.showOne(first);
    else {
      const numbers = { from: first + 1, to: last + 1 };
      this.element.replaceChildren(fill(this.words.strings.stepRange, numbers));
    }
    this.element.scrollTop = 0;
  }

  private showOne(step: number): void {
    const { strings, formatTime } = this.words;
    const { instruction = '', createdAt } = this.layers.steps[step] ?? {};
    const text = instructionText(instruction).slice(0, maxInstruction) || strings.noInstruction;
    const layer = layerOfStep(this.layers, step);
    const facts = element('div', { class: 'facts' });
    if (createdAt !== undefined)
      facts.append(element('span', {}, fill(strings.createdAt, { time: formatTime(createdAt) })));
    if (layer !== undefined && layer.diffId !== '')
      facts.append(element('span', { class: 'digest', title: layer.diffId }, layer.diffId.slice(0, 19)));
    this.element.replaceChildren(
      element('div', { class: 'instruction' }, ...instructionParts(text)),
      this.changesOf(step),
      ...this.hiddenBy(step),
      facts,
    );
  }

  private changesOf(step: number): HTMLElement {
    const { strings, formatCount } = this.words;
    const line = element('div', { class: 'changes' });
    const layer = layerOfStep(this.layers, step);
    const sentences = {
      added: strings.stepAdded,
      changed: strings.stepChanged,
      rewritten: strings.stepRewritten,
      removed: strings.stepRemoved,
    };
    for (const change of pathChanges) {
      const count = layer?.changes[change] ?? 0;
      if (count > 0)
        line.append(
          element('span', { class: change }, fill(sentences[change], { count: formatCount(count) })),
        );
    }
    if (line.childElementCount === 0) line.append(strings.stepNothing);
    return line;
  }

  private hiddenBy(step: number): readonly HTMLElement[] {
    const { strings, formatBytes } = this.words;
    const { hiddenBytes = 0, hidingBytes = 0 } = layerOfStep(this.layers, step) ?? {};
    const say = (sentence: string, bytes: number): readonly HTMLElement[] =>
      bytes === 0 ? [] : [element('div', { class: 'hint' }, fill(sentence, { size: formatBytes(bytes) }))];
    return [...say(strings.hiddenBytes, hiddenBytes), ...say(strings.hidingBytes, hidingBytes)];
  }
}
