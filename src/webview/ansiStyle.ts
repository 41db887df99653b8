import type { AnsiColor, AnsiStyle } from '../model/ansi.ts';

/** Theme colours are classes, so that they follow the theme; others are set on the element itself. */
export function applyStyle(part: HTMLElement, style: AnsiStyle): void {
  const { classList } = part;
  if (style.bold === true) classList.add('bold');
  if (style.dim === true) classList.add('dim');
  if (style.italic === true) classList.add('italic');
  if (style.underline === true) classList.add('underline');
  if (style.strikethrough === true) classList.add('strikethrough');
  const isInverse = style.inverse === true;
  if (isInverse) classList.add('inverse');
  const [ink, paper] = isInverse
    ? [style.background, style.foreground]
    : [style.foreground, style.background];
  applyColor(part, ink, 'ink');
  applyColor(part, paper, 'paper');
}

function applyColor(part: HTMLElement, color: AnsiColor | undefined, role: 'ink' | 'paper'): void {
  if (color === undefined) return;
  if (color.kind === 'theme') {
    part.classList.add(`${role}-${String(color.index)}`);
    return;
  }
  const { red, green, blue } = color;
  const property = role === 'ink' ? 'color' : 'background-color';
  part.style.setProperty(property, `rgb(${String(red)} ${String(green)} ${String(blue)})`);
}
