import type { Window } from '../../model/imageLayers.ts';
import { element } from '../dom.ts';
import { VirtualList } from '../virtualList.ts';

type Columns = readonly [path: string, size: string, about: string];

/** What a row says. */
export interface RowTexts {
  readonly columns: Columns;
  /** To who hears it. */
  readonly label: string;
  /** In full, for who points at a text that may be cut. */
  readonly pathTitle: string;
  readonly aboutTitle?: string;
}

export interface PathListOptions<T> {
  /** Unique on the page. */
  readonly id: string;
  readonly className: string;
  readonly name: string;
  readonly columns: Columns;
  /** Instead of the list when it has no rows. */
  readonly emptyText: string;
  readonly textsOf: (row: T) => RowTexts;
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
    const { id, className, name, columns, emptyText, textsOf, onActivate, ask } = options;
    this.ask = ask;
    this.empty = element('div', { class: 'emptyList', hidden: '' }, emptyText);
    this.list = new VirtualList<T>({
      id,
      role: 'grid',
      name,
      header: frameOf(columns, 'columnheader'),
      render: (row) => rowOf(textsOf(row)),
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

function rowOf({ columns, label, pathTitle, aboutTitle }: RowTexts): HTMLElement {
  return frameOf(columns, 'gridcell', { 'aria-label': label }, [pathTitle, undefined, aboutTitle]);
}

function frameOf(
  columns: Columns,
  role: 'columnheader' | 'gridcell',
  attributes: Readonly<Record<string, string>> = {},
  titles: readonly (string | undefined)[] = [],
): HTMLElement {
  const cells = ['path', 'size', 'about'].map((name, index) => {
    const title = titles[index];
    const all = { class: `cell ${name}`, role, ...(title === undefined ? {} : { title }) };
    return element('span', all, columns[index] ?? '');
  });
  return element('div', { class: 'listRow pathRow', ...attributes }, ...cells);
}
