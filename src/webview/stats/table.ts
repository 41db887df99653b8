import type { SortColumn, StatsRow, StatsSort, StatsStrings } from '../../protocol/stats.ts';
import { element } from '../dom.ts';
import type { Recent } from './recent.ts';
import { TableRow } from './tableRow.ts';

export interface TableOptions {
  readonly strings: StatsStrings;
  readonly onSort: (by: SortColumn) => void;
  /** A container was chosen for the charts: alone, or in addition to the others. */
  readonly onChoose: (key: string, isAdded: boolean) => void;
  readonly onOpenLogs: (key: string) => void;
}

/** The containers with their numbers. What is under the pointer keeps its place. */
export class Table {
  readonly element: HTMLElement;
  private readonly options: TableOptions;
  private readonly headers = new Map<SortColumn, HTMLElement>();
  private readonly body: HTMLElement;
  private readonly rows = new Map<string, TableRow>();
  private isPointedAt = false;

  constructor(options: TableOptions) {
    this.options = options;
    const { strings } = options;
    const header = element(
      'div',
      { class: 'row header', role: 'row' },
      this.header('name', strings.name, 'nameCell'),
      element('span', { class: 'curve', role: 'none' }),
      this.header('cpuPercent', strings.cpu, 'number'),
      element('span', { class: 'curve', role: 'none' }),
      this.header('memoryBytes', strings.memory, 'number'),
      this.header('memoryPercent', strings.memoryPercent, 'number share'),
      this.header('netBytes', strings.netIo, 'number wide'),
      this.header('blockBytes', strings.blockIo, 'number wide'),
      this.header('pids', strings.pids, 'number wide'),
    );
    this.body = element('div', { class: 'tableBody', role: 'rowgroup' });
    this.element = element(
      'div',
      { class: 'table', role: 'grid', 'aria-label': strings.containers, 'aria-multiselectable': 'true' },
      element('div', { role: 'rowgroup' }, header),
      this.body,
    );
    this.listen();
  }

  /** Rows in the order in which they are to stand. */
  show(rows: readonly StatsRow[], recentOf: (key: string) => Recent): void {
    const wanted = new Set(rows.map(({ key }) => key));
    for (const [key, row] of this.rows)
      if (!wanted.has(key)) {
        row.element.remove();
        this.rows.delete(key);
      }
    for (const row of rows) {
      const { key } = row;
      let made = this.rows.get(key);
      if (made === undefined) {
        made = new TableRow(key, this.options.strings, () => {
          this.options.onOpenLogs(key);
        });
        this.rows.set(key, made);
        this.body.append(made.element);
      }
      made.set(row);
      const { cpu, memory } = recentOf(key);
      made.setCurves(cpu, memory);
    }
    if (!this.isPointedAt) this.arrange(rows);
    this.makeReachable();
  }

  setSort({ by, isDescending }: StatsSort): void {
    for (const [column, header] of this.headers)
      header.setAttribute('aria-sort', column !== by ? 'none' : isDescending ? 'descending' : 'ascending');
  }

  setCharted(colors: ReadonlyMap<string, string>): void {
    for (const [key, row] of this.rows) row.setCharted(colors.get(key));
  }

  private header(by: SortColumn, text: string, className: string): HTMLElement {
    const press = element('button', { type: 'button', class: 'sort' }, text);
    press.addEventListener('click', () => {
      this.isPointedAt = false;
      this.options.onSort(by);
    });
    const header = element('span', { class: className, role: 'columnheader' }, press);
    this.headers.set(by, header);
    return header;
  }

  private listen(): void {
    this.body.addEventListener('pointerenter', () => (this.isPointedAt = true));
    this.body.addEventListener('pointerleave', () => (this.isPointedAt = false));
    this.body.addEventListener('click', ({ target, ctrlKey, metaKey, shiftKey }) => {
      const key =
        target instanceof Element && target.closest('button') === null ? keyAround(target) : undefined;
      if (key !== undefined) this.options.onChoose(key, ctrlKey || metaKey || shiftKey);
    });
    this.body.addEventListener('keydown', (event) => {
      this.onKey(event);
    });
  }

  private onKey(event: KeyboardEvent): void {
    const rows = [...this.body.children].filter((row) => row instanceof HTMLElement);
    const at = rows.findIndex((row) => row === document.activeElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    const key = rows[at]?.dataset['key'];
    if (next !== undefined) this.focus(rows[next]);
    else if (key !== undefined && event.key === ' ') this.options.onChoose(key, true);
    else if (key !== undefined && event.key === 'Enter') this.options.onChoose(key, event.ctrlKey);
    else return;
    event.preventDefault();
  }

  private focus(row: HTMLElement | undefined): void {
    if (row === undefined) return;
    for (const { element: other } of this.rows.values()) other.tabIndex = -1;
    row.tabIndex = 0;
    row.focus();
  }

  /** One row is where the tab key leads. */
  private makeReachable(): void {
    const elements = [...this.rows.values()].map((row) => row.element);
    if (
      !elements.some(({ tabIndex }) => tabIndex === 0) &&
      this.body.firstElementChild instanceof HTMLElement
    )
      this.body.firstElementChild.tabIndex = 0;
  }

  private arrange(rows: readonly StatsRow[]): void {
    let at = this.body.firstElementChild;
    for (const { key } of rows) {
      const row = this.rows.get(key)?.element;
      if (row === undefined) continue;
      if (row === at) at = at.nextElementSibling;
      else this.body.insertBefore(row, at);
    }
  }
}

function keyAround(target: Element): string | undefined {
  return target.closest<HTMLElement>('[data-key]')?.dataset['key'];
}
