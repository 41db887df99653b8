import { button, element } from './dom.ts';
import { icon } from './icons.ts';

export const isMac = navigator.userAgent.includes('Mac');

/** The list of keys, each with its meaning. A native dialog: it holds the focus, Escape closes it, and the focus goes back. */
export function keySheet(
  keys: readonly (readonly [keys: string, meaning: string])[],
  words: { readonly title: string; readonly close: string },
): HTMLDialogElement {
  const rows = keys.flatMap(([key, meaning]) => [
    element('dt', {}, ...key.split(', ').map((each) => element('kbd', {}, each))),
    element('dd', {}, meaning),
  ]);
  const title = element('h2', { id: 'keysTitle' }, words.title);
  const sheet = element('dialog', { class: 'keySheet', 'aria-labelledby': 'keysTitle' });
  const close = button(words.close, icon('close'), () => {
    sheet.close();
  });
  sheet.append(element('header', {}, title, close), element('dl', {}, ...rows));
  return sheet;
}
