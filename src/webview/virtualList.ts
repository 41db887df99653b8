import { element } from './dom.ts';
import { type FetchWindow, WindowCache } from './windowCache.ts';

/** Of one row, in pixels: as the editor's own lists have them. */
const rowHeight = 22;
const overscanRows = 10;

export interface VirtualListOptions<T> {
  /** Unique on the page. */
  readonly id: string;
  readonly role: 'treegrid' | 'grid';
  readonly name: string;
  /** The names of the columns. */
  readonly header: HTMLElement;
  /** The element of a row, without what says that it is selected. */
  readonly render: (row: T) => HTMLElement;
  readonly onClick: (row: T) => void;
  /** Double click, or Enter. */
  readonly onActivate: (row: T, event: MouseEvent | KeyboardEvent) => void;
}

/** A list of any length of which only the rows on screen exist. One row is selected; the focus stays on the whole. */
export class VirtualList<T> {
  readonly element: HTMLElement;
  private readonly options: VirtualListOptions<T>;
  private readonly cache = new WindowCache<T>(() => {
    this.draw();
  });
  private readonly body = element('div', { class: 'listBody', role: 'none' });
  private readonly space = element('div', { class: 'listSpace', role: 'none' }, this.body);
  private readonly scroller = element(
    'div',
    { class: 'listScroller', role: 'rowgroup', tabindex: '-1' },
    this.space,
  );
  private readonly drawn = new Map<number, { readonly row: T | undefined; readonly element: HTMLElement }>();
  private selected = 0;
  private isDrawing = false;

  constructor(options: VirtualListOptions<T>) {
    this.options = options;
    const { id, role, name } = options;
    const roles = { id, class: 'list', role, tabindex: '0', 'aria-label': name, 'aria-readonly': 'true' };
    options.header.setAttribute('role', 'row');
    options.header.setAttribute('aria-rowindex', '1');
    const header = element('div', { class: 'listHeader', role: 'rowgroup' }, options.header);
    this.element = element('div', roles, header, this.scroller);
    this.listen();
  }

  get total(): number {
    return this.cache.total;
  }

  get position(): number {
    return this.selected;
  }

  get current(): T | undefined {
    return this.cache.get(this.selected);
  }

  at(position: number): T | undefined {
    return this.cache.get(position);
  }

  setName(name: string): void {
    this.element.setAttribute('aria-label', name);
  }

  /** Shows another list, scrolled to where `position` shows: by default where it is. False when another was asked for meanwhile. */
  async show(fetch: FetchWindow<T>, position?: number): Promise<boolean> {
    const first = position === undefined ? this.firstOnScreen : Math.max(0, position - this.rowsPerScreen);
    if (!(await this.cache.restart(fetch, first, 2 * this.rowsPerScreen))) return false;
    this.selected = Math.max(0, Math.min(position ?? this.selected, this.total - 1));
    this.element.setAttribute('aria-rowcount', String(this.total + 1));
    this.space.style.height = `${String(this.total * rowHeight)}px`;
    if (position !== undefined) this.bringOnScreen(this.selected);
    this.draw();
    return true;
  }

  select(position: number): void {
    this.selected = Math.max(0, Math.min(position, this.total - 1));
    this.bringOnScreen(this.selected);
    this.draw();
  }

  focus(): void {
    this.element.focus();
  }

  private get rowsPerScreen(): number {
    return Math.max(1, Math.floor(this.scroller.clientHeight / rowHeight));
  }

  private get firstOnScreen(): number {
    return Math.floor(this.scroller.scrollTop / rowHeight);
  }

  private listen(): void {
    this.scroller.addEventListener('scroll', () => {
      this.redraw();
    });
    new ResizeObserver(() => {
      this.redraw();
    }).observe(this.scroller);
    this.element.addEventListener('keydown', (event) => {
      this.onKey(event);
    });
    // A press, not a click: what the press itself draws anew gets no click.
    this.body.addEventListener('mousedown', ({ target }) => {
      const position = this.positionAround(target);
      if (position !== undefined) this.select(position);
    });
    this.body.addEventListener('click', ({ target }) => {
      const row = this.rowAround(target);
      if (row !== undefined) this.options.onClick(row);
    });
    this.body.addEventListener('dblclick', (event) => {
      const row = this.rowAround(event.target);
      if (row !== undefined) this.options.onActivate(row, event);
    });
  }

  private onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || (event.altKey && event.key !== 'Enter')) return;
    const { rowsPerScreen, selected } = this;
    const moves: Readonly<Record<string, number>> = {
      ArrowUp: selected - 1,
      ArrowDown: selected + 1,
      PageUp: selected - rowsPerScreen,
      PageDown: selected + rowsPerScreen,
      Home: 0,
      End: this.total - 1,
    };
    const to = Object.hasOwn(moves, event.key) ? moves[event.key] : undefined;
    if (to !== undefined) this.select(to);
    else if (event.key === 'Enter' && this.current !== undefined)
      this.options.onActivate(this.current, event);
    else return;
    event.preventDefault();
  }

  private rowAround(target: EventTarget | null): T | undefined {
    const position = this.positionAround(target);
    return position === undefined ? undefined : this.cache.get(position);
  }

  private positionAround(target: EventTarget | null): number | undefined {
    const row = target instanceof Element ? target.closest<HTMLElement>('[data-position]') : null;
    return row === null ? undefined : Number(row.dataset['position']);
  }

  private bringOnScreen(position: number): void {
    const top = position * rowHeight;
    const { scrollTop, clientHeight } = this.scroller;
    if (top < scrollTop) this.scroller.scrollTop = top;
    else if (top + rowHeight > scrollTop + clientHeight)
      this.scroller.scrollTop = top + rowHeight - clientHeight;
  }

  /** With the next frame. */
  private redraw(): void {
    if (this.isDrawing) return;
    this.isDrawing = true;
    requestAnimationFrame(() => {
      this.isDrawing = false;
      this.draw();
    });
  }

  private draw(): void {
    const first = Math.max(0, this.firstOnScreen - overscanRows);
    const end = Math.min(this.total, this.firstOnScreen + this.rowsPerScreen + 1 + overscanRows);
    this.cache.need(first, end);
    for (const [position, { element: made }] of this.drawn)
      if (position < first || position >= end) {
        made.remove();
        this.drawn.delete(position);
      }
    this.body.style.top = `${String(first * rowHeight)}px`;
    let next = this.body.firstChild;
    for (let position = first; position < end; position++) {
      const row = this.cache.get(position);
      const before = this.drawn.get(position);
      if (before !== undefined && before.row === row) next = before.element.nextSibling;
      else {
        const made = this.make(row, position);
        if (before === undefined) this.body.insertBefore(made, next);
        else before.element.replaceWith(made);
        this.drawn.set(position, { row, element: made });
        next = made.nextSibling;
      }
      this.mark(position);
    }
    const active = this.drawn.get(this.selected)?.element.id;
    if (active === undefined) this.element.removeAttribute('aria-activedescendant');
    else this.element.setAttribute('aria-activedescendant', active);
  }

  private make(row: T | undefined, position: number): HTMLElement {
    const made = row === undefined ? element('div', { class: 'listRow' }) : this.options.render(row);
    made.setAttribute('role', 'row');
    made.id = `${this.options.id}${String(position)}`;
    made.setAttribute('aria-rowindex', String(position + 2));
    made.dataset['position'] = String(position);
    return made;
  }

  private mark(position: number): void {
    const made = this.drawn.get(position)?.element;
    made?.classList.toggle('selected', position === this.selected);
    made?.setAttribute('aria-selected', String(position === this.selected));
  }
}
