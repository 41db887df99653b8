import { fill } from '../../base/fill.ts';
import type { LogsStrings } from '../../protocol/logs.ts';
import { element, rename } from '../dom.ts';
import { nextStep } from './contextSteps.ts';

/** At the end of a line that a filter lets through: what of the log shows around it after a press. */
export function contextButton(
  lines: number | undefined,
  {
    strings,
    formatCount,
  }: { readonly strings: LogsStrings; readonly formatCount: (count: number) => string },
): HTMLElement {
  const next = nextStep(lines);
  const made = element('button', { type: 'button', class: 'around' });
  made.classList.toggle('on', lines !== undefined);
  made.append(next === undefined ? '×' : `±${String(next)}`);
  rename(
    made,
    next === undefined ? strings.hideContext : fill(strings.showContext, { count: formatCount(next) }),
  );
  // Of no width itself: no line wraps because of it.
  return element('span', { class: 'aroundPlace' }, made);
}
