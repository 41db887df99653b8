import type { LogsStrings } from '../../protocol/logs.ts';
import { element } from '../dom.ts';

/** A small box over the log in which one says a time to go to. */
export class GoToTime {
  readonly element: HTMLFormElement;
  private readonly strings: LogsStrings;
  private readonly input: HTMLInputElement;
  private readonly problem = element('span', { class: 'count problem', role: 'status' });

  constructor(options: {
    readonly strings: LogsStrings;
    readonly timeOf: (text: string) => number | undefined;
    readonly onTime: (at: number) => void;
    readonly onLeave: () => void;
  }) {
    const { strings } = options;
    this.strings = strings;
    this.input = element('input', {
      type: 'text',
      class: 'find',
      spellcheck: 'false',
      autocomplete: 'off',
      'aria-label': strings.goToTime,
      placeholder: strings.goToTimeHint,
      title: strings.goToTimeHint,
    });
    const frame = element('div', { class: 'findFrame' }, this.input);
    this.element = element('form', { class: 'goToTime' }, frame, this.problem);
    this.element.hidden = true;
    this.element.addEventListener('submit', (event) => {
      event.preventDefault();
      const at = options.timeOf(this.input.value);
      this.showProblem(at === undefined);
      if (at === undefined) return;
      this.element.hidden = true;
      options.onTime(at);
      options.onLeave();
    });
    this.input.addEventListener('input', () => {
      this.showProblem(false);
    });
    this.input.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      this.element.hidden = true;
      options.onLeave();
    });
  }

  open(): void {
    this.element.hidden = false;
    this.showProblem(false);
    this.input.focus();
    this.input.select();
  }

  private showProblem(hasProblem: boolean): void {
    this.input.setAttribute('aria-invalid', String(hasProblem));
    this.problem.textContent = hasProblem ? this.strings.notATime : '';
  }
}
