/** Browsers clip what is higher than some 33 million pixels. */
const maxHeight = 15_000_000;
/** So far from both ends, one pixel of scrolling stays one pixel. */
const edge = 1_000_000;

/**
 * Between where something is in a list of any height and how far a browser scrolls for it. The same up to `maxHeight`;
 * above that the middle of the list is squeezed.
 */
export class ScrollScale {
  /** Of the whole list. */
  height = 0;

  get scrollHeight(): number {
    return Math.min(this.height, maxHeight);
  }

  get isScaled(): boolean {
    return this.height > maxHeight;
  }

  toScroll(top: number): number {
    if (!this.isScaled || top <= edge) return top;
    const fromEnd = this.height - top;
    if (fromEnd <= edge) return maxHeight - fromEnd;
    return edge + (top - edge) / this.squeeze;
  }

  toTop(scroll: number): number {
    if (!this.isScaled || scroll <= edge) return scroll;
    const fromEnd = maxHeight - scroll;
    if (fromEnd <= edge) return this.height - fromEnd;
    return edge + (scroll - edge) * this.squeeze;
  }

  private get squeeze(): number {
    return (this.height - 2 * edge) / (maxHeight - 2 * edge);
  }
}
