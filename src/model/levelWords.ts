/** Indexes into `logLevels`. */
export const rank = { unknown: 0, trace: 1, debug: 2, info: 3, warn: 4, error: 5, fatal: 6 } as const;

export const longestLevelWord = 13;

/** What loggers call their levels, in lower case: syslog's, log4j's, Python's, Go's, .NET's, Serilog's and npm's words. */
const words: ReadonlyMap<string, number> = new Map([
  ['trace', rank.trace],
  ['trce', rank.trace],
  ['trc', rank.trace],
  ['verbose', rank.trace],
  ['vrb', rank.trace],
  ['silly', rank.trace],
  ['finer', rank.trace],
  ['finest', rank.trace],
  ['debug', rank.debug],
  ['dbug', rank.debug],
  ['dbg', rank.debug],
  ['fine', rank.debug],
  ['info', rank.info],
  ['inf', rank.info],
  ['information', rank.info],
  ['informational', rank.info],
  ['notice', rank.info],
  ['note', rank.info],
  ['log', rank.info],
  ['system', rank.info],
  ['success', rank.info],
  ['config', rank.info],
  ['warn', rank.warn],
  ['warning', rank.warn],
  ['wrn', rank.warn],
  ['error', rank.error],
  ['eror', rank.error],
  ['err', rank.error],
  ['fail', rank.error],
  ['severe', rank.error],
  ['fatal', rank.fatal],
  ['fatl', rank.fatal],
  ['ftl', rank.fatal],
  ['crit', rank.fatal],
  ['critical', rank.fatal],
  ['alert', rank.fatal],
  ['emerg', rank.fatal],
  ['emergency', rank.fatal],
  ['panic', rank.fatal],
  ['dpanic', rank.fatal],
]);

/** Levels of some logger, but common words too: only capitals or brackets make a level of them. */
const commonWords: ReadonlySet<string> = new Set([
  'finer',
  'finest',
  'fine',
  'note',
  'log',
  'system',
  'success',
  'config',
]);

/** 0 for anything else. Any case. */
export function rankOfWord(word: string): number {
  return words.get(word.toLowerCase()) ?? rank.unknown;
}

export function isCommonWord(word: string): boolean {
  return commonWords.has(word.toLowerCase());
}

/** klog, Android, Ruby, Mongo, etcd and Tornado shorten levels to a capital; this takes its code. */
export function rankOfLetter(code: number): number {
  switch (code) {
    case 0x54: // T
    case 0x56: // V
      return rank.trace;
    case 0x44: // D
      return rank.debug;
    case 0x49: // I
    case 0x4e: // N
      return rank.info;
    case 0x57: // W
      return rank.warn;
    case 0x45: // E
      return rank.error;
    case 0x43: // C
    case 0x46: // F
      return rank.fatal;
    default:
      return rank.unknown;
  }
}

/** Pino's and Bunyan's 10 to 60, Monolog's 100 to 600. */
export function rankOfNumber(value: number): number {
  if (value % 10 === 0 && value >= 10 && value <= 60) return value / 10;
  if (value % 50 !== 0 || value < 100 || value > 600) return rank.unknown;
  return Math.min(Math.floor(value / 100) + 1, rank.fatal);
}

/** OpenTelemetry's severity number: four steps a level, from 1. */
export function rankOfSeverityNumber(value: number): number {
  return Number.isInteger(value) && value >= 1 && value <= 24 ? Math.ceil(value / 4) : rank.unknown;
}

/** RFC 5424: a priority is eight times the facility plus the severity, and there are 24 facilities. */
export function rankOfPriority(priority: number): number {
  return priority > 191 ? rank.unknown : rankOfSeverity(priority % 8);
}

/** Syslog's, 0 to 7, the gravest first. */
function rankOfSeverity(severity: number): number {
  if (severity <= 2) return rank.fatal;
  return [rank.error, rank.warn, rank.info, rank.info][severity - 3] ?? rank.debug;
}

/** In JSON small numbers are syslog's, as GELF has them; in pairs they mean different things to different loggers. */
export function rankOfJsonNumber(value: number): number {
  return value <= 7 ? rankOfSeverity(value) : rankOfNumber(value);
}

/** What a field of a structured line says of its level. `compact`: of Serilog, which leaves out the level of information. */
export type LevelKey = 'level' | 'letter' | 'severityNumber' | 'parent' | 'compact';

const keys: ReadonlyMap<string, LevelKey> = new Map<string, LevelKey>([
  ['level', 'level'],
  ['lvl', 'level'],
  ['severity', 'level'],
  ['loglevel', 'level'],
  ['log_level', 'level'],
  ['log.level', 'level'],
  ['@level', 'level'],
  ['@l', 'level'],
  ['levelname', 'level'],
  ['level_name', 'level'],
  ['severitytext', 'level'],
  ['severity_text', 'level'],
  ['severitynumber', 'severityNumber'],
  ['severity_number', 'severityNumber'],
  ['s', 'letter'],
  ['log', 'parent'],
  ['@mt', 'compact'],
]);

const longestKey = 15;

/** The role of the key that stands at `start`, before `end`, in any case. */
export function levelKeyAt(line: string, start: number, end: number): LevelKey | undefined {
  if (end - start > longestKey) return undefined;
  // Nearly all keys are refused here, without making a string of them.
  const first = line.charCodeAt(start);
  const isPossible = first === 0x40 || (first | 0x20) === 0x6c || (first | 0x20) === 0x73;
  return isPossible ? keys.get(line.slice(start, end).toLowerCase()) : undefined;
}

/**
 * The level that a value at `start` names: a word with what slog and OpenTelemetry put behind it (`ERROR+2`, `WARN3`), a
 * letter, or a number. The value may be quoted.
 */
export function rankOfValue(line: string, start: number, key: LevelKey, ofNumber = rankOfNumber): number {
  value.lastIndex = line.charCodeAt(start) === 0x22 ? start + 1 : start;
  const match = value.exec(line);
  const word = match?.[1];
  const digits = match?.[2];
  if (digits !== undefined) {
    if (key === 'severityNumber') return rankOfSeverityNumber(Number(digits));
    return key === 'level' ? ofNumber(Number(digits)) : rank.unknown;
  }
  if (word === undefined) return rank.unknown;
  if (word.length === 1) return rankOfLetter(word.charCodeAt(0));
  return key === 'level' ? rankOfWord(word) : rank.unknown;
}

const value = /([A-Za-z]{1,13})(?:[+-]?\d{1,2})?(?![\w.])|(\d{1,3})(?:\.0)?(?![\w.])/y;
