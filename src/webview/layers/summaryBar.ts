import { fill } from '../../base/fill.ts';
import type { ImageLayers } from '../../model/imageLayers.ts';
import type { RulesReport } from '../../protocol/layers.ts';
import { button, element } from '../dom.ts';
import { icon } from '../icons.ts';
import { brokenRules } from './rulesView.ts';
import type { Words } from './words.ts';

export interface SummaryImage {
  readonly name: string;
  readonly layers: ImageLayers;
}

/** The top of the page: what one image, or each of two, comes to, and what can be done with all of it. */
export class SummaryBar {
  readonly element: HTMLElement;
  private readonly words: Words;
  private readonly rules = element('button', { type: 'button', class: 'rulesBadge', hidden: '' });

  constructor(options: {
    readonly words: Words;
    readonly images: readonly SummaryImage[];
    readonly onWaste: () => void;
    readonly onCompare: () => void;
    readonly onSave: () => void;
    readonly onKeys: () => void;
  }) {
    const { words, images, onWaste } = options;
    const { strings } = words;
    this.words = words;
    this.rules.addEventListener('click', onWaste);
    const [one, other] = images;
    const isAlone = other === undefined;
    const facts = element('div', { class: 'summaryFacts' });
    if (one !== undefined)
      facts.append(...(isAlone ? this.factsOf(one, onWaste) : this.compared(one, other)));
    const actions = isAlone
      ? [
          button(strings.compare, icon('compare'), options.onCompare),
          button(strings.saveJson, icon('save'), options.onSave),
        ]
      : [];
    const keys = button(strings.keys, icon('keys'), options.onKeys);
    const look = element('div', { class: 'look' }, ...actions, keys);
    const roles = { class: 'summary', role: 'toolbar', 'aria-label': strings.toolbarName };
    this.element = element('div', roles, facts, look);
  }

  showRules(report: RulesReport | undefined): void {
    this.rules.hidden = report === undefined;
    if (report === undefined) return;
    const { strings, formatCount } = this.words;
    const broken = brokenRules(report);
    const { file } = report;
    const said =
      broken === 0
        ? fill(strings.rulesPassed, { file })
        : fill(strings.rulesFailed, { file, count: formatCount(broken) });
    this.rules.classList.toggle('failed', broken > 0);
    this.rules.replaceChildren(icon(broken === 0 ? 'check' : 'close'), said);
  }

  private factsOf({ name, layers }: SummaryImage, onWaste: () => void): readonly HTMLElement[] {
    const { strings, formatBytes, formatPercent } = this.words;
    const { efficiency, wastedBytes } = layers.waste;
    const share = element(
      'span',
      { class: 'efficiency', title: strings.efficiencyHint },
      meter(efficiency),
      fill(strings.efficiency, { percent: formatPercent(efficiency) }),
    );
    const size = formatBytes(wastedBytes);
    const said = wastedBytes === 0 ? strings.nothingWasted : fill(strings.wasted, { size });
    const wasted = element('button', { type: 'button', class: 'link' }, said);
    wasted.addEventListener('click', onWaste);
    return [
      nameElement(name),
      ...(layers.platform === '' ? [] : [element('span', { class: 'quiet' }, layers.platform)]),
      element('span', {}, formatBytes(layers.sizeBytes)),
      element('span', {}, this.layerCount(layers)),
      share,
      wasted,
      this.rules,
    ];
  }

  private compared(one: SummaryImage, other: SummaryImage): readonly HTMLElement[] {
    const { strings, formatBytes } = this.words;
    const both = (before: string, after: string): HTMLElement =>
      element('span', {}, before === after ? before : fill(strings.compared, { before, after }));
    return [
      nameElement(fill(strings.compared, { before: one.name, after: other.name })),
      both(formatBytes(one.layers.sizeBytes), formatBytes(other.layers.sizeBytes)),
      both(this.layerCount(one.layers), this.layerCount(other.layers)),
    ];
  }

  private layerCount({ layers }: ImageLayers): string {
    const { strings, formatCount } = this.words;
    const count = formatCount(layers.length);
    return layers.length === 1 ? strings.oneLayer : fill(strings.layerCount, { count });
  }
}

function nameElement(name: string): HTMLElement {
  return element('span', { class: 'imageName', title: name }, name);
}

function meter(ratio: number): HTMLElement {
  const level = element('span', { class: ratio >= 0.9 ? 'level' : 'level low' });
  level.style.width = `${String(100 * ratio)}%`;
  return element('span', { class: 'meter', 'aria-hidden': 'true' }, level);
}
