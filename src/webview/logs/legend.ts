import { fill } from '../../base/fill.ts';
import type { LogSourceInfo, LogState } from '../../model/log.ts';
import type { LogsStrings } from '../../protocol/logs.ts';
import { element, rename, setPressed } from '../dom.ts';

/** As many colours as a theme has that can be told apart; after them they come again. */
const colours = 6;

/** The class that gives a container its colour. */
export function sourceClass(source: number): string {
  return `source${String(source % colours)}`;
}

/** One button for each container of the log: its colour, its name, and whether its lines show. Nothing for only one. */
export class SourceLegend {
  readonly element: HTMLElement;
  private readonly strings: LogsStrings;
  private readonly onHidden: (hidden: readonly number[]) => void;
  private sources: readonly LogSourceInfo[] = [];
  private hidden: readonly number[] = [];

  constructor(options: {
    readonly strings: LogsStrings;
    readonly hidden: readonly number[];
    readonly onHidden: (hidden: readonly number[]) => void;
  }) {
    this.strings = options.strings;
    this.hidden = options.hidden;
    this.onHidden = options.onHidden;
    const roles = { class: 'legend', role: 'group', 'aria-label': this.strings.legendName };
    this.element = element('div', roles);
    this.element.hidden = true;
  }

  update({ sources }: LogState): void {
    if (sources.length === this.sources.length) return;
    this.sources = sources;
    this.element.hidden = sources.length < 2;
    this.element.replaceChildren(...sources.map((source, number) => this.button(source, number)));
  }

  private button({ name }: LogSourceInfo, number: number): HTMLButtonElement {
    const dot = element('span', { class: 'dot', 'aria-hidden': 'true' });
    const made = element('button', { type: 'button', class: sourceClass(number) }, dot, name);
    rename(made, fill(this.strings.showSource, { name }));
    const draw = (): void => {
      setPressed(made, !this.hidden.includes(number));
    };
    made.addEventListener('click', ({ altKey }) => {
      this.hidden = altKey ? this.allBut(number) : this.toggled(number);
      this.onHidden(this.hidden);
      for (const [at, each] of [...this.element.children].entries())
        if (each instanceof HTMLElement) setPressed(each, !this.hidden.includes(at));
    });
    draw();
    return made;
  }

  private toggled(number: number): readonly number[] {
    return this.hidden.includes(number)
      ? this.hidden.filter((each) => each !== number)
      : [...this.hidden, number];
  }

  /** With Alt: this one alone, and again for all of them. */
  private allBut(number: number): readonly number[] {
    const others = this.sources.map((_, at) => at).filter((at) => at !== number);
    const isAlone = others.every((at) => this.hidden.includes(at)) && !this.hidden.includes(number);
    return isAlone ? [] : others;
  }
}
