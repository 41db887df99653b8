import { takeFocus } from '../dom.ts';

/** What is drawn anew under the keyboard keeps the focus: buttons are told apart by a name of their own. */
export function keepFocus(draw: () => void): void {
  const name =
    document.activeElement instanceof HTMLElement ? document.activeElement.dataset['focus'] : undefined;
  draw();
  if (name === undefined || document.activeElement !== document.body) return;
  const again = document.querySelector<HTMLElement>(`[data-focus="${CSS.escape(name)}"]`);
  if (again !== null) takeFocus(again);
}

export function named<T extends HTMLElement>(made: T, name: string): T {
  made.dataset['focus'] = name;
  return made;
}
