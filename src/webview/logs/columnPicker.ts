import { fill } from '../../base/fill.ts';
import type { LogFieldSample } from '../../model/log.ts';
import { maxColumns, type LogsStrings } from '../../protocol/logs.ts';
import { element } from '../dom.ts';

/** Which fields have columns. */
export interface ColumnChoice {
  readonly columns: readonly string[];
  readonly onlyColumns: boolean;
}

/** More than anybody looks through; typing finds the others. */
const maxOptions = 100;

/** A box over the log in which one ticks the fields that have columns. The focus stays where one types. */
export class ColumnPicker {
  readonly element: HTMLElement;
  private readonly strings: LogsStrings;
  private readonly onChange: (choice: ColumnChoice) => void;
  private readonly onToggle: () => void;
  private readonly onLeave: () => void;
  private readonly input: HTMLInputElement;
  private readonly options = element('div', { class: 'options', role: 'listbox', id: 'columnOptions' });
  private readonly empty = element('p', { class: 'hint', role: 'status' });
  private readonly only = element('input', { type: 'checkbox' });
  private choice: ColumnChoice;
  private sample: LogFieldSample | undefined;
  /** The option that keys are meant for. */
  private active: string | undefined;

  constructor(parts: {
    readonly id: string;
    readonly strings: LogsStrings;
    readonly choice: ColumnChoice;
    readonly onChange: (choice: ColumnChoice) => void;
    /** It was shown or hidden. */
    readonly onToggle: () => void;
    readonly onLeave: () => void;
  }) {
    const { strings } = parts;
    this.strings = strings;
    this.choice = parts.choice;
    this.onChange = parts.onChange;
    this.onToggle = parts.onToggle;
    this.onLeave = parts.onLeave;
    this.options.setAttribute('aria-label', strings.columns);
    this.options.setAttribute('aria-multiselectable', 'true');
    this.input = element('input', {
      type: 'text',
      class: 'find',
      role: 'combobox',
      spellcheck: 'false',
      autocomplete: 'off',
      'aria-expanded': 'true',
      'aria-controls': this.options.id,
      'aria-label': strings.findField,
      placeholder: strings.findField,
      title: strings.columnsHint,
    });
    this.only.checked = this.choice.onlyColumns;
    const only = element('label', { class: 'only' }, this.only, strings.onlyColumns);
    const hint = element('p', { class: 'hint' }, strings.columnsHint);
    const roles = { class: 'columnPicker', id: parts.id, role: 'dialog', 'aria-label': strings.columns };
    this.element = element(
      'div',
      roles,
      element('div', { class: 'findFrame' }, this.input),
      this.options,
      this.empty,
      only,
      hint,
    );
    this.element.hidden = true;
    this.listen();
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  open(): void {
    this.element.hidden = false;
    this.input.value = '';
    this.active = undefined;
    this.draw();
    this.input.focus();
    this.onToggle();
  }

  close(): void {
    this.element.hidden = true;
    this.onToggle();
    this.onLeave();
  }

  /** Gives a field a column, or takes it away. */
  toggle(name: string): void {
    const { columns } = this.choice;
    const isChosen = columns.includes(name);
    if (!isChosen && columns.length >= maxColumns) return;
    this.choose({
      ...this.choice,
      columns: isChosen ? columns.filter((each) => each !== name) : [...columns, name],
    });
  }

  update(sample: LogFieldSample | undefined): void {
    this.sample = sample;
    if (this.isOpen) this.draw();
  }

  private listen(): void {
    this.input.addEventListener('input', () => {
      this.active = undefined;
      this.draw();
    });
    this.only.addEventListener('change', () => {
      this.choose({ ...this.choice, onlyColumns: this.only.checked });
    });
    this.element.addEventListener('keydown', (event) => {
      if (event.isComposing || !this.press(event)) return;
      event.preventDefault();
      event.stopPropagation();
    });
    // The focus stays in the input.
    this.options.addEventListener('mousedown', (event) => {
      event.preventDefault();
    });
    this.options.addEventListener('click', ({ target }) => {
      const option = target instanceof Element ? target.closest<HTMLElement>('.option') : null;
      const name = option?.dataset['name'];
      if (name === undefined) return;
      this.active = name;
      this.toggle(name);
    });
    this.element.addEventListener('focusout', ({ relatedTarget }) => {
      // Its own button closes it by itself; another window takes the focus and brings it back.
      if (!(relatedTarget instanceof Element) || this.element.contains(relatedTarget)) return;
      if (!this.isOpen || relatedTarget.getAttribute('aria-controls') === this.element.id) return;
      this.element.hidden = true;
      this.onToggle();
    });
  }

  private press({ key, altKey, target }: KeyboardEvent): boolean {
    if (key === 'Escape') {
      this.close();
      return true;
    }
    if (target !== this.input) return false;
    const step = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      if (altKey) this.move(step);
      else this.go(step);
      return true;
    }
    if (key !== 'Enter') return false;
    const name = this.active ?? this.names()[0];
    if (name !== undefined) {
      this.active = name;
      this.toggle(name);
    }
    return true;
  }

  /** Those that have columns in their order, then all others, as far as they have what is typed. */
  private names(): readonly string[] {
    const { columns } = this.choice;
    const typed = this.input.value.trim().toLowerCase();
    const others = (this.sample?.fields ?? [])
      .map(({ name }) => name)
      .filter((name) => !columns.includes(name));
    const all = [...columns, ...others].filter((name) => name.toLowerCase().includes(typed));
    return all.slice(0, maxOptions);
  }

  private go(step: number): void {
    const names = this.names();
    const at = this.active === undefined ? -1 : names.indexOf(this.active);
    const next = at < 0 && step < 0 ? names.length - 1 : at + step;
    this.active = names[(next + names.length) % Math.max(1, names.length)];
    this.draw();
  }

  /** Among the columns. */
  private move(step: number): void {
    const { active } = this;
    const columns = [...this.choice.columns];
    const at = active === undefined ? -1 : columns.indexOf(active);
    const to = at + step;
    if (active === undefined || at < 0 || to < 0 || to >= columns.length) return;
    columns.splice(at, 1);
    columns.splice(to, 0, active);
    this.choose({ ...this.choice, columns });
  }

  private choose(choice: ColumnChoice): void {
    this.choice = choice;
    this.draw();
    this.onChange(choice);
  }

  private draw(): void {
    const names = this.names();
    this.options.replaceChildren(...names.map((name, at) => this.option(name, at)));
    const isReading = this.sample === undefined;
    this.empty.textContent = names.length > 0 || isReading ? '' : this.strings.noFields;
    const active = this.options.querySelector('.active');
    if (active === null) this.input.removeAttribute('aria-activedescendant');
    else {
      this.input.setAttribute('aria-activedescendant', active.id);
      active.scrollIntoView({ block: 'nearest' });
    }
  }

  private option(name: string, at: number): HTMLElement {
    const isChosen = this.choice.columns.includes(name);
    const { lines = 0, fields = [] } = this.sample ?? {};
    const own = fields.find((field) => field.name === name)?.lines ?? 0;
    // Seldom is not never.
    const percent = lines === 0 ? 0 : Math.max(own > 0 ? 1 : 0, Math.round((100 * own) / lines));
    const box = element('span', { class: 'box', 'aria-hidden': 'true' }, isChosen ? '✓' : '');
    const share = element('span', { class: 'share' }, fill(this.strings.percent, { count: percent }));
    const isActive = name === this.active;
    const made = element(
      'div',
      {
        class: isActive ? 'option active' : 'option',
        role: 'option',
        id: `column${String(at)}`,
        'aria-selected': String(isChosen),
        title: name,
      },
      box,
      element('span', { class: 'name' }, name),
      share,
    );
    made.dataset['name'] = name;
    return made;
  }
}
