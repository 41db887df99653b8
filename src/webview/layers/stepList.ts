import { fill } from '../../base/fill.ts';
import { instructionText } from '../../model/instructionText.ts';
import type { ImageLayers } from '../../model/imageLayers.ts';
import { layerOfStep } from '../../model/layerSteps.ts';
import { element } from '../dom.ts';
import type { Words } from './words.ts';

/** The history of an image from the top down; those steps that changed no files are dimmed. One is selected, or several together. */
export class StepList {
  readonly element: HTMLElement;
  private readonly layers: ImageLayers;
  private readonly words: Words;
  private readonly onSelect: (first: number, last: number) => void;
  private readonly onActivate: () => void;
  private readonly options: readonly HTMLElement[];
  /** Where a range begins, and its end that moves. */
  private anchor = -1;
  private head = -1;

  constructor(options: {
    readonly layers: ImageLayers;
    readonly words: Words;
    readonly onSelect: (first: number, last: number) => void;
    /** Enter. */
    readonly onActivate: () => void;
  }) {
    this.layers = options.layers;
    this.words = options.words;
    this.onSelect = options.onSelect;
    this.onActivate = options.onActivate;
    const largest = Math.max(1, ...this.layers.layers.map(({ sizeBytes }) => sizeBytes));
    this.options = this.layers.steps.map((_, step) => this.option(step, largest));
    const name = this.words.strings.stepsName;
    const roles = {
      id: 'steps',
      class: 'steps',
      role: 'listbox',
      tabindex: '0',
      'aria-label': name,
      'aria-multiselectable': 'true',
    };
    this.element = element('div', roles, ...this.options);
    this.element.addEventListener('keydown', (event) => {
      this.onKey(event);
    });
  }

  get step(): number {
    return this.head;
  }

  /** One step, or with `isRange` all from the one chosen before. */
  select(step: number, isRange = false): void {
    const to = Math.max(0, Math.min(step, this.options.length - 1));
    if (to === this.head && (isRange || this.anchor === to)) return;
    this.head = to;
    if (!isRange) this.anchor = to;
    const [first, last] = [Math.min(this.anchor, to), Math.max(this.anchor, to)];
    this.options.forEach((option, at) => {
      option.setAttribute('aria-selected', String(at >= first && at <= last));
    });
    const option = this.options[to];
    option?.scrollIntoView({ block: 'nearest' });
    this.element.setAttribute('aria-activedescendant', option?.id ?? '');
    this.onSelect(first, last);
  }

  focus(): void {
    this.element.focus();
  }

  private option(step: number, largestBytes: number): HTMLElement {
    const { strings, formatBytes } = this.words;
    const instruction = shortInstruction(this.layers.steps[step]?.instruction ?? '') || strings.noInstruction;
    const layer = layerOfStep(this.layers, step);
    const size = layer === undefined ? '' : formatBytes(layer.sizeBytes);
    const label = layer === undefined ? strings.stepLabelEmpty : strings.stepLabel;
    const made = element(
      'div',
      {
        id: `step${String(step)}`,
        class: layer === undefined ? 'step empty' : 'step',
        role: 'option',
        'aria-selected': 'false',
        'aria-label': fill(label, { number: step + 1, instruction, size }),
        title: instruction,
      },
      element('span', { class: 'stepNumber' }, String(step + 1)),
      ...instructionParts(instruction),
    );
    if (layer !== undefined) made.append(bar(layer.sizeBytes, layer.hiddenBytes, largestBytes));
    made.append(element('span', { class: 'stepSize' }, size));
    made.addEventListener('mousedown', ({ shiftKey }) => {
      this.select(step, shiftKey);
    });
    return made;
  }

  private onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { head: current, options } = this;
    const moves: Readonly<Record<string, number>> = {
      ArrowUp: current - 1,
      ArrowDown: current + 1,
      PageUp: current - 10,
      PageDown: current + 10,
      Home: 0,
      End: options.length - 1,
    };
    const to = Object.hasOwn(moves, event.key) ? moves[event.key] : undefined;
    if (to !== undefined) this.select(to, event.shiftKey);
    else if (event.key === 'Enter') this.onActivate();
    else return;
    event.preventDefault();
  }
}

/** As much of it as a row, or its hover, has room for: it may be a whole script. */
export function shortInstruction(createdBy: string): string {
  return instructionText(createdBy).slice(0, 1000);
}

/** The keyword is set off, as the editor does in a Dockerfile. */
export function instructionParts(instruction: string): readonly HTMLElement[] {
  const [, keyword = '', rest = instruction] = /^([A-Z]+)(\s.*)$/s.exec(instruction) ?? [];
  const text = element('span', { class: 'instructionText' });
  if (keyword !== '') text.append(element('span', { class: 'keyword' }, keyword));
  text.append(rest);
  return [text];
}

/** Bytes beside those of the largest layer; those that later steps hide stand out. */
function bar(sizeBytes: number, hiddenBytes: number, largestBytes: number): HTMLElement {
  const part = (name: string, bytes: number): HTMLElement => {
    const made = element('span', { class: name });
    made.style.width = `${String((100 * bytes) / largestBytes)}%`;
    return made;
  };
  const hidden = Math.min(hiddenBytes, sizeBytes);
  const parts = [part('barShown', sizeBytes - hidden), part('barHidden', hidden)];
  return element('span', { class: 'bar', 'aria-hidden': 'true' }, ...parts);
}
