import { isDigit, traceEnd, type TraceState } from './traceRules.ts';

/** `thread 'main' panicked at src/main.rs:2:5:`, also with the thread's number. */
export function isRustPanic(text: string): boolean {
  return text.startsWith("thread '") && text.includes(' panicked at ');
}

/** Since Rust 1.73 the message has a line of its own. */
export function afterRustPanic(text: string): TraceState {
  return text.endsWith(':') ? rustMessage : rustNotes;
}

const rustMessage: TraceState = () => rustNotes;

/** What an assertion compared, what to set for more, the backtrace. */
const rustNotes: TraceState = (text, start) => {
  if (start > 0 && start < text.length) return rustNotes;
  if (text.startsWith('note: ')) return rustNotes;
  return text === 'stack backtrace:' ? rustFrames : undefined;
};

export const rustFrames: TraceState = (text, start) => {
  if (start > 0 && start < text.length) return rustFrames;
  return text.startsWith('note: ') ? traceEnd : undefined;
};

/** `Caused by:` alone, as anyhow prints an error returned from `main`: the causes, a blank line, the backtrace. */
export const rustCauses: TraceState = (text, start) => {
  if (start === text.length) return rustCausesGap;
  return start > 0 || isDigit(text.charCodeAt(0)) ? rustCauses : undefined;
};

const rustCausesGap: TraceState = (text) => (text === 'Stack backtrace:' ? rustFrames : undefined);
