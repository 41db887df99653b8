import type { TraceState } from './traceRules.ts';

const carets = /^[ \t]{1,4000}[\^~]{1,4000}$/;

/** `a.rb:1:in 'f': msg (Err)`: a place up to the first space, and the error's class at the end. */
export function isRubyError(text: string): boolean {
  return text.endsWith(')') && hasRubyPlace(text, 0) && text.includes(': ');
}

/** `a.rb:1:in 'f'` and nothing else: a line of a backtrace. */
export function isRubyFrame(text: string, start: number): boolean {
  return text.endsWith("'") && hasRubyPlace(text, start) && !text.includes("': ");
}

function hasRubyPlace(text: string, start: number): boolean {
  const end = text.indexOf(' ', start);
  if (end - start < 6 || !text.startsWith(':in', end - 3)) return false;
  const quote = text.charCodeAt(end + 1);
  return quote === 0x27 || quote === 0x60;
}

/** Behind the error: a hint, the code it stands in, or the first caller. */
export const rubyError: TraceState = (text, start) =>
  start === text.length ? rubyCode : rubyFrames(text, start);

const rubyCode: TraceState = (text, start) => {
  if (start === 0 || start === text.length) return undefined;
  return text.startsWith('from ', start) ? rubyFrames : rubyCaret;
};

const rubyCaret: TraceState = (text) => (carets.test(text) ? rubyFrames : undefined);

export const rubyFrames: TraceState = (text, start) => {
  if (start > 0 && (text.startsWith('from ', start) || text.startsWith('... ', start))) return rubyFrames;
  if (isRubyFrame(text, start) || text.startsWith('Did you mean?')) return rubyFrames;
  // The error's cause, told right behind it.
  return isRubyError(text) ? rubyError : undefined;
};
