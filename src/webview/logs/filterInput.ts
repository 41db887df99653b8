import type { LogCondition } from '../../model/log.ts';
import type { LogsStrings } from '../../protocol/logs.ts';
import { element } from '../dom.ts';
import { conditionOf, draftOf, emptyDraft, expressionProblem } from './conditionText.ts';
import { Toggle } from '../toggle.ts';

/** Where one condition is typed, with its switches. */
export class FilterInput {
  readonly element: HTMLElement;
  private readonly input: HTMLInputElement;
  private readonly inverse: Toggle;
  private readonly matchCase: Toggle;
  private readonly regex: Toggle;

  constructor(options: {
    readonly strings: LogsStrings;
    readonly onChange: () => void;
    readonly onAdd: () => void;
    /** Backspace where nothing is left to delete. */
    readonly onBack: () => void;
    readonly onSaved: () => void;
    readonly onLeave: () => void;
  }) {
    const { strings, onChange } = options;
    this.input = element('input', {
      type: 'text',
      class: 'find',
      spellcheck: 'false',
      autocomplete: 'off',
      'aria-label': strings.filterInput,
      placeholder: strings.filterPlaceholder,
      title: strings.filterHint,
    });
    this.inverse = new Toggle(strings.filterNot, strings.not, onChange);
    this.inverse.element.classList.add('word');
    this.matchCase = new Toggle(strings.matchCase, 'Aa', onChange);
    this.regex = new Toggle(strings.useRegex, '.*', onChange);
    const toggles = [this.inverse.element, this.matchCase.element, this.regex.element];
    this.element = element('div', { class: 'findFrame' }, this.input, ...toggles);
    this.input.addEventListener('input', onChange);
    this.input.addEventListener('keydown', (event) => {
      if (event.isComposing) return;
      if (event.key === 'Enter') options.onAdd();
      else if (event.key === 'Escape') options.onLeave();
      else if (event.key === 'ArrowDown') options.onSaved();
      else if (event.key === 'Backspace' && this.input.value === '') options.onBack();
      else return;
      event.preventDefault();
    });
  }

  get condition(): LogCondition | undefined {
    return conditionOf({
      text: this.input.value,
      isRegex: this.regex.isOn,
      matchCase: this.matchCase.isOn,
      isInverse: this.inverse.isOn,
    });
  }

  /** Undefined empties it. */
  set condition(condition: LogCondition | undefined) {
    const draft = condition === undefined ? emptyDraft : draftOf(condition);
    this.input.value = draft.text;
    this.regex.isOn = draft.isRegex;
    this.matchCase.isOn = draft.matchCase;
    this.inverse.isOn = draft.isInverse;
  }

  get problem(): string | undefined {
    return expressionProblem(this.condition);
  }

  showProblem(hasProblem: boolean): void {
    this.input.setAttribute('aria-invalid', String(hasProblem));
  }

  focus(): void {
    this.input.focus();
    this.input.select();
  }
}
