import { type LogLine, logLevels } from '../../model/log.ts';

/** Levels stand at the beginning of a line, or in one of the first fields. */
const searchedLength = 300;

const words: Readonly<Partial<Record<(typeof logLevels)[number], RegExp>>> = {
  warn: /\b(?:warn(?:ing)?|wrn)\b/i,
  error: /\b(?:error|err|severe|failure)\b/i,
  fatal: /\b(?:fatal|critical|crit|emerg(?:ency)?|alert|panic)\b/i,
};

/** Where a grave line says how grave it is, when it does so in a word. */
export function levelWord(
  { level, isContinuation, isTraceLine }: LogLine,
  text: string,
): { readonly start: number; readonly end: number } | undefined {
  if (isContinuation || isTraceLine) return undefined;
  const match = words[logLevels[level] ?? 'unknown']?.exec(text.slice(0, searchedLength));
  if (match === null || match === undefined) return undefined;
  return { start: match.index, end: match.index + match[0].length };
}
