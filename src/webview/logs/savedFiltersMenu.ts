import { fill } from '../../base/fill.ts';
import { isFiltering, type LineFilter } from '../../model/log.ts';
import type { LogsStrings, SavedFilter } from '../../protocol/logs.ts';
import { button, element, rename } from '../dom.ts';
import { icon } from '../icons.ts';
import { filterText } from './filterText.ts';
import { SaveFilterForm } from './saveFilterForm.ts';

/** A button and its menu: the filters that were saved, and the way to save the one that is set. */
export class SavedFiltersMenu {
  readonly element: HTMLElement;
  private readonly strings: LogsStrings;
  private readonly current: () => LineFilter;
  private readonly onChoose: (filter: LineFilter) => void;
  private readonly onDelete: (name: string) => void;
  private readonly opener: HTMLButtonElement;
  private readonly menu: HTMLElement;
  private readonly panel: HTMLElement;
  private readonly form: SaveFilterForm;
  private saved: readonly SavedFilter[] = [];

  constructor(options: {
    readonly strings: LogsStrings;
    /** The filter that is set. */
    readonly current: () => LineFilter;
    readonly onChoose: (filter: LineFilter) => void;
    readonly onSave: (filter: SavedFilter) => void;
    readonly onDelete: (name: string) => void;
  }) {
    const { strings } = options;
    this.strings = strings;
    this.current = options.current;
    this.onChoose = options.onChoose;
    this.onDelete = options.onDelete;
    this.menu = element('div', { class: 'savedMenu', role: 'menu', 'aria-label': strings.savedFilters });
    this.form = new SaveFilterForm({
      strings,
      saved: () => this.saved,
      onSave: (filter) => {
        this.close();
        options.onSave(filter);
      },
      onLeave: () => {
        this.showMenu();
      },
    });
    // A popover is above all else, ends with a press elsewhere, and gives the focus back.
    this.panel = element('div', { class: 'savedPanel', popover: 'auto' }, this.form.element, this.menu);
    const roles = { type: 'button', class: 'button savedOpener', 'aria-haspopup': 'menu' };
    this.opener = element('button', { ...roles, 'aria-expanded': 'false' }, icon('saved'));
    rename(this.opener, strings.savedFilters);
    this.opener.popoverTargetElement = this.panel;
    this.element = element('div', { class: 'saved' }, this.opener, this.panel);
    this.listen();
  }

  open(): void {
    this.panel.showPopover();
  }

  /** What is saved, as of now. */
  update(saved: readonly SavedFilter[]): void {
    const at = this.focused;
    this.saved = saved;
    this.form.show();
    if (!this.isOpen) return;
    this.draw();
    if (at >= 0) this.focus(at);
  }

  private get isOpen(): boolean {
    return this.panel.matches(':popover-open');
  }

  private get items(): readonly HTMLElement[] {
    return [...this.menu.querySelectorAll<HTMLElement>('.savedItem:not(:disabled)')];
  }

  /** Index of the item that has the focus, by itself or by its button; -1 for none. */
  private get focused(): number {
    const row = document.activeElement?.closest('.savedRow');
    return this.items.findIndex((item) => item === document.activeElement || item.parentElement === row);
  }

  private listen(): void {
    this.panel.addEventListener('toggle', () => {
      this.opener.setAttribute('aria-expanded', String(this.isOpen));
      if (this.isOpen) this.showMenu();
    });
    this.menu.addEventListener('keydown', (event) => {
      if (this.onKey(event.key)) event.preventDefault();
    });
  }

  private close(): void {
    this.panel.hidePopover();
    this.opener.focus();
  }

  private showMenu(): void {
    this.form.close();
    this.menu.hidden = false;
    this.draw();
    const checked = this.items.findIndex((item) => item.getAttribute('aria-checked') === 'true');
    this.focus(Math.max(0, checked));
  }

  private draw(): void {
    const { strings } = this;
    const current = this.current();
    const save = element('button', { type: 'button', class: 'savedItem', role: 'menuitem', tabindex: '-1' });
    save.append(strings.saveFilter);
    save.disabled = !isFiltering({ ...current, hiddenSources: [] });
    save.addEventListener('click', () => {
      this.menu.hidden = true;
      this.form.open(this.current());
    });
    const empty = element('div', { class: 'savedEmpty' }, strings.noSavedFilters);
    const rows = this.saved.map((each) =>
      this.row(each, JSON.stringify(each.filter) === JSON.stringify(current)),
    );
    const line = element('div', { class: 'savedLine', role: 'separator' });
    this.menu.replaceChildren(save, line, ...(rows.length === 0 ? [empty] : rows));
  }

  private row({ name, filter }: SavedFilter, isCurrent: boolean): HTMLElement {
    const text = filterText(filter, this.strings);
    const item = element('button', {
      type: 'button',
      class: 'savedItem',
      role: 'menuitemradio',
      'aria-checked': String(isCurrent),
      tabindex: '-1',
    });
    const mark = element('span', { class: 'savedMark' }, ...(isCurrent ? [icon('check')] : []));
    item.append(mark, element('span', { class: 'savedName' }, name));
    if (text !== name) item.append(' ', element('span', { class: 'savedText' }, text));
    item.title = text;
    item.addEventListener('click', () => {
      this.close();
      this.onChoose(filter);
    });
    const remove = button(fill(this.strings.deleteFilter, { name }), icon('trash'), () => {
      this.onDelete(name);
    });
    remove.setAttribute('role', 'menuitem');
    remove.tabIndex = -1;
    return element('div', { class: 'savedRow', role: 'none' }, item, remove);
  }

  private focus(at: number): void {
    const { items } = this;
    items[Math.min(at, items.length - 1)]?.focus();
  }

  /** True when the key is one of the menu's. */
  private onKey(key: string): boolean {
    const { items, focused } = this;
    const { length } = items;
    const item = items[focused];
    const saved = this.savedOf(item);
    if (key === 'ArrowDown') this.focus((focused + 1) % length);
    else if (key === 'ArrowUp') this.focus((Math.max(0, focused) + length - 1) % length);
    else if (key === 'Home') this.focus(0);
    else if (key === 'End') this.focus(length - 1);
    else if (key === 'Tab') this.close();
    else if (saved === undefined) return false;
    else if (key === 'Delete') this.onDelete(saved.name);
    else if (key === 'ArrowRight') item?.parentElement?.querySelector<HTMLElement>('.button')?.focus();
    else if (key === 'ArrowLeft') item?.focus();
    else return false;
    return true;
  }

  private savedOf(item: HTMLElement | undefined): SavedFilter | undefined {
    const rows = [...this.menu.querySelectorAll('.savedRow')];
    return this.saved[rows.findIndex((row) => row === item?.parentElement)];
  }
}
