import { digitsBefore, isBlank, isDigit, startsWithAny, type TraceState } from './traceRules.ts';

/** What stands between frames of Java, .NET and Node, indented or not. */
const betweenFrames = [
  'Caused by: ',
  'Suppressed: ',
  'Wrapped by: ',
  '... ',
  '--- End of ',
  '---> ',
  '<---',
  '- locked <',
  '- waiting ',
  '- parking ',
  '- eliminated <',
  '[CIRCULAR REFERENCE',
  '[cause]: ',
];

const inlineProperties = /^\{ [A-Za-z_$[]/;

/** Java, Kotlin, Scala, .NET and Node: `at …` and what stands between such lines. */
export const atFrames: TraceState = (text, start) => {
  if (start > 0 && text.startsWith('at ', start)) return afterFrame(text);
  if (startsWithAny(text, betweenFrames, start)) return afterFrame(text);
  if (start === 0 && isAtFrame(text, start)) return afterFrame(text);
  return start === 0 && inlineProperties.test(text) && text.endsWith('}') ? atFrames : undefined;
};

/** Node prints an error's own properties behind its last frame: `… {`, indented lines, `}`. */
export const propertyBlock: TraceState = (text, start) => {
  if (start === text.length) return undefined;
  if (start > 0) return propertyBlock;
  return text === '}' ? atFrames : undefined;
};

export function afterFrame(text: string): TraceState {
  return text.endsWith(' {') ? propertyBlock : atFrames;
}

/**
 * Whether `at …` is a frame beyond doubt, whatever stood before it: a dotted name with parentheses behind it (Java,
 * .NET), or a position at its end (Node).
 */
export function isAtFrame(text: string, start: number): boolean {
  if (!text.startsWith('at ', start)) return false;
  let hasDot = false;
  for (let at = start + 3; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x28 && hasDot) return true;
    if (code === 0x28 || isBlank(code)) break;
    if (code === 0x2e) hasDot = true;
  }
  return endsWithPosition(text);
}

/** `:41:7`, `:41:7)` or `:41:7) {` behind something that is no number: `at 12:01:02` is a time. */
function endsWithPosition(text: string): boolean {
  let end = text.length;
  if (text.endsWith(' {')) end -= 2;
  if (text.charCodeAt(end - 1) === 0x29) end--;
  const column = digitsBefore(text, end);
  if (column === end || text.charCodeAt(column - 1) !== 0x3a)
    return text.startsWith('(<anonymous>', end - 12) || text.startsWith('(native', end - 7);
  const line = digitsBefore(text, column - 1);
  return (
    line < column - 1 && line > 1 && text.charCodeAt(line - 1) === 0x3a && !isDigit(text.charCodeAt(line - 2))
  );
}

/** `Require stack:` and the modules under it stand between the message of a Node error and its frames. */
export const requireStack: TraceState = (text, start) =>
  text.startsWith('- ') ? requireStack : atFrames(text, start);
