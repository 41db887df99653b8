import { fill } from '../../base/fill.ts';
import { button, element } from '../dom.ts';
import { icon } from '../icons.ts';
import { Control, type ControlKind, type ControlValue } from './control.ts';

export interface Column {
  readonly part: string;
  readonly label: string;
  readonly type: ControlKind;
  /** A button that fills it; given the row as it stands. */
  readonly choose?: (row: Row) => Promise<string | undefined>;
  /** Only there when a row has a value for it. */
  readonly isRare?: boolean;
}

export type RowValue = Readonly<Record<string, ControlValue>>;

export interface RowListWords {
  readonly label: string;
  readonly hint: string;
  readonly add: string;
  readonly remove: string;
  readonly choose: string;
  /** With `{list}` and `{number}`. */
  readonly rowName: string;
}

/** One row of a list: its controls by their part. */
export class Row {
  readonly element = element('div', { class: 'row', role: 'group' });
  readonly controls = new Map<string, Control>();

  get value(): RowValue {
    return Object.fromEntries([...this.controls].map(([part, control]) => [part, control.value]));
  }

  /** Nothing is typed into it. */
  get isEmpty(): boolean {
    return [...this.controls.values()].every(({ isText, isEmpty }) => !isText || isEmpty);
  }
}

/** A list of the form: rows that are added, filled in and removed. */
export class RowList {
  readonly element: HTMLFieldSetElement;
  readonly rows: Row[] = [];
  private readonly body = element('div', { class: 'rows' });
  private readonly words: RowListWords;
  private readonly columns: readonly Column[];
  private readonly empty: RowValue;
  private readonly adder: HTMLButtonElement;
  private readonly onChange: () => void;
  private readonly onRow: (row: Row) => void;

  constructor(options: {
    readonly words: RowListWords;
    readonly name: string;
    readonly columns: readonly Column[];
    readonly empty: RowValue;
    readonly extra?: readonly Node[];
    readonly onChange: () => void;
    /** A row was made or changed: what depends on its values is set. */
    readonly onRow?: (row: Row) => void;
  }) {
    this.words = options.words;
    this.columns = options.columns;
    this.empty = options.empty;
    this.onChange = options.onChange;
    this.onRow = options.onRow ?? (() => undefined);
    this.adder = element('button', { type: 'button', class: 'secondary' }, options.words.add);
    this.adder.addEventListener('click', () => {
      this.add(this.empty).controls.values().next().value?.focus();
      this.onChange();
    });
    const { label, hint } = options.words;
    this.element = element(
      'fieldset',
      { class: `list ${options.name}` },
      element('legend', {}, label),
      ...(hint === '' ? [] : [element('p', { class: 'hint' }, hint)]),
      this.body,
      element('div', { class: 'listEnd' }, this.adder, ...(options.extra ?? [])),
    );
  }

  get value(): readonly RowValue[] {
    return this.rows.map(({ value }) => value);
  }

  fill(values: readonly RowValue[]): void {
    this.rows.splice(0);
    this.body.replaceChildren();
    for (const value of values) this.add(value);
  }

  add(value: RowValue): Row {
    const row = new Row();
    for (const column of this.columns) row.controls.set(column.part, this.makeControl(column, row, value));
    const remover = button(this.words.remove, icon('close'), () => {
      this.remove(row);
    });
    row.element.append(...[...row.controls.values()].map((each) => each.element), remover);
    this.rows.push(row);
    this.body.append(row.element);
    this.number();
    this.showRare();
    this.onRow(row);
    return row;
  }

  /** Rows in which nothing is typed go. */
  prune(): void {
    for (const row of this.rows.filter((each) => each.isEmpty)) this.take(row);
  }

  control(index: number, part: string): Control | undefined {
    return this.rows[index]?.controls.get(part);
  }

  get controls(): readonly Control[] {
    return this.rows.flatMap(({ controls }) => [...controls.values()]);
  }

  private makeControl({ part, label, type, choose }: Column, row: Row, value: RowValue): Control {
    const control = new Control(label, type, () => {
      this.onRow(row);
      this.onChange();
    });
    control.element.classList.add(part);
    control.value = value[part] ?? '';
    if (choose !== undefined) {
      const chooser = button(this.words.choose, '…', () => {
        void choose(row).then((chosen) => {
          if (chosen === undefined) return;
          control.value = chosen;
          this.onRow(row);
          this.onChange();
          control.focus();
        });
      });
      control.line.append(chooser);
    }
    return control;
  }

  /** The focus goes to the row that comes after, or to the button that makes a new one. */
  private remove(row: Row): void {
    const at = this.rows.indexOf(row);
    this.take(row);
    this.onChange();
    const next = this.rows[Math.min(at, this.rows.length - 1)]?.controls.values().next().value;
    if (next === undefined) this.adder.focus();
    else next.focus();
  }

  private take(row: Row): void {
    this.rows.splice(this.rows.indexOf(row), 1);
    row.element.remove();
    this.number();
    this.showRare();
  }

  /** A column for few is there as soon as one row has something in it: rows stay in line. */
  private showRare(): void {
    for (const { part } of this.columns.filter(({ isRare }) => isRare === true)) {
      const controls = this.rows.flatMap((row) => row.controls.get(part) ?? []);
      const isUsed = controls.some(({ isEmpty }) => !isEmpty);
      for (const { element: shown } of controls) shown.hidden = !isUsed;
    }
  }

  private number(): void {
    const { label, rowName } = this.words;
    for (const [index, row] of this.rows.entries())
      row.element.setAttribute('aria-label', fill(rowName, { list: label, number: index + 1 }));
  }
}
