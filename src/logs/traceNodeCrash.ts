import { atFrames, propertyBlock } from './traceFrames.ts';
import { digitsBefore, startsWithAny, traceEnd, type TraceState } from './traceRules.ts';

/** `/app/server.js:10`, `file:///app/x.mjs:3`, `node:internal/modules/cjs/loader:1080`: the whole line. */
const crashPlace = /^(?:node:[\w/-]{1,200}|(?:file:\/\/)?\/[^\s:]{1,1000}\.[cm]?[jt]sx?):\d{1,7}$/;
const carets = /^[ \t]{0,4000}\^{1,4000}$/;
const usage = ['Emitted ', '(Use `node ', 'Thrown at:'];

/** Whether Node begins to say where it died: the place, its code, a caret, a blank line, and the error with its trace. */
export function isCrashPlace(text: string): boolean {
  return digitsBefore(text, text.length) < text.length && crashPlace.test(text);
}

export const crashCode: TraceState = (text, start) => (start === text.length ? undefined : crashCaret);

const crashCaret: TraceState = (text) => (carets.test(text) ? crashGap : undefined);

const crashGap: TraceState = (text, start) =>
  start === text.length ? crashMessage : crashMessage(text, start);

/** The message may have any number of lines; a thrown string has no frames. */
const crashMessage: TraceState = (text, start) => {
  if (start === text.length) return crashEnd;
  if (text.endsWith(' {')) return crashProperties;
  return start > 0 && text.startsWith('at ', start) ? crashFrames : crashMessage;
};

const crashFrames: TraceState = (text, start) => {
  if (start === text.length) return crashEnd;
  if (startsWithAny(text, usage, start)) return crashFrames;
  return crashing(atFrames(text, start));
};

const crashProperties: TraceState = (text, start) => crashing(propertyBlock(text, start));

/** Frames and properties are any error's; behind those of a crash, Node says its version. */
function crashing(state: TraceState | undefined): TraceState | undefined {
  if (state === undefined) return undefined;
  return state === propertyBlock ? crashProperties : crashFrames;
}

const crashEnd: TraceState = (text, start) => {
  if (text.startsWith('Node.js v')) return traceEnd;
  return startsWithAny(text, usage, start) ? crashFrames : undefined;
};
