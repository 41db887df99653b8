import { element } from '../dom.ts';
import { beginDrawing, colourOf, onThemeChange } from './canvas.ts';
import { Paced } from '../paced.ts';

const partHeight = 3;
const maxParts = 2000;
const updateIntervalMs = 500;

/** Beside the scroll bar: where in the log the matches are. */
export class MatchMarks {
  readonly element = element('canvas', { class: 'matchMarks', 'aria-hidden': 'true' });
  private readonly paced: Paced;
  private counts: readonly number[] = [];
  private shown = '';

  constructor(ask: (parts: number) => Promise<readonly number[]>) {
    this.paced = new Paced(updateIntervalMs, async () => {
      const parts = Math.min(maxParts, Math.floor(this.element.clientHeight / partHeight));
      if (parts < 1) return;
      this.counts = await ask(parts);
      this.draw();
    });
    new ResizeObserver(() => {
      this.draw();
      if (this.counts.length > 0) this.paced.ask();
    }).observe(this.element);
    onThemeChange(() => {
      this.draw();
    });
  }

  /** What was found, and in how much. */
  update(total: number, rows: number): void {
    const shown = total === 0 ? '' : `${String(total)} ${String(rows)}`;
    if (shown === this.shown) return;
    this.shown = shown;
    if (total > 0) this.paced.ask();
    else {
      this.counts = [];
      this.draw();
    }
  }

  private draw(): void {
    const drawing = beginDrawing(this.element);
    if (drawing === undefined) return;
    const { pen, width, height } = drawing;
    pen.fillStyle = colourOf(this.element, '--log-match');
    const step = height / Math.max(1, this.counts.length);
    this.counts.forEach((count, at) => {
      if (count > 0) pen.fillRect(0, Math.round(at * step), width, Math.max(2, Math.round(step)));
    });
  }
}
