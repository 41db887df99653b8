import { fill } from '../../base/fill.ts';
import { oneLine } from '../../base/format.ts';
import { plainText } from '../../model/ansi.ts';
import { textOf } from '../../model/fields/linePart.ts';
import type { LogCondition } from '../../model/log.ts';
import type { TimestampMode } from '../../model/logTime.ts';
import { maxPatternLength, type LogsStrings } from '../../protocol/logs.ts';
import { arrange, shownFields, type FieldsLook } from './arrangement.ts';
import { FieldMenu, type MenuItem } from './fieldMenu.ts';
import type { LogList } from './list.ts';
import type { Pointed } from './pointed.ts';

/** Of a value in the menu. */
const maxShownLength = 40;

/** What can be done with a field's value in a row: by a click on it, or by keys, which go from one to the next. */
export class FieldValues {
  readonly menu: FieldMenu;
  private readonly strings: LogsStrings;
  private readonly list: LogList;
  private readonly pointed: Pointed;
  private readonly look: () => {
    readonly timestamps: TimestampMode;
    readonly fields: FieldsLook | undefined;
  };
  private readonly onFilter: (condition: LogCondition) => void;
  private readonly onColumn: (name: string) => void;
  /** The one that has or had the focus. */
  private current: HTMLElement | undefined;

  constructor(options: {
    readonly strings: LogsStrings;
    readonly list: LogList;
    readonly pointed: Pointed;
    readonly look: () => { readonly timestamps: TimestampMode; readonly fields: FieldsLook | undefined };
    readonly onFilter: (condition: LogCondition) => void;
    /** A field is to have a column, or none any more. */
    readonly onColumn: (name: string) => void;
  }) {
    this.strings = options.strings;
    this.list = options.list;
    this.pointed = options.pointed;
    this.look = options.look;
    this.onFilter = options.onFilter;
    this.onColumn = options.onColumn;
    this.menu = new FieldMenu({
      name: this.strings.fieldMenu,
      onCancel: () => {
        this.focus(this.current);
      },
    });
    this.listen();
  }

  private listen(): void {
    const { element } = this.list;
    element.addEventListener('click', ({ target, detail }) => {
      this.menu.close();
      // Who selects text, or a word by a double click, means the text; a link in a value is a link.
      const isText = detail > 1 || document.getSelection()?.isCollapsed === false;
      if (isText || !(target instanceof Element) || target.closest('.sourceLink') !== null) return;
      const value = target.closest<HTMLElement>('.value');
      if (value !== null) this.open(value, undefined);
    });
    element.addEventListener('keydown', (event) => {
      if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
      const isHere = event.target === element ? this.enter(event.key) : this.press(event);
      if (isHere) event.preventDefault();
    });
    element.addEventListener('scroll', () => {
      this.menu.close();
    });
  }

  /** From the log to the values of the row that keys are meant for, or of the next one on screen that has some. */
  private enter(key: string): boolean {
    const { rows, screen } = this.list;
    const [first, end] = screen;
    if (key !== 'Enter') return false;
    for (let position = this.pointed.position ?? first; position < end; position++) {
      const { row, element } = rows.at(position) ?? {};
      const value = element?.querySelector<HTMLElement>('.value') ?? undefined;
      if (row === undefined || value === undefined) continue;
      this.pointed.point(row.row);
      this.focus(value);
      return true;
    }
    return false;
  }

  private press({ key, target }: KeyboardEvent): boolean {
    const value = target instanceof HTMLElement && target.classList.contains('value') ? target : undefined;
    if (value === undefined) return false;
    switch (key) {
      case 'Enter':
      case ' ':
        this.open(value, value);
        return true;
      case 'ArrowRight':
        this.focus(neighbour(value, 1));
        return true;
      case 'ArrowLeft':
        this.focus(neighbour(value, -1));
        return true;
      case 'Escape':
        this.focus(undefined);
        return true;
      default:
        return false;
    }
  }

  /** Without a value, or one that is drawn no longer: the log. */
  private focus(value: HTMLElement | undefined): void {
    this.current = value;
    const field = value?.isConnected === true ? this.fieldOf(value) : undefined;
    if (value === undefined || field === undefined) {
      this.list.element.focus();
      return;
    }
    // What one looks at must not run away.
    this.list.hold();
    value.tabIndex = -1;
    value.role = 'button';
    value.ariaHasPopup = 'menu';
    value.ariaLabel = `${field.name}=${field.value}`;
    value.focus();
  }

  private open(value: HTMLElement, focused: HTMLElement | undefined): void {
    this.current = focused;
    const field = this.fieldOf(value);
    const frame = this.menu.element.parentElement;
    if (field === undefined || frame === null) return;
    this.list.hold();
    this.menu.open(value, frame, this.items(field));
  }

  private items({ name, value }: { readonly name: string; readonly value: string }): readonly MenuItem[] {
    const { strings } = this;
    const filter = (isInverse: boolean) => (): void => {
      this.list.element.focus();
      this.onFilter({ kind: 'field', name, value, isExact: true, isInverse });
    };
    const column = (): void => {
      this.list.element.focus();
      this.onColumn(name);
    };
    const field = oneLine(`${name}=${value}`, maxShownLength);
    const hasColumn = this.look().fields?.columns.some((each) => each.name === name) === true;
    const text = fill(hasColumn ? strings.removeColumn : strings.addColumn, {
      name: oneLine(name, maxShownLength),
    });
    const filters = [
      { text: fill(strings.filterOnly, { field }), run: filter(false) },
      { text: fill(strings.filterOut, { field }), run: filter(true) },
    ];
    const fits = name.length <= maxPatternLength && value.length <= maxPatternLength;
    return [...(fits ? filters : []), { text, run: column }];
  }

  /** Values are elements in the order in which they were arranged. */
  private fieldOf(value: HTMLElement): { readonly name: string; readonly value: string } | undefined {
    const row = this.list.rows.rowAround(value);
    const { fields, timestamps } = this.look();
    if (row?.kind !== 'line' || fields === undefined) return undefined;
    const text = plainText(row.text);
    const arrangement = arrange(row, text, fields, timestamps);
    const at = siblings(value).indexOf(value);
    const field = arrangement === undefined ? undefined : shownFields(arrangement)[at];
    return field === undefined ? undefined : { name: field.name, value: textOf(text, field.value) };
  }
}

function siblings(value: HTMLElement): readonly HTMLElement[] {
  return [...(value.closest('.row')?.querySelectorAll<HTMLElement>('.value') ?? [])];
}

function neighbour(value: HTMLElement, by: number): HTMLElement {
  const all = siblings(value);
  return all[all.indexOf(value) + by] ?? value;
}
