import { fill } from '../../base/fill.ts';
import { type LineRemark, parseDockerRunLine } from '../../model/dockerRunLineParser.ts';
import type { RunOptions } from '../../model/runOptions.ts';
import type { RunStrings } from '../../protocol/runStrings.ts';
import { element } from '../dom.ts';
import { Control } from './control.ts';

/** Takes a `docker run` line, and says what of it has no place in the form. */
export class PasteBox {
  readonly element: HTMLElement;
  private readonly strings: RunStrings;
  private readonly control: Control;
  private readonly remarks = element('div', { class: 'remarks', role: 'status' });
  private readonly onLine: (options: RunOptions) => void;

  constructor(strings: RunStrings, onLine: (options: RunOptions) => void) {
    this.strings = strings;
    this.onLine = onLine;
    this.control = new Control(strings.paste, { kind: 'area', placeholder: strings.pasteHint }, () => {
      this.control.setProblem('');
    });
    const { input } = this.control;
    input.addEventListener('input', (event) => {
      if (event instanceof InputEvent && event.inputType === 'insertFromPaste') this.take();
    });
    input.addEventListener('keydown', (event) => {
      if (!(event instanceof KeyboardEvent) || event.key !== 'Enter' || event.shiftKey) return;
      if (event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      this.take();
    });
    this.element = element('div', { class: 'paste' }, this.control.element, this.remarks);
  }

  private take(): void {
    const { strings, control } = this;
    const text = String(control.value);
    if (text.trim() === '') return;
    const parsed = parseDockerRunLine(text);
    control.setProblem(parsed === undefined ? strings.notALine : '');
    control.touch();
    if (parsed === undefined) return;
    control.value = '';
    this.onLine(parsed.options);
    this.show(parsed.remarks);
  }

  private show(remarks: readonly LineRemark[]): void {
    const { strings } = this;
    const lines = remarks.map(({ kind, text }) => element('li', {}, fill(strings.remarks[kind], { text })));
    this.remarks.classList.toggle('warning', lines.length > 0);
    this.remarks.replaceChildren(
      strings.filled,
      ...(lines.length === 0 ? [] : [` ${strings.remarksTitle}`, element('ul', {}, ...lines)]),
    );
  }
}
