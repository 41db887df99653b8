import { fill } from '../../base/fill.ts';
import type { ImageLayers } from '../../model/imageLayers.ts';
import type { RulesReport } from '../../protocol/layers.ts';
import { button, element } from '../dom.ts';
import { icon } from '../icons.ts';
import { brokenRules } from './rulesView.ts';
import type { Words } from './words.ts';

/** The top of the page: what the image comes to, and what can be done with all of it. */
export class SummaryBar {
  readonly element: HTMLElement;
  private readonly words: Words;
  private readonly rules: HTMLButtonElement;

  constructor(options: {
    readonly words: Words;
    readonly name: string;
    /** Of the one image, or of the newer one of two. */
    readonly layers: ImageLayers;
    readonly onWaste: () => void;
    readonly onCompare: () => void;
    readonly onSave: () => void;
    readonly onKeys: () => void;
  }) {
    const { words, layers, name } = options;
    const { strings, formatBytes, formatCount, formatPercent } = words;
    this.words = words;
    const { waste } = layers;
    const count = layers.layers.length;
    const efficiency = element(
      'span',
      { class: 'efficiency', title: strings.efficiencyHint },
      meter(waste.efficiency),
      fill(strings.efficiency, { percent: formatPercent(waste.efficiency) }),
    );
    const wasted = element('button', { type: 'button', class: 'link' });
    wasted.append(
      waste.wastedBytes === 0
        ? strings.nothingWasted
        : fill(strings.wasted, { size: formatBytes(waste.wastedBytes) }),
    );
    wasted.addEventListener('click', options.onWaste);
    this.rules = element('button', { type: 'button', class: 'rulesBadge', hidden: '' });
    this.rules.addEventListener('click', options.onWaste);
    const facts = element(
      'div',
      { class: 'summaryFacts' },
      element('span', { class: 'imageName', title: name }, name),
      ...(layers.platform === '' ? [] : [element('span', { class: 'quiet' }, layers.platform)]),
      element('span', {}, formatBytes(layers.sizeBytes)),
      element(
        'span',
        {},
        count === 1 ? strings.oneLayer : fill(strings.layerCount, { count: formatCount(count) }),
      ),
      efficiency,
      wasted,
      this.rules,
    );
    const look = element(
      'div',
      { class: 'look' },
      button(strings.compare, icon('compare'), options.onCompare),
      button(strings.saveJson, icon('save'), options.onSave),
      button(strings.keys, icon('keys'), options.onKeys),
    );
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
}

function meter(ratio: number): HTMLElement {
  const level = element('span', { class: ratio >= 0.9 ? 'level' : 'level low' });
  level.style.width = `${String(100 * ratio)}%`;
  return element('span', { class: 'meter', 'aria-hidden': 'true' }, level);
}
