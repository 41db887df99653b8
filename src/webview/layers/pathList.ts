import type { Window } from '../../model/imageLayers.ts';
import { element } from '../dom.ts';
import { VirtualList } from '../virtualList.ts';

export interface PathListOptions<T> {
  /** Unique on the page. */
  readonly id: string;
  readonly className: string;
  readonly name: string;
  readonly columns: readonly [path: string, size: string, about: string];
  /** Instead of the list when it has no rows. */
  readonly emptyText: string;
  readonly render: (row: T) => HTMLElement;
  readonly onActivate?: (row: T) => void;
  readonly ask: (first: number, count: number) => Promise<Window<T>>;
}

/** A list of paths with their sizes and something about them, or a sentence that says that there are none. */
export class PathList<T> {
  readonly element: HTMLElement;
  private readonly list: VirtualList<T>;
  private readonly empty: HTMLElement;
  private readonly ask: PathListOptions<T>['ask'];

  constructor(options: PathListOptions<T>) {
    const { id, className, name, columns, emptyText, render, onActivate, ask } = options;
    this.ask = ask;
    this.empty = element('div', { class: 'emptyList', hidden: '' }, emptyText);
    this.list = new VirtualList<T>({
      id,
      role: 'grid',
      name,
      header: pathRow(...columns, 'columnheader'),
      render,
      onClick: () => undefined,
      onActivate: (row) => onActivate?.(row),
    });
    this.list.element.classList.add(className);
    this.element = element('div', { class: 'listFrame' }, this.list.element, this.empty);
  }

  async load(): Promise<void> {
    await this.list.show(this.ask);
    this.empty.hidden = this.list.total > 0;
  }

  focus(): void {
    this.list.focus();
  }
}

export function pathRow(
  path: string,
  size: string,
  about: string,
  role: 'columnheader' | 'gridcell' = 'gridcell',
): HTMLElement {
  const cell = (name: string, text: string): HTMLElement =>
    element('span', { class: `cell ${name}`, role }, text);
  return element(
    'div',
    { class: 'listRow wasteRow' },
    cell('path', path),
    cell('size', size),
    cell('reason', about),
  );
}
