import { fill } from '../../base/fill.ts';
import type { RunForm } from '../../model/runForm.ts';
import type { ReadForm } from '../../model/runFormReader.ts';
import type { RunOptions } from '../../model/runOptions.ts';
import type {
  Choice,
  ImageHints,
  RunKnown,
  RunPageTarget,
  RunResult,
  TakenPort,
} from '../../protocol/run.ts';
import type { RunStrings } from '../../protocol/runStrings.ts';
import { element, takeFocus } from '../dom.ts';
import { FormView } from './formView.ts';
import { showImage } from './imageHints.ts';
import { PasteBox } from './pasteBox.ts';
import { problemTexts } from './problems.ts';

export interface RunScreenOptions {
  readonly strings: RunStrings;
  readonly target: RunPageTarget;
  readonly choose: (what: Choice) => Promise<string | undefined>;
  readonly onChange: () => void;
  readonly onLine: (options: RunOptions) => void;
  readonly onCopy: (text: string) => void;
  readonly onRun: () => void;
  readonly onCancel: () => void;
}

/** What is around the fields: the heading, what is wrong as a whole, the line, and the buttons. */
export class RunScreen {
  readonly element: HTMLElement;
  readonly form: FormView;
  private readonly strings: RunStrings;
  private readonly alert = element('div', { class: 'alert', role: 'alert' });
  private readonly status = element('div', { class: 'status', role: 'status' });
  private readonly line: HTMLElement;
  private readonly copy: HTMLButtonElement;
  private readonly run: HTMLButtonElement;
  private readonly cancel: HTMLButtonElement;
  private readonly onRun: () => void;
  private text = '';

  constructor(options: RunScreenOptions) {
    const { strings, target, onChange, onRun } = options;
    this.strings = strings;
    this.onRun = onRun;
    this.form = new FormView({ strings, choose: options.choose, onChange });
    this.line = element('code', {
      class: 'lineText',
      role: 'textbox',
      tabindex: '0',
      'aria-readonly': 'true',
      'aria-multiline': 'true',
      'aria-label': strings.lineNote,
    });
    this.copy = textButton(strings.copy, 'secondary', () => {
      options.onCopy(this.text);
      this.status.textContent = strings.copied;
    });
    this.run = textButton(target.replaces === undefined ? strings.run : strings.recreate, 'primary', onRun);
    this.run.title = `${this.run.textContent} (Ctrl+Enter)`;
    this.cancel = textButton(strings.cancel, 'secondary', options.onCancel);
    this.cancel.hidden = true;
    this.alert.hidden = true;
    this.element = element(
      'div',
      { class: 'page' },
      element(
        'main',
        { class: 'content' },
        heading(target, strings),
        ...notes(target, strings),
        this.alert,
        ...(target.replaces === undefined ? [new PasteBox(strings, options.onLine).element] : []),
        this.form.element,
      ),
      element(
        'footer',
        { class: 'footer' },
        element('div', { class: 'lineBox' }, this.line, this.copy),
        element('div', { class: 'actions' }, this.run, this.cancel, this.status),
      ),
    );
    this.element.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      onRun();
    });
  }

  /** It is on screen. */
  begin(): void {
    const image = this.form.singles.get('image');
    if (image?.isEmpty === true) takeFocus(image.input);
  }

  showLine(text: string, isConnected: boolean): void {
    this.text = text;
    this.line.textContent = text;
    this.run.disabled = !isConnected;
    if (!isConnected) this.status.textContent = this.strings.disconnected;
    else if (this.status.textContent === this.strings.disconnected) this.status.textContent = '';
  }

  showProblems(form: RunForm, read: ReadForm, known: RunKnown, taken: readonly TakenPort[]): void {
    this.form.setProblems(problemTexts(form, read, known, taken, this.strings));
  }

  showImage(name: string, hints: ImageHints | undefined): void {
    showImage(this.form, this.strings, name, hints);
  }

  /** False when something is wrong: it is said, and the first such field has the focus. */
  isReady(): boolean {
    const { strings } = this;
    const wrong = this.form.touchAll();
    const count = wrong.length;
    wrong[0]?.focus();
    this.alert.hidden = true;
    this.status.textContent =
      count === 0 ? '' : count === 1 ? strings.oneProblem : fill(strings.problemCount, { count });
    return count === 0 && !this.run.disabled;
  }

  begins(image: string): void {
    this.form.isDisabled = true;
    this.run.disabled = true;
    this.cancel.hidden = false;
    this.alert.hidden = true;
    this.status.textContent = fill(this.strings.running, { image });
    this.cancel.focus();
  }

  ends(result: RunResult): void {
    const { strings } = this;
    this.form.isDisabled = false;
    this.run.disabled = false;
    this.cancel.hidden = true;
    this.status.textContent = result.kind === 'cancelled' ? strings.cancelled : '';
    if (result.kind === 'failed') this.fail(result.message, result.at);
    else takeFocus(this.run);
  }

  private fail(message: string, at: string): void {
    const control = at === '' ? undefined : this.form.control(at);
    if (control !== undefined && control.element.offsetParent !== null) {
      control.refuse(message);
      takeFocus(control);
      this.status.textContent = this.strings.oneProblem;
      return;
    }
    const retry = textButton(this.strings.retry, 'secondary', this.onRun);
    this.alert.replaceChildren(element('span', {}, message), retry);
    this.alert.hidden = false;
    this.alert.scrollIntoView({ block: 'nearest' });
    takeFocus(retry);
  }
}

function heading({ replaces, engineName }: RunPageTarget, strings: RunStrings): HTMLElement {
  const title = replaces === undefined ? strings.title : fill(strings.titleReplace, { name: replaces.name });
  return element(
    'header',
    {},
    element('h1', {}, title),
    element('span', { class: 'engine' }, fill(strings.onEngine, { engine: engineName })),
  );
}

function notes({ replaces }: RunPageTarget, strings: RunStrings): readonly Node[] {
  if (replaces === undefined) return [];
  const { name, keptNames } = replaces;
  return [
    element('p', { class: 'note' }, fill(strings.replaceNote, { name })),
    ...(keptNames.length === 0
      ? []
      : [element('p', { class: 'note' }, fill(strings.keptNote, { names: keptNames.join(', ') }))]),
  ];
}

function textButton(label: string, look: 'primary' | 'secondary', onPress: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button', class: look }, label);
  made.addEventListener('click', onPress);
  return made;
}
