import { element } from '../dom.ts';

export type ControlValue = string | boolean;

/** What a control is made of. */
export type ControlKind =
  | { readonly kind: 'text'; readonly placeholder?: string; readonly isCode?: boolean }
  /** Of several lines, where one is meant as a rule. */
  | { readonly kind: 'area'; readonly placeholder?: string }
  | { readonly kind: 'select'; readonly options: readonly (readonly [value: string, label: string])[] }
  | { readonly kind: 'check' };

type Input = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** One field with its label and what is wrong with it. */
export class Control {
  readonly element: HTMLElement;
  readonly input: Input;
  /** Stands beside the input, for a button that fills it. */
  readonly line: HTMLElement;
  private readonly label: HTMLElement;
  private readonly problem: HTMLElement;
  /** What an engine said of it, until it is changed. */
  private refusal = '';
  /** Somebody has been here: what is wrong is said from then on. */
  private isTouched = false;
  private wrong = '';

  constructor(label: string, type: ControlKind, onChange: () => void) {
    const id = `field-${crypto.randomUUID()}`;
    this.input = makeInput(type);
    this.input.id = id;
    this.problem = element('div', { class: 'problem', id: `${id}-problem` });
    this.problem.hidden = true;
    this.label = element('label', { for: id }, label);
    if (type.kind === 'check') {
      this.line = element('div', { class: 'checkLine' }, this.input, this.label);
      this.element = element('div', { class: 'field check' }, this.line, this.problem);
    } else {
      this.line = element('div', { class: 'inputLine' }, this.input);
      this.element = element('div', { class: 'field' }, this.label, this.line, this.problem);
    }
    this.input.addEventListener('input', () => {
      this.refusal = '';
      onChange();
    });
    this.input.addEventListener('blur', () => {
      this.touch();
    });
  }

  get value(): ControlValue {
    return this.input instanceof HTMLInputElement && this.input.type === 'checkbox'
      ? this.input.checked
      : this.input.value;
  }

  set value(value: ControlValue) {
    if (typeof value === 'boolean') {
      if (this.input instanceof HTMLInputElement) this.input.checked = value;
    } else this.input.value = value;
    this.refusal = '';
  }

  get isEmpty(): boolean {
    const { value } = this;
    return typeof value === 'string' && value === '';
  }

  /** Something is typed into it, and not chosen. */
  get isText(): boolean {
    return !(this.input instanceof HTMLSelectElement) && this.input.type !== 'checkbox';
  }

  rename(label: string, placeholder: string): void {
    this.label.textContent = label;
    this.hint(placeholder);
  }

  /** Stands in grey where nothing is typed. */
  hint(placeholder: string): void {
    if (!(this.input instanceof HTMLSelectElement)) this.input.placeholder = placeholder;
  }

  focus(): void {
    this.input.focus();
    this.element.scrollIntoView({ block: 'nearest' });
  }

  touch(): void {
    this.isTouched = true;
    this.show();
  }

  /** Empty: nothing is wrong. */
  setProblem(text: string): void {
    this.wrong = text;
    this.show();
  }

  refuse(text: string): void {
    this.refusal = text;
    this.show();
  }

  get hasProblem(): boolean {
    return this.wrong !== '';
  }

  private show(): void {
    // What is typed and can't be read is said at once; what is missing, when one has been there.
    const text = this.refusal || (this.isTouched || !this.isEmpty ? this.wrong : '');
    if (this.problem.textContent === text) return;
    this.problem.textContent = text;
    this.problem.hidden = text === '';
    this.input.setAttribute('aria-invalid', String(text !== ''));
    if (text === '') this.input.removeAttribute('aria-describedby');
    else this.input.setAttribute('aria-describedby', this.problem.id);
  }
}

function makeInput(type: ControlKind): Input {
  const plain = { spellcheck: 'false', autocomplete: 'off' };
  switch (type.kind) {
    case 'text':
      return element('input', {
        type: 'text',
        ...plain,
        ...(type.isCode === true ? { class: 'code' } : {}),
        placeholder: type.placeholder ?? '',
      });
    case 'area':
      return element('textarea', { ...plain, class: 'code', rows: '1', placeholder: type.placeholder ?? '' });
    case 'select':
      return element(
        'select',
        {},
        ...type.options.map(([value, label]) => element('option', { value }, label)),
      );
    case 'check':
      return element('input', { type: 'checkbox' });
  }
}
