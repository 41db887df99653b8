import { fill } from '../../base/fill.ts';
import type { DiveRuleName, DiveRuleResult } from '../../model/diveRules.ts';
import type { RulesReport } from '../../protocol/layers.ts';
import { element } from '../dom.ts';
import { icon } from '../icons.ts';
import type { Words } from './words.ts';

/** Rules that the image breaks, also those that nobody can read. */
export function brokenRules({ results }: RulesReport): number {
  return results.filter(({ outcome: { kind } }) => kind === 'failed' || kind === 'invalid').length;
}

/** What the rules of the workspace say, one a line. */
export function rulesList(report: RulesReport, words: Words, onOpen: () => void): HTMLElement {
  const { strings } = words;
  const file = report.file;
  const open = element('button', { type: 'button', class: 'link' }, fill(strings.openRules, { file }));
  open.addEventListener('click', onOpen);
  const items = report.results.map((result) => ruleItem(result, words));
  return element(
    'section',
    { class: 'rules', 'aria-label': fill(strings.rulesName, { file }) },
    element('ul', {}, ...items),
    open,
  );
}

function ruleItem({ rule, setting, outcome }: DiveRuleResult, words: Words): HTMLElement {
  const { strings, formatBytes, formatPercent } = words;
  const sentences: Readonly<Record<DiveRuleName, string>> = {
    lowestEfficiency: strings.ruleLowestEfficiency,
    highestWastedBytes: strings.ruleHighestWastedBytes,
    highestUserWastedPercent: strings.ruleHighestUserWastedPercent,
  };
  const format = rule === 'highestWastedBytes' ? formatBytes : formatPercent;
  const isMeasured = outcome.kind === 'passed' || outcome.kind === 'failed';
  const limit = isMeasured ? format(outcome.limit) : setting;
  const said = {
    passed: strings.rulePassed,
    failed: strings.ruleFailed,
    disabled: strings.ruleDisabled,
    invalid: fill(strings.ruleInvalid, { setting }),
  };
  const face = outcome.kind === 'passed' ? icon('check') : outcome.kind === 'disabled' ? '' : icon('close');
  return element(
    'li',
    { class: `rule ${outcome.kind}` },
    element('span', { class: 'ruleMark' }, face),
    element('span', {}, outcome.kind === 'disabled' ? rule : fill(sentences[rule], { limit })),
    element(
      'span',
      { class: 'ruleSaid' },
      said[outcome.kind],
      isMeasured ? ` (${format(outcome.measured)})` : '',
    ),
  );
}
