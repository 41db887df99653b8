import { element } from '../dom.ts';
import { cellOf, type Column } from './columns.ts';

/** The names of the columns above the list, each over its values. */
export class ColumnHeader {
  readonly element: HTMLElement;
  private readonly track = element('div', { class: 'track' });
  private readonly list: HTMLElement;

  constructor(options: { readonly name: string; readonly list: HTMLElement }) {
    this.list = options.list;
    const roles = { class: 'columnHeader', role: 'group', 'aria-label': options.name };
    this.element = element('div', roles, this.track);
    this.element.hidden = true;
    this.list.addEventListener('scroll', () => {
      this.follow();
    });
  }

  /** None hides it. */
  show(columns: readonly Column[]): void {
    this.element.hidden = columns.length === 0;
    this.track.replaceChildren(
      ...columns.flatMap((column, at) => {
        const cell = cellOf(column);
        cell.append(column.name);
        cell.title = column.name;
        return at === 0 ? [cell] : [' ', cell];
      }),
    );
  }

  /** What stands before the cells of a row is of many widths: where they are shows in the rows themselves. */
  align(): void {
    if (this.element.hidden) return;
    const cell = this.list.querySelector<HTMLElement>('.rows .cell');
    if (cell !== null) {
      const left = cell.getBoundingClientRect().left - this.list.getBoundingClientRect().left;
      this.track.style.paddingLeft = `${String(left + this.list.scrollLeft)}px`;
    }
    this.follow();
  }

  private follow(): void {
    if (!this.element.hidden) this.track.style.left = `${String(-this.list.scrollLeft)}px`;
  }
}
