import { traceEnd, type TraceState } from './traceRules.ts';

const titles = ['Stack trace:', 'PHP Stack trace:', '[stacktrace]'];
const frame = /^#\d{1,6} /;
const sureFrame = /^#\d{1,6} (?:\/|\[internal function\]|\{main\}|phar:|[A-Z]:\\)/;
const xdebugFrame = /^PHP {1,4}\d{1,5}\. /;

/** Whether the line is part of a trace beyond doubt, whatever stood before it. */
export function isPhpTrace(text: string): boolean {
  return titles.includes(text) || sureFrame.test(text);
}

export const phpFrames: TraceState = (text, start) => {
  if (frame.test(text)) return text.endsWith('{main}') ? phpMain : phpFrames;
  if (text.startsWith('thrown in ', start)) return traceEnd;
  // Monolog's: the trace stands within JSON.
  if (text.startsWith('"}')) return traceEnd;
  return titles.includes(text) || xdebugFrame.test(text) ? phpFrames : undefined;
};

/** The outermost call: an exception that this one caused may follow. */
const phpMain: TraceState = (text, start) => (start === text.length ? phpGap : phpFrames(text, start));

const phpGap: TraceState = (text) => (text.startsWith('Next ') ? phpFrames : undefined);
