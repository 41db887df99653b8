/**
 * What an open trace waits for. Told a line, it gives what the trace waits for next, or undefined when the line is no
 * part of it. `start` is where the line's first visible character stands (its length when it is blank).
 */
export type TraceState = (text: string, start: number) => TraceState | undefined;

const space = 0x20;
const tab = 0x09;
/** No frame stands deeper; looking further would make a line of blanks cost its length. */
const maxIndent = 64;

/** Where the first visible character stands, at most 64 in. */
export function indentOf(text: string): number {
  let at = 0;
  while (at < maxIndent && isBlank(text.charCodeAt(at))) at++;
  return at;
}

export function isBlank(code: number): boolean {
  return code === space || code === tab;
}

export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** Where a run of digits begins that ends before `end`; `end` when there is none. */
export function digitsBefore(text: string, end: number): number {
  let at = end;
  while (at > 0 && isDigit(text.charCodeAt(at - 1))) at--;
  return at;
}

export function startsWithAny(text: string, words: readonly string[], start: number): boolean {
  for (const word of words) if (text.startsWith(word, start)) return true;
  return false;
}

/** The trace's last line: whatever comes next is something else. */
export const traceEnd: TraceState = () => undefined;
