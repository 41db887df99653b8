import { isDigit } from './traceRules.ts';

/** Line and column as they stand in a text, from 1, and the offset behind them. */
export interface SourcePosition {
  readonly end: number;
  readonly line: number;
  readonly column: number | undefined;
}

const colon = 0x3a;
const maxDigits = 7;

/** `:41:7`, `:line 12`, `(12)`, `(12,5)`, `", line 3` and ` on line 12`, each where the path is over. */
export function positionAt(text: string, at: number): SourcePosition | undefined {
  switch (text.charCodeAt(at)) {
    case colon:
      if (text.startsWith('line ', at + 1)) return lineOnly(text, at + 6);
      return isDigit(text.charCodeAt(at + 1)) ? lineAndColumn(text, at + 1) : undefined;
    case 0x28:
      return isDigit(text.charCodeAt(at + 1)) ? inParentheses(text, at + 1) : undefined;
    case 0x22:
      return text.startsWith(', line ', at + 1) ? lineOnly(text, at + 8) : undefined;
    case 0x20:
      return text.startsWith('on line ', at + 1) ? lineOnly(text, at + 9) : undefined;
    default:
      return undefined;
  }
}

function lineOnly(text: string, at: number): SourcePosition | undefined {
  const end = digitsEnd(text, at);
  return positionOf(text, at, end, undefined, end);
}

function lineAndColumn(text: string, at: number): SourcePosition | undefined {
  const lineEnd = digitsEnd(text, at);
  if (text.charCodeAt(lineEnd) !== colon || !isDigit(text.charCodeAt(lineEnd + 1)))
    return positionOf(text, at, lineEnd, undefined, lineEnd);
  const end = digitsEnd(text, lineEnd + 1);
  // Three numbers are a time.
  if (text.charCodeAt(end) === colon && isDigit(text.charCodeAt(end + 1))) return undefined;
  return positionOf(text, at, lineEnd, lineEnd + 1, end);
}

function inParentheses(text: string, at: number): SourcePosition | undefined {
  const lineEnd = digitsEnd(text, at);
  const columnStart = text.charCodeAt(lineEnd) === 0x2c ? lineEnd + 1 : undefined;
  const end = columnStart === undefined ? lineEnd : digitsEnd(text, columnStart);
  return text.charCodeAt(end) === 0x29 ? positionOf(text, at, lineEnd, columnStart, end, end + 1) : undefined;
}

/** Undefined when these are no numbers of a place, or a word goes on behind them. */
function positionOf(
  text: string,
  lineStart: number,
  lineEnd: number,
  columnStart: number | undefined,
  columnEnd: number,
  end = columnEnd,
): SourcePosition | undefined {
  const digits = Math.max(lineEnd - lineStart, columnEnd - (columnStart ?? lineStart));
  if (digits > maxDigits || lineEnd === lineStart || columnEnd === columnStart) return undefined;
  if (/^(?:\w|\.\d)/.test(text.slice(end, end + 2))) return undefined;
  const line = Number(text.slice(lineStart, lineEnd));
  const column = columnStart === undefined ? undefined : Number(text.slice(columnStart, columnEnd));
  return line === 0 ? undefined : { end, line, column: column === 0 ? undefined : column };
}

function digitsEnd(text: string, start: number): number {
  let at = start;
  while (isDigit(text.charCodeAt(at))) at++;
  return at;
}
