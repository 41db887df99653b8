import { fill } from '../../base/fill.ts';
import { parseAnsi } from '../../model/ansi.ts';
import type { BuildOutput, BuildStep } from '../../model/build.ts';
import type { BuildStrings } from '../../protocol/build.ts';
import { applyStyle } from '../ansiStyle.ts';
import { element } from '../dom.ts';

/** Lines above and below the ones in sight that are drawn with them. */
const margin = 20;
/** In pixels, as in the style sheet. */
const lineHeight = 17;

/** What a step wrote: of thousands of lines those in sight. It stays at its end while somebody looks there. */
export class OutputView {
  readonly element: HTMLElement;
  private readonly strings: BuildStrings;
  private readonly dropped = element('div', { class: 'dropped' });
  private readonly view: HTMLElement;
  private readonly room = element('div', { class: 'outputRoom' });
  private readonly lines = element('div', { class: 'outputLines' });
  private output: BuildOutput = { lines: [], droppedLines: 0 };
  private drawn = { first: -1, end: -1, output: this.output };

  constructor(strings: BuildStrings) {
    this.strings = strings;
    this.room.append(this.lines);
    this.view = element('div', { class: 'output', role: 'log', tabindex: '0' }, this.room);
    this.view.addEventListener('scroll', () => {
      this.draw();
    });
    this.element = element('div', { class: 'outputFrame' }, this.dropped, this.view);
  }

  set({ output, label, name }: BuildStep): void {
    if (output === this.output) return;
    const { view } = this;
    const isAtEnd = view.scrollHeight - view.scrollTop - view.clientHeight < 4;
    this.output = output;
    view.setAttribute('aria-label', fill(this.strings.output, { step: label || name }));
    this.element.hidden = output.lines.length === 0;
    this.dropped.hidden = output.droppedLines === 0;
    this.dropped.textContent = fill(this.strings.dropped, { count: output.droppedLines });
    this.room.style.height = `${String(output.lines.length * lineHeight)}px`;
    if (isAtEnd) view.scrollTop = view.scrollHeight;
    this.draw();
  }

  private draw(): void {
    const { view, output } = this;
    // Before it has a place on screen there is room for all that fits later.
    const height = view.clientHeight || 400;
    const first = Math.max(0, Math.floor(view.scrollTop / lineHeight) - margin);
    const end = Math.min(output.lines.length, Math.ceil((view.scrollTop + height) / lineHeight) + margin);
    if (first === this.drawn.first && end === this.drawn.end && output === this.drawn.output) return;
    this.drawn = { first, end, output };
    this.lines.style.transform = `translateY(${String(first * lineHeight)}px)`;
    this.lines.replaceChildren(...output.lines.slice(first, end).map(lineElement));
  }
}

function lineElement(raw: string): HTMLElement {
  const { text, spans } = parseAnsi(raw);
  const line = element('div', { class: 'outputLine' });
  let at = 0;
  for (const { start, end, style } of spans) {
    if (start > at) line.append(text.slice(at, start));
    const part = element('span', {}, text.slice(start, end));
    applyStyle(part, style);
    line.append(part);
    at = end;
  }
  line.append(text.slice(at));
  return line;
}
