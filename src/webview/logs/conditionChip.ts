import { fill } from '../../base/fill.ts';
import type { LogCondition } from '../../model/log.ts';
import type { LogsStrings } from '../../protocol/logs.ts';
import { button, element } from '../dom.ts';
import { icon } from '../icons.ts';
import { conditionText } from './conditionText.ts';

/** One condition of the filter: pressed it is edited, and it can be taken away. */
export function conditionChip(
  condition: LogCondition,
  strings: LogsStrings,
  actions: { readonly edit: () => void; readonly remove: () => void },
): HTMLElement {
  const text = conditionText(condition);
  const whole = condition.isInverse ? `${strings.not} ${text}` : text;
  const face = element('span', { class: 'chipText' });
  if (condition.isInverse) face.append(element('span', { class: 'not' }, strings.not), ' ');
  face.append(text);
  const edit = button(fill(strings.editCondition, { condition: whole }), face, actions.edit);
  const remove = button(fill(strings.removeCondition, { condition: whole }), icon('close'), actions.remove);
  return element('div', { class: 'chip', role: 'listitem' }, edit, remove);
}
