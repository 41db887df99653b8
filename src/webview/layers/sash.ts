import { element } from '../dom.ts';

const minPercent = 15;
const maxPercent = 75;
const stepPercent = 2;

/** Between two panes side by side: dragged, or moved by the arrow keys, it gives one more room. */
export class Sash {
  readonly element: HTMLElement;
  private readonly parent: HTMLElement;
  private percent = 38;

  /** `parent` sets the first pane’s size by the property `--first`. */
  constructor(parent: HTMLElement, name: string) {
    this.parent = parent;
    this.element = element('div', {
      class: 'sash',
      role: 'separator',
      tabindex: '0',
      'aria-orientation': 'vertical',
      'aria-label': name,
    });
    this.element.addEventListener('pointerdown', (event) => {
      this.element.setPointerCapture(event.pointerId);
    });
    this.element.addEventListener('pointermove', ({ pointerId, clientX, clientY }) => {
      if (!this.element.hasPointerCapture(pointerId)) return;
      const box = parent.getBoundingClientRect();
      const part = this.isUpright ? (clientX - box.left) / box.width : (clientY - box.top) / box.height;
      this.set(100 * part);
    });
    this.element.addEventListener('keydown', ({ key }) => {
      if (key === 'ArrowLeft' || key === 'ArrowUp') this.set(this.percent - stepPercent);
      else if (key === 'ArrowRight' || key === 'ArrowDown') this.set(this.percent + stepPercent);
    });
    this.set(this.percent);
  }

  /** The panes are side by side, not on top of each other. */
  private get isUpright(): boolean {
    return getComputedStyle(this.parent).flexDirection === 'row';
  }

  private set(percent: number): void {
    this.percent = Math.max(minPercent, Math.min(maxPercent, percent));
    this.parent.style.setProperty('--first', `${String(this.percent)}%`);
    this.element.setAttribute('aria-valuenow', String(Math.round(this.percent)));
  }
}
