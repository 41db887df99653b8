import { element } from '../dom.ts';

/** What scrolls, with the role and the name of a log. */
export function logElement(name: string, ...children: readonly HTMLElement[]): HTMLElement {
  // Reading every new line aloud would drown the reader: `log` is live by nature, and this one is for browsing.
  const roles = { class: 'log', role: 'log', tabindex: '0', 'aria-label': name, 'aria-live': 'off' };
  return element('div', roles, ...children);
}
