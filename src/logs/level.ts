import { LevelHeader } from './levelHeader.ts';
import { rankOfJson } from './levelJson.ts';
import { rank, rankOfLetter, rankOfPriority } from '../model/levelWords.ts';
import { isErrorName } from './levelThrown.ts';

/** Further back there is message, not level. JSON is looked at for longer. */
const maxHeaderLength = 200;

/** How programs die: none of these lines has a level of its own. */
const failure =
  /Traceback \(most recent call last\)|panic: |Exception in thread|Unhandled (?:exception|rejection)|(?:PHP )?(?:Fatal|Parse) error:|fatal error:|thread '[^']{1,80}' panicked/y;
const klog = /[IWEF]\d{4,6} \d\d:\d\d:\d\d/y;
const priority = /<(\d{1,3})>/y;
/** `1:M 01 Mar 2026 12:00:00.123 * Ready`: Redis has a sign for each level. */
const redis = /\d{1,8}:[CMSX] \d\d \w{3} \d{4} \d\d:\d\d:\d\d\.\d{3} ([.\-*#]) /y;

/**
 * Index into `logLevels` of one line without escape sequences, 0 where it names no level. Looked at in this order:
 * how lines of a failure begin, or of something thrown; forms of single loggers (syslog's priority, klog, Ruby, Redis); JSON by its keys; what
 * stands before the message, a logfmt pair or a word. A word in the message itself is no level. Costs
 * linear time in at most 2,000 characters, whatever the line.
 */
export function levelOf(line: string): number {
  const end = Math.min(line.length, maxHeaderLength);
  let start = 0;
  while (start < end && line.charCodeAt(start) <= 0x20) start++;
  if (start === end) return rank.unknown;
  const code = line.charCodeAt(start);
  if (code === 0x7b) {
    const next = line.charCodeAt(start + 1);
    if (next === 0x22 || next === 0x20) return rankOfJson(line, start);
  }
  // Frames of Java, .NET and JavaScript come by the hundred, and are all names.
  if (code === 0x61 && start > 0 && line.startsWith('at ', start)) return rank.unknown;
  const found = rankOfBeginning(line, start, code);
  if (found !== undefined) return found;
  if (code === 0x50 && line.startsWith('PHP ', start))
    return new LevelHeader(line, start + 4, end, 'start').read();
  // npm writes its level in small letters and without any delimiter.
  if (code === 0x6e && line.startsWith('npm ', start))
    return new LevelHeader(line, start + 4, end, 'time').read();
  if (start === 0 && isErrorName(line, end)) return rank.error;
  return new LevelHeader(line, start, end, 'start').read();
}

/** Undefined when the line begins in none of the forms that are told by the first character. */
function rankOfBeginning(line: string, start: number, code: number): number | undefined {
  switch (code) {
    case 0x54: // T
    case 0x70: // p
    case 0x50: // P
    case 0x55: // U
    case 0x74: // t
    case 0x66: // f
      return matches(failure, line, start) ? rank.error : undefined;
    case 0x44: // D
    case 0x49: // I
    case 0x57: // W
    case 0x45: // E
    case 0x46: // F
      return rankOfCapital(line, start, code);
    case 0x3c: {
      priority.lastIndex = start;
      const digits = priority.exec(line)?.[1];
      return digits === undefined ? undefined : rankOfPriority(Number(digits));
    }
    default: {
      if (code < 0x30 || code > 0x39) return undefined;
      redis.lastIndex = start;
      const sign = redis.exec(line)?.[1];
      if (sign === undefined) return undefined;
      return sign === '#' ? rank.warn : sign === '*' ? rank.info : rank.debug;
    }
  }
}

/** klog's `E0301 12:00:00.000000`, Ruby's `E, [2026-…`, apt's `E: …`; or how a failure begins. */
function rankOfCapital(line: string, start: number, code: number): number | undefined {
  const next = line.charCodeAt(start + 1);
  if (next === 0x2c) return line.startsWith(' [', start + 2) ? rankOfLetter(code) : undefined;
  if (next >= 0x30 && next <= 0x39) return matches(klog, line, start) ? rankOfLetter(code) : undefined;
  if (next === 0x3a)
    return line.charCodeAt(start + 2) === 0x20 && (code === 0x45 || code === 0x57)
      ? rankOfLetter(code)
      : undefined;
  return matches(failure, line, start) ? rank.error : undefined;
}

function matches(expression: RegExp, line: string, at: number): boolean {
  expression.lastIndex = at;
  return expression.test(line);
}
