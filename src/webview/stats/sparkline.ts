const namespace = 'http://www.w3.org/2000/svg';
const width = 60;
const height = 16;

/** A small curve of the last minute, whose highest point touches the top. For the eye alone: the number stands beside it. */
export class Sparkline {
  readonly element: SVGSVGElement;
  private readonly path: SVGPathElement;
  private drawn = '';

  constructor() {
    this.element = document.createElementNS(namespace, 'svg');
    this.path = document.createElementNS(namespace, 'path');
    this.element.append(this.path);
    const attributes = {
      class: 'sparkline',
      viewBox: `0 0 ${String(width)} ${String(height)}`,
      preserveAspectRatio: 'none',
      'aria-hidden': 'true',
    };
    for (const [name, value] of Object.entries(attributes)) this.element.setAttribute(name, value);
  }

  /** Up to a minute of values, one a second, the newest last. */
  draw(values: readonly (number | null)[], atLeast: number): void {
    const highest = Math.max(atLeast, ...values.map((value) => value ?? 0));
    const from = width - values.length;
    let path = '';
    let isDown = false;
    for (const [index, value] of values.entries()) {
      if (value !== null) {
        const y = height - 1 - (value / highest) * (height - 2);
        path += `${isDown ? 'L' : 'M'}${String(from + index)} ${y.toFixed(1)}`;
      }
      isDown = value !== null;
    }
    if (path === this.drawn) return;
    this.drawn = path;
    this.path.setAttribute('d', path);
  }
}
