import { element } from '../dom.ts';

export interface MenuItem {
  readonly text: string;
  readonly run: () => void;
}

/** A small menu below something in the log. */
export class FieldMenu {
  readonly element: HTMLElement;
  private readonly onCancel: () => void;

  constructor(options: {
    readonly name: string;
    /** It was closed by a key, and had the focus. */
    readonly onCancel: () => void;
  }) {
    this.onCancel = options.onCancel;
    this.element = element('div', { class: 'fieldMenu', role: 'menu', 'aria-label': options.name });
    this.element.hidden = true;
    this.element.addEventListener('keydown', (event) => {
      if (!this.press(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
    });
    this.element.addEventListener('focusout', ({ relatedTarget }) => {
      if (!(relatedTarget instanceof Node && this.element.contains(relatedTarget))) this.close();
    });
  }

  /** Within the frame that it is drawn over. */
  open(anchor: HTMLElement, frame: HTMLElement, items: readonly MenuItem[]): void {
    this.element.replaceChildren(...items.map((item) => this.button(item)));
    this.element.hidden = false;
    const around = frame.getBoundingClientRect();
    const place = anchor.getClientRects()[0] ?? anchor.getBoundingClientRect();
    const { offsetWidth, offsetHeight } = this.element;
    const left = Math.min(place.left - around.left, around.width - offsetWidth - margin);
    const below = place.bottom - around.top;
    const above = place.top - around.top - offsetHeight;
    const top = below + offsetHeight > around.height && above >= 0 ? above : below;
    this.element.style.left = `${String(Math.max(margin, left))}px`;
    this.element.style.top = `${String(top)}px`;
    this.step(1);
  }

  close(): void {
    this.element.hidden = true;
  }

  private press(key: string): boolean {
    switch (key) {
      case 'Escape':
      case 'Tab':
        this.close();
        this.onCancel();
        return true;
      case 'ArrowDown':
        this.step(1);
        return true;
      case 'ArrowUp':
        this.step(-1);
        return true;
      default:
        return false;
    }
  }

  private button({ text, run }: MenuItem): HTMLButtonElement {
    const made = element('button', { type: 'button', role: 'menuitem', tabindex: '-1' }, text);
    made.addEventListener('click', () => {
      this.close();
      run();
    });
    return made;
  }

  private step(by: number): void {
    const items = [...this.element.querySelectorAll('button')];
    const at = items.findIndex((item) => item === document.activeElement);
    items[(at + by + items.length) % items.length]?.focus({ preventScroll: true });
  }
}

const margin = 8;
