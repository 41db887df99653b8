import type { DrawnRow } from './drawnRows.ts';

/**
 * Brings the current match itself on screen: its row may be wider, or higher, than the screen. Answers how far the list
 * must scroll down for that, 0 for not at all, and undefined while there is no match to see.
 */
export function revealMatch(
  drawn: DrawnRow | undefined,
  view: HTMLElement,
  { lineHeight, viewHeight }: { readonly lineHeight: number; readonly viewHeight: number },
): number | undefined {
  const match = drawn?.row === undefined ? null : drawn.element.querySelector('mark.current');
  if (match === null) return undefined;
  const screen = view.getBoundingClientRect();
  const box = match.getBoundingClientRect();
  const margin = 3 * lineHeight;
  if (box.left < screen.left) view.scrollLeft -= screen.left - box.left + margin;
  else if (box.right > screen.right) view.scrollLeft += box.right - screen.right + margin;
  if (box.top >= screen.top && box.bottom <= screen.top + viewHeight) return 0;
  return box.top - screen.top - Math.floor(viewHeight / 3);
}
