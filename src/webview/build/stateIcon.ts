import { element } from '../dom.ts';
import { icon } from '../icons.ts';
import type { StateName } from './words.ts';

const pictures = {
  succeeded: 'check',
  cached: 'check',
  failed: 'close',
  cancelled: 'stopped',
  interrupted: 'stopped',
  waiting: 'waiting',
} as const;

/** A picture of how far something is; the words for it stand in the name of what it belongs to. */
export function stateIcon(state: StateName): HTMLElement {
  const picture = state === 'running' ? element('span', { class: 'spinner' }) : icon(pictures[state]);
  return element('span', { class: `state state-${state}`, 'aria-hidden': 'true' }, picture);
}
