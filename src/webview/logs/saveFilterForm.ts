import { fill } from '../../base/fill.ts';
import type { LineFilter } from '../../model/log.ts';
import { type LogsStrings, maxFilterName, maxSavedFilters, type SavedFilter } from '../../protocol/logs.ts';
import { element } from '../dom.ts';
import { filterText } from './filterText.ts';

/** Asks for the name of a filter that is to be saved, and says when another one has it. */
export class SaveFilterForm {
  readonly element: HTMLFormElement;
  private readonly strings: LogsStrings;
  private readonly saved: () => readonly SavedFilter[];
  private readonly input: HTMLInputElement;
  private readonly submit = element('button', { type: 'submit', class: 'textButton' });
  private readonly hint = element('div', { class: 'saveHint', role: 'status' });
  private filter: LineFilter | undefined;

  constructor(options: {
    readonly strings: LogsStrings;
    readonly saved: () => readonly SavedFilter[];
    readonly onSave: (filter: SavedFilter) => void;
    readonly onLeave: () => void;
  }) {
    const { strings } = options;
    this.strings = strings;
    this.saved = options.saved;
    this.input = element('input', {
      type: 'text',
      class: 'find',
      spellcheck: 'false',
      autocomplete: 'off',
      maxlength: String(maxFilterName),
      'aria-label': strings.filterNameLabel,
      placeholder: strings.filterNameLabel,
    });
    const frame = element('div', { class: 'findFrame' }, this.input);
    this.element = element('form', { class: 'saveFilter' }, frame, this.submit, this.hint);
    this.element.hidden = true;
    this.input.addEventListener('input', () => {
      this.show();
    });
    this.element.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      options.onLeave();
    });
    this.element.addEventListener('submit', (event) => {
      event.preventDefault();
      const { filter, name } = this;
      if (filter !== undefined && !this.submit.disabled) options.onSave({ name, filter });
    });
  }

  /** Proposes what the filter says of itself. */
  open(filter: LineFilter): void {
    this.filter = filter;
    this.element.hidden = false;
    this.input.value = filterText(filter, this.strings).slice(0, maxFilterName).trim();
    this.input.focus();
    this.input.select();
    this.show();
  }

  close(): void {
    this.element.hidden = true;
  }

  /** Other filters are saved by now. */
  show(): void {
    const { strings, name } = this;
    const saved = this.saved();
    const isTaken = saved.some((each) => each.name === name);
    const isFull = !isTaken && saved.length >= maxSavedFilters;
    this.submit.disabled = name === '' || isFull;
    this.submit.textContent = isTaken ? strings.replace : strings.save;
    const full = isFull ? fill(strings.tooManyFilters, { count: maxSavedFilters }) : '';
    this.hint.textContent = isTaken ? strings.replacesFilter : full;
  }

  private get name(): string {
    return this.input.value.trim();
  }
}
