/** One of the sixteen colours that a theme defines, or a colour of its own. */
export type AnsiColor =
  | { readonly kind: 'theme'; readonly index: number }
  | { readonly kind: 'rgb'; readonly red: number; readonly green: number; readonly blue: number };

export interface AnsiStyle {
  readonly foreground?: AnsiColor;
  readonly background?: AnsiColor;
  readonly bold?: true;
  readonly dim?: true;
  readonly italic?: true;
  readonly underline?: true;
  readonly strikethrough?: true;
  readonly inverse?: true;
}

/** Part of a line in one style: offsets in the visible text. */
export interface AnsiSpan {
  readonly start: number;
  readonly end: number;
  readonly style: AnsiStyle;
}

export interface AnsiText {
  readonly text: string;
  /** Only parts with a style, in order, not touching each other's text. */
  readonly spans: readonly AnsiSpan[];
}

/**
 * Escape sequences in the order they are tried: CSI; OSC, DCS, SOS, PM and APC strings with their terminator;
 * two-byte and charset escapes. A string that never ends is no sequence: hiding the rest of the line would let a
 * container hide what it wrote. No sequence has
 * the beginning of another in it, so hostile lines cost linear time.
 */
const sequences =
  /(?:\u001b\[|\u009b)([0-9:;<=>?]*)([ -/]*[@-~])|(?:\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0007\u001b\u0090\u0098\u009c-\u009f]*(?:\u0007|\u001b\\|\u009c)|\u001b[ -/]*[0-OQ-WYZ\\`-~]/g;

const controls = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/;
const allControls = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/g;

const plainStyle: AnsiStyle = {};

/** The text of one log line as it is shown, with its styles. Each line begins without style. */
export function parseAnsi(raw: string): AnsiText {
  if (!controls.test(raw)) return { text: raw, spans: [] };
  let text = '';
  let style = plainStyle;
  let last = 0;
  const spans: AnsiSpan[] = [];
  const add = (part: string): void => {
    if (part === '') return;
    const start = text.length;
    text += showControls(part);
    if (style !== plainStyle) spans.push({ start, end: text.length, style });
  };
  for (const match of raw.matchAll(sequences)) {
    add(raw.slice(last, match.index));
    last = match.index + match[0].length;
    const [, parameters, final] = match;
    if (final === 'm' && parameters !== undefined) style = applySgr(style, parameters);
  }
  add(raw.slice(last));
  return { text, spans };
}

/** Whether a line is shown as it is: it has no escape sequence or other control character. */
export function isPlainText(raw: string): boolean {
  return !controls.test(raw);
}

/** The visible text alone; what find searches. */
export function plainText(raw: string): string {
  return controls.test(raw) ? showControls(raw.replace(sequences, '')) : raw;
}

/** Control characters as their Unicode pictures, one for one, so that nothing is hidden and offsets stay. */
export function showControls(text: string): string {
  return text.replace(allControls, (control) => {
    const code = control.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? '\u2421' : '\ufffd';
  });
}

/** Select Graphic Rendition (ECMA-48 8.3.117, with the colours of ISO 8613-6 as xterm reads them). */
function applySgr(before: AnsiStyle, parameters: string): AnsiStyle {
  let style = before;
  const groups = parameters
    .split(';')
    .map((group) => group.split(':').map((part) => (part === '' ? 0 : Number(part))));
  for (let at = 0; at < groups.length; at++) {
    const group = groups[at] ?? [];
    const code = group[0] ?? 0;
    if (code === 38 || code === 48) {
      // 38:5:n and 38:2::r:g:b are one group; the commoner 38;5;n and 38;2;r;g;b go on in the next ones.
      const inGroup = group.length > 1;
      const rest = inGroup ? group.slice(1) : groups.slice(at + 1, at + 5).map((next) => next[0] ?? 0);
      const read = readColor(rest, inGroup);
      if (!inGroup) at += read.length;
      if (read.color === undefined) continue;
      style = code === 38 ? { ...style, foreground: read.color } : { ...style, background: read.color };
    } else {
      style = applySimple(style, code, group[1]);
    }
  }
  return Object.keys(style).length === 0 ? plainStyle : style;
}

function applySimple(style: AnsiStyle, code: number, variant: number | undefined): AnsiStyle {
  if (code >= 30 && code <= 37) return { ...style, foreground: { kind: 'theme', index: code - 30 } };
  if (code >= 40 && code <= 47) return { ...style, background: { kind: 'theme', index: code - 40 } };
  if (code >= 90 && code <= 97) return { ...style, foreground: { kind: 'theme', index: code - 82 } };
  if (code >= 100 && code <= 107) return { ...style, background: { kind: 'theme', index: code - 92 } };
  switch (code) {
    case 0:
      return plainStyle;
    case 1:
      return { ...style, bold: true };
    case 2:
      return { ...style, dim: true };
    case 3:
      return { ...style, italic: true };
    case 4:
      return variant === 0 ? without(style, 'underline') : { ...style, underline: true };
    case 7:
      return { ...style, inverse: true };
    case 9:
      return { ...style, strikethrough: true };
    case 21:
      return { ...style, underline: true };
    case 22:
      return without(without(style, 'bold'), 'dim');
    case 23:
      return without(style, 'italic');
    case 24:
      return without(style, 'underline');
    case 27:
      return without(style, 'inverse');
    case 29:
      return without(style, 'strikethrough');
    case 39:
      return without(style, 'foreground');
    case 49:
      return without(style, 'background');
    default:
      // Concealed text (8) among them: a log hides nothing.
      return style;
  }
}

function without(style: AnsiStyle, key: keyof AnsiStyle): AnsiStyle {
  const { [key]: _, ...rest } = style;
  return rest;
}

/** What follows a 38 or 48; `length` says how many parameters were read. */
function readColor(
  rest: readonly number[],
  inGroup: boolean,
): { readonly color: AnsiColor | undefined; readonly length: number } {
  if (rest[0] === 5) return { color: paletteColor(rest[1] ?? 0), length: 2 };
  if (rest[0] !== 2) return { color: undefined, length: rest.length === 0 ? 0 : 1 };
  // Within a group an (empty) colour space may stand before the three values.
  const [red = 0, green = 0, blue = 0] = inGroup && rest.length > 4 ? rest.slice(2) : rest.slice(1);
  if (![red, green, blue].every(isByte)) return { color: undefined, length: 4 };
  return { color: { kind: 'rgb', red, green, blue }, length: 4 };
}

const cubeLevels = [0, 95, 135, 175, 215, 255] as const;

/** xterm's 256 colours: the theme's sixteen, a 6×6×6 cube, 24 greys. */
function paletteColor(index: number): AnsiColor | undefined {
  if (!isByte(index)) return undefined;
  if (index < 16) return { kind: 'theme', index };
  if (index < 232) {
    const level = (step: number): number => cubeLevels[Math.floor((index - 16) / step) % 6] ?? 0;
    return { kind: 'rgb', red: level(36), green: level(6), blue: level(1) };
  }
  const grey = 8 + (index - 232) * 10;
  return { kind: 'rgb', red: grey, green: grey, blue: grey };
}

function isByte(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= 255;
}
