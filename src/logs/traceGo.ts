import { isBlank, isDigit, type TraceState } from './traceRules.ts';

const goroutine = 'goroutine ';
/** `\t/app/main.go:12 +0x1d` */
const goPlace = /\.(?:go|s):\d{1,7}(?: \+0x[0-9a-f]{1,16})?$/;
const exitStatus = /^exit status \d{1,3}$/;

/** `goroutine 1 [running]:` */
export function isGoroutine(text: string): boolean {
  return text.startsWith(goroutine) && isDigit(text.charCodeAt(goroutine.length)) && text.endsWith(']:');
}

export function isGoPlace(text: string): boolean {
  return text.charCodeAt(0) === 0x09 && goPlace.test(text.slice(-200));
}

/** Behind `panic: …` or `fatal error: …`: the signal, panics on the way, a blank line, and the goroutines. */
export const goPanic: TraceState = (text, start) => {
  if (start > 0 && text.startsWith('panic: ', start)) return goPanic;
  if (text.startsWith('[signal ') || text.startsWith('[recovered')) return goPanic;
  return start === text.length ? goGap : goGap(text, start);
};

const goGap: TraceState = (text) => (isGoroutine(text) || text === 'runtime stack:' ? goFrames : undefined);

export const goFrames: TraceState = (text, start) => {
  if (start === text.length) return goGap;
  if (start > 0) return text.charCodeAt(0) === 0x09 && text.includes('.') ? goFrames : undefined;
  if (text.startsWith('created by ') || text.startsWith('...additional frames') || isGoroutine(text))
    return goFrames;
  return isGoCall(text) || exitStatus.test(text) ? goFrames : undefined;
};

/** `main.(*T).f(0x1, {0x2, 0x3})`, `main.f` as errors print it, `panic({0x1, 0x2})`. */
function isGoCall(text: string): boolean {
  if (text.startsWith('panic(')) return text.endsWith(')');
  let dot = -1;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isBlank(code)) return false;
    if (code === 0x2e) dot = at;
    // `(*T)` stands behind a dot; arguments stand behind a name.
    else if (code === 0x28 && dot >= 0 && dot < at - 1) return text.endsWith(')');
  }
  return dot > 0 && dot < text.length - 1;
}
