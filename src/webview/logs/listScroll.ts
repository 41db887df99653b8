import { ScrollScale } from './scrollScale.ts';

/** How far the list is scrolled: in the list itself, and in the browser, which has less room for a list of any length. */
export class ListScroll {
  /** The top of the screen in the list. */
  top = 0;
  private readonly view: HTMLElement;
  private readonly space: HTMLElement;
  private readonly scale = new ScrollScale();
  /** How far the browser scrolled for `top`. */
  private scrolledTo = 0;
  private isScrolling = false;

  constructor(options: {
    readonly view: HTMLElement;
    /** As high as the whole list. */
    readonly space: HTMLElement;
    readonly onScroll: () => void;
    /** A movement is over that was not put right while it lasted. */
    readonly onRest: () => void;
    readonly onUp: () => void;
  }) {
    this.view = options.view;
    this.space = options.space;
    this.view.addEventListener('scroll', options.onScroll);
    this.view.addEventListener('scrollend', () => {
      this.isScrolling = false;
      if (this.scale.isScaled) options.onRest();
    });
    // A turn of the wheel upwards counts even while new lines pull to the end.
    this.view.addEventListener(
      'wheel',
      ({ deltaY }) => {
        if (deltaY < 0 && this.view.scrollTop > 0) options.onUp();
      },
      { passive: true },
    );
  }

  /** Takes in what the browser scrolled since the list was placed; undefined when it did not. */
  follow(viewHeight: number): { readonly isAtEnd: boolean } | undefined {
    const { scrollTop, clientHeight } = this.view;
    const moved = scrollTop - this.scrolledTo;
    if (Math.abs(moved) < 1) return undefined;
    this.scrolledTo = scrollTop;
    this.isScrolling = true;
    // In a squeezed list only the scroll bar itself moves so far at once; all else moves by what is seen.
    const isFar = !this.scale.isScaled || Math.abs(moved) > 3 * viewHeight + 2000;
    this.top = Math.max(0, isFar ? this.scale.toTop(scrollTop) : this.top + moved);
    return { isAtEnd: moved > 0 && this.top + clientHeight >= this.scale.height - 2 };
  }

  /** Scrolls to a place in a list that is so high; undefined is its end. */
  place(height: number, wanted: number | undefined): void {
    const { view, scale } = this;
    scale.height = height;
    this.space.style.height = `${String(scale.scrollHeight)}px`;
    const end = Math.max(0, height - view.clientHeight);
    this.top = Math.max(0, Math.min(wanted ?? end, end));
    const target = scale.toScroll(this.top);
    // A squeezed list is put right once it came to rest: setting it would end the movement.
    const isLeft = scale.isScaled && this.isScrolling && wanted !== undefined;
    if (!isLeft && Math.abs(view.scrollTop - target) >= 1) view.scrollTop = target;
    this.scrolledTo = view.scrollTop;
  }

  /** Where something in the list is in what scrolls. */
  toSpace(top: number): number {
    return this.scale.isScaled ? this.scrolledTo + top - this.top : top;
  }
}
