import { element } from '../dom.ts';

interface Shown {
  readonly element: HTMLElement;
}

/** Puts everything into the page, from top to bottom; what is asked for now and then lies over the log. */
export function layOut(parts: {
  readonly toolbar: Shown;
  readonly bar: Shown;
  readonly legend: Shown;
  readonly histogram: Shown;
  readonly header: Shown;
  readonly list: Shown;
  readonly over: readonly Shown[];
  readonly status: Shown;
}): void {
  const { toolbar, bar, legend, histogram, header, list, over, status } = parts;
  const elements = (shown: readonly Shown[]): readonly HTMLElement[] => shown.map((each) => each.element);
  const frame = element('div', { class: 'logFrame' }, ...elements([list, ...over]));
  document.body.append(...elements([toolbar, bar, legend, histogram, header]), frame, status.element);
}
