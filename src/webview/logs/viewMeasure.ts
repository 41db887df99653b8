import { element } from '../dom.ts';

/** How high a line and the screen are, as font and window have it. */
export class ViewMeasure {
  /** Has the size of one line in the present font; belongs into what is measured. */
  readonly probe = element('div', { class: 'row probe', 'aria-hidden': 'true' }, '0');
  lineHeight = 20;
  viewHeight = 0;
  private width = 0;

  /** `isOther`: rows may have other heights than before. */
  listen(view: HTMLElement, onChange: (change: { readonly isOther: boolean }) => void): void {
    new ResizeObserver(() => {
      const { clientHeight, clientWidth } = view;
      const isOther = this.takeLine() || clientWidth !== this.width;
      this.width = clientWidth;
      this.viewHeight = clientHeight;
      onChange({ isOther });
    }).observe(view);
    new ResizeObserver(() => {
      if (this.takeLine()) onChange({ isOther: true });
    }).observe(this.probe);
  }

  private takeLine(): boolean {
    const { height } = this.probe.getBoundingClientRect();
    if (height === 0 || height === this.lineHeight) return false;
    this.lineHeight = height;
    return true;
  }
}
