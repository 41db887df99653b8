import type { LogHistogram } from '../../model/log.ts';
import type { TimestampMode } from '../../model/logTime.ts';
import type { LogsStrings } from '../../protocol/logs.ts';
import { element } from '../dom.ts';
import { beginDrawing, colourOf, onThemeChange } from './canvas.ts';
import { countLevels, partStart, rangeText } from './histogramText.ts';
import { Paced } from '../paced.ts';

const barWidth = 4;
const maxBars = 2000;
const updateIntervalMs = 1000;

/** Lines over time, one bar a slice of it: where it was loud, and where it went wrong. Jumps to what is pointed at. */
export class HistogramStrip {
  readonly element: HTMLElement;
  private readonly strings: LogsStrings;
  private readonly formatCount: (count: number) => string;
  private readonly timestamps: () => TimestampMode;
  private readonly onJump: (at: number) => void;
  private readonly canvas = element('canvas', { 'aria-hidden': 'true' });
  private readonly tip = element('div', { class: 'tip', 'aria-hidden': 'true' });
  private readonly paced: Paced;
  private data: LogHistogram | undefined;
  private cursor: number | undefined;
  private width = 0;

  constructor(options: {
    readonly strings: LogsStrings;
    readonly formatCount: (count: number) => string;
    readonly timestamps: () => TimestampMode;
    readonly ask: (parts: number) => Promise<LogHistogram | undefined>;
    readonly onJump: (at: number) => void;
  }) {
    this.strings = options.strings;
    this.formatCount = options.formatCount;
    this.timestamps = options.timestamps;
    this.onJump = options.onJump;
    const roles = {
      class: 'histogram',
      role: 'slider',
      tabindex: '0',
      'aria-label': this.strings.histogramName,
      'aria-valuemin': '0',
    };
    this.element = element('div', roles, this.canvas, this.tip);
    this.tip.hidden = true;
    this.paced = new Paced(updateIntervalMs, async () => {
      const parts = Math.min(maxBars, Math.floor(this.canvas.clientWidth / barWidth));
      if (parts < 1) return;
      this.data = await options.ask(parts);
      this.draw();
    });
    this.listen();
  }

  /** The log has changed. */
  update(): void {
    // As it was laid out last: to ask the browser would have it lay out the whole page before the log is drawn.
    if (this.width > 0 && !this.element.hidden) this.paced.ask();
  }

  setShown(isShown: boolean): void {
    this.element.hidden = !isShown;
    this.update();
  }

  private listen(): void {
    this.element.addEventListener('pointermove', ({ clientX }) => {
      this.point(this.partAt(clientX));
    });
    this.element.addEventListener('pointerleave', () => {
      this.point(undefined);
    });
    this.element.addEventListener('click', ({ clientX }) => {
      this.point(this.partAt(clientX));
      this.jump();
    });
    this.element.addEventListener('blur', () => {
      this.point(undefined);
    });
    this.element.addEventListener('focus', () => {
      if (this.element.matches(':focus-visible'))
        this.point(this.cursor ?? (this.data?.parts.length ?? 1) - 1);
    });
    this.element.addEventListener('keydown', (event) => {
      this.onKey(event);
    });
    new ResizeObserver(() => {
      if (this.canvas.clientWidth === this.width) return;
      this.width = this.canvas.clientWidth;
      this.draw();
      this.update();
    }).observe(this.element);
    onThemeChange(() => {
      this.draw();
    });
  }

  private onKey(event: KeyboardEvent): void {
    const last = (this.data?.parts.length ?? 0) - 1;
    if (last < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = this.cursor ?? last;
    const moves: Readonly<Record<string, number>> = {
      ArrowLeft: at - 1,
      ArrowRight: at + 1,
      PageUp: at - 10,
      PageDown: at + 10,
      Home: 0,
      End: last,
    };
    if (event.key === 'Enter') this.jump();
    else if (Object.hasOwn(moves, event.key)) this.point(Math.max(0, Math.min(last, moves[event.key] ?? at)));
    else return;
    event.preventDefault();
  }

  private jump(): void {
    if (this.data !== undefined && this.cursor !== undefined) this.onJump(partStart(this.data, this.cursor));
  }

  private partAt(clientX: number): number | undefined {
    if (this.data === undefined) return undefined;
    const { left, width } = this.canvas.getBoundingClientRect();
    const parts = this.data.parts.length;
    return Math.max(0, Math.min(parts - 1, Math.floor(((clientX - left) / width) * parts)));
  }

  private point(part: number | undefined): void {
    if (part === this.cursor) return;
    this.cursor = part;
    this.draw();
  }

  private draw(): void {
    this.describe();
    const drawing = beginDrawing(this.canvas);
    if (drawing === undefined || this.data === undefined) return;
    const { pen, width, height } = drawing;
    const bars = this.data.parts.map(countLevels);
    const most = bars.reduce((max, { lines }) => Math.max(max, lines), 1);
    const [error, warn, rest] = ['--log-error', '--log-warn', '--log-bar'].map((name) =>
      colourOf(this.element, name),
    );
    const step = width / bars.length;
    const room = height - 3;
    bars.forEach(({ errors, warnings, lines }, at) => {
      let top = height;
      const pile = (count: number, colour: string | undefined): void => {
        if (count === 0) return;
        // Of what is grave, a single line is to be seen beside a thousand.
        const size = Math.max(colour === rest ? 1 : 2, (count / most) * room);
        pen.fillStyle = colour ?? '';
        pen.fillRect(at * step, top - size, Math.max(1, step - 1), size);
        top -= size;
      };
      pile(errors, error);
      pile(warnings, warn);
      pile(lines - errors - warnings, rest);
    });
    if (this.cursor === undefined) return;
    pen.fillStyle = colourOf(this.element, '--log-cursor');
    pen.fillRect(Math.round(this.cursor * step + step / 2 - 1), 0, 1, height);
  }

  /** The same in words: for what is pointed at, else for the whole. */
  private describe(): void {
    const { data, cursor } = this;
    this.tip.hidden = cursor === undefined || data === undefined;
    if (data === undefined) {
      this.element.removeAttribute('aria-valuetext');
      return;
    }
    const range =
      cursor === undefined ? { first: 0, end: data.parts.length } : { first: cursor, end: cursor + 1 };
    const { strings, formatCount } = this;
    const text = rangeText(data, range, { strings, formatCount, timestamps: this.timestamps() });
    this.element.setAttribute('aria-valuemax', String(data.parts.length - 1));
    this.element.setAttribute('aria-valuenow', String(cursor ?? data.parts.length - 1));
    this.element.setAttribute('aria-valuetext', text);
    if (cursor === undefined) return;
    this.tip.textContent = text;
    const { clientWidth } = this.element;
    const middle = ((cursor + 0.5) / data.parts.length) * clientWidth;
    const left = Math.max(
      4,
      Math.min(clientWidth - this.tip.offsetWidth - 4, middle - this.tip.offsetWidth / 2),
    );
    this.tip.style.left = `${String(Math.round(left))}px`;
  }
}
