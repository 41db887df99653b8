/** The editor's own colours for charts; the foreground for what is more than they are. */
const names = ['blue', 'green', 'purple', 'yellow', 'red', 'orange', 'foreground', 'lines'] as const;

/** For the curve of the container at this place among those in the charts; a CSS value. */
export function chartColor(place: number): string {
  return `var(--vscode-charts-${names[place % names.length] ?? 'foreground'})`;
}

/** What a CSS value is now: a canvas knows no variables. */
export function resolveColor(value: string): string {
  const probe = document.createElement('span');
  probe.style.color = value;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** Calls back when the editor has got another theme. */
export function onThemeChange(callback: () => void): void {
  new MutationObserver(callback).observe(document.documentElement, {
    attributes: true,
    attributeFilter: ['style', 'class'],
  });
}
