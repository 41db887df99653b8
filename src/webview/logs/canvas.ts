/** Makes the canvas as large as it is shown, in the screen's own pixels. Undefined while it is not shown. */
export function beginDrawing(
  canvas: HTMLCanvasElement,
): { readonly pen: CanvasRenderingContext2D; readonly width: number; readonly height: number } | undefined {
  const { clientWidth: width, clientHeight: height } = canvas;
  const pen = canvas.getContext('2d');
  if (pen === null || width === 0 || height === 0) return undefined;
  const ratio = devicePixelRatio;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  pen.scale(ratio, ratio);
  return { pen, width, height };
}

/** A colour of the theme as it is now. */
export function colourOf(made: Element, property: string): string {
  return getComputedStyle(made).getPropertyValue(property).trim() || 'currentColor';
}

/** Themes come as variables on the root and classes on the body; a canvas has to be drawn again for them. */
export function onThemeChange(redraw: () => void): void {
  const observer = new MutationObserver(redraw);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
  observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
}
