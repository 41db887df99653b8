import { afterFrame, atFrames, isAtFrame, propertyBlock, requireStack } from './traceFrames.ts';
import { goFrames, goPanic, isGoPlace, isGoroutine } from './traceGo.ts';
import { crashCode, isCrashPlace } from './traceNodeCrash.ts';
import { isPhpTrace, phpFrames } from './tracePhp.ts';
import { groupTitle, pythonFrames, pythonGroup, tracebackTitle } from './tracePython.ts';
import { isRubyError, isRubyFrame, rubyError, rubyFrames } from './traceRuby.ts';
import { afterRustPanic, isRustPanic, rustCauses, rustFrames } from './traceRust.ts';
import type { TraceState } from './traceRules.ts';

const causeOfClass = /^Caused by: [\w.$/]{1,500}(?::|$)/;

/**
 * The trace that this line begins, as its first line whatever stood before it. Every line of every log comes by here:
 * its first visible character decides, and its last.
 */
export function traceHead(text: string, start: number): TraceState | undefined {
  switch (text.charCodeAt(start)) {
    case 0x54: // T
      if (text.startsWith(tracebackTitle, start)) return pythonFrames;
      break;
    case 0x2b: // +
      if (text.startsWith(groupTitle, start)) return pythonGroup;
      break;
    case 0x46: // F: a file that Python could not even read has no title.
      if (isPythonFile(text, start) && !text.includes(', in ')) return pythonFrames;
      break;
    case 0x70: // p
      if (text.startsWith('panic: ')) return goPanic;
      break;
    case 0x66: // f
      if (text.startsWith('fatal error: ')) return goPanic;
      if (isCrashPlace(text)) return crashCode;
      break;
    case 0x6e: // n
    case 0x2f: // /
      if (isCrashPlace(text)) return crashCode;
      break;
    case 0x74: // t
      if (isRustPanic(text)) return afterRustPanic(text);
      break;
    case 0x43: // C
      if (text === 'Caused by:') return rustCauses;
      break;
    case 0x5b: // [: an error without frames, but with properties
      if (text.endsWith('] {') && text.includes('rror')) return propertyBlock;
      break;
  }
  return isRubyError(text) ? rubyError : undefined;
}

/** The trace that this line is in the midst of, beyond doubt; its head is any line that stands before it. */
export function traceMidst(text: string, start: number): TraceState | undefined {
  switch (text.charCodeAt(start)) {
    case 0x61: // a
      return isAtFrame(text, start) ? afterFrame(text) : rubyMidst(text, start);
    case 0x43: // C
      return causeOfClass.test(text) ? atFrames : rubyMidst(text, start);
    case 0x2d: // -
      return start > 0 && text.startsWith('---> ', start) ? atFrames : undefined;
    case 0x46: // F
      return isPythonFile(text, start) ? pythonFrames : rubyMidst(text, start);
    case 0x66: // f
      if (start > 0 && text.startsWith('from ', start) && text.includes(':in ')) return rubyFrames;
      break;
    case 0x67: // g
      if (isGoroutine(text)) return goFrames;
      break;
    case 0x2f: // /
      if (start > 0 && isGoPlace(text)) return goFrames;
      break;
    case 0x53: // S
      if (text === 'Stack backtrace:') return rustFrames;
      if (isPhpTrace(text)) return phpFrames;
      break;
    case 0x73: // s
      if (text === 'stack backtrace:') return rustFrames;
      break;
    case 0x52: // R
      if (text === 'Require stack:') return requireStack;
      break;
    case 0x23: // #
    case 0x50: // P
    case 0x5b: // [
      if (isPhpTrace(text)) return phpFrames;
      break;
  }
  return rubyMidst(text, start);
}

function rubyMidst(text: string, start: number): TraceState | undefined {
  return isRubyFrame(text, start) ? rubyFrames : undefined;
}

function isPythonFile(text: string, start: number): boolean {
  return start > 0 && text.startsWith('File "', start) && text.includes('", line ');
}
