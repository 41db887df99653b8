import { element } from '../dom.ts';

/** How high a line and the screen are, as font and window have it. Until it was measured: as high as they may be. */
export class ViewMeasure {
  /** Has the size of one line in the present font; belongs into what is measured. */
  readonly probe = element('div', { class: 'row probe', 'aria-hidden': 'true' }, '0');
  lineHeight = 20;
  viewHeight = innerHeight;
  private width: number | undefined;

  get isKnown(): boolean {
    return this.width !== undefined;
  }

  get rowsPerScreen(): number {
    return Math.ceil(this.viewHeight / this.lineHeight) + 1;
  }

  /** `isOther`: rows may have other heights than before. */
  listen(view: HTMLElement, onChange: (change: { readonly isOther: boolean }) => void): void {
    new ResizeObserver(() => {
      const { clientHeight } = view;
      const isHigher = clientHeight !== this.viewHeight;
      const isOther = this.take(view);
      if (isOther || isHigher) onChange({ isOther });
    }).observe(view);
    new ResizeObserver(() => {
      if (this.takeLine()) onChange({ isOther: true });
    }).observe(this.probe);
  }

  /** At once; says whether rows may have other heights than before. */
  take(view: HTMLElement): boolean {
    const { clientHeight, clientWidth } = view;
    if (clientHeight === 0) return false;
    const isOther = this.takeLine() || clientWidth !== this.width;
    this.width = clientWidth;
    this.viewHeight = clientHeight;
    return isOther;
  }

  private takeLine(): boolean {
    const { height } = this.probe.getBoundingClientRect();
    if (height === 0 || height === this.lineHeight) return false;
    this.lineHeight = height;
    return true;
  }
}
