import { rubyFrames } from './traceRuby.ts';
import type { TraceState } from './traceRules.ts';

export const tracebackTitle = 'Traceback (most recent call last)';
export const groupTitle = '+ Exception Group Traceback';
const chains = [
  'During handling of the above exception',
  'The above exception was the direct cause',
] as const;
/** `ValueError: x`, `app.errors.Gone`: the error itself, which Python names last. */
const error = /^[A-Za-z_][\w.<>]{0,300}(?:: |:?$)/;
/** Ruby before 3 tells a trace to a terminal in Python's order and under Python's title. */
const rubyError = /^[^\s:]{1,1000}:\d{1,7}:in /;

/** Files, code, carets and notes are all indented. */
export const pythonFrames: TraceState = (text, start) => {
  if (start === text.length) return undefined;
  if (start > 0) return pythonFrames;
  if (error.test(text)) return pythonError;
  return rubyError.test(text) ? rubyFrames : undefined;
};

/** The message may go on, and another trace may follow. */
const pythonError: TraceState = (text, start) => {
  if (start === text.length) return pythonGap;
  return start > 0 || text.startsWith('(Background on this error at: ') ? pythonError : undefined;
};

const pythonGap: TraceState = (text) =>
  chains.some((chain) => text.startsWith(chain)) ? pythonChain : undefined;

const pythonChain: TraceState = (text, start) => {
  if (start === text.length) return pythonChain;
  if (text.startsWith(tracebackTitle)) return pythonFrames;
  return text.startsWith(groupTitle, start) ? pythonGroup : undefined;
};

/** An exception group has its errors within, behind bars: nothing follows it. */
export const pythonGroup: TraceState = (text, start) => {
  const code = text.charCodeAt(start);
  if (start > 0 && (code === 0x7c || code === 0x2b)) return pythonGroup;
  return start === text.length ? pythonGap : undefined;
};
