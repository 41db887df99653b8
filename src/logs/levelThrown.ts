import { isCapital, isDigit, isLetter } from './levelTokens.ts';

/**
 * Whether a line begins with the name of an error class, as programs tell what they threw: `TypeError: x`,
 * `psycopg2.OperationalError: x`, `TypeError [ERR_INVALID_URL]: x`. Looks at the first name alone.
 */
export function isErrorName(line: string, maxLength: number): boolean {
  let at = 0;
  let last = 0;
  for (; at < maxLength; at++) {
    const code = line.charCodeAt(at);
    if (code === 0x2e) last = at + 1;
    else if (!isLetter(code) && !isDigit(code) && code !== 0x5f && code !== 0x24) break;
  }
  if (at === 0 || !isCapital(line.charCodeAt(last))) return false;
  const code = line.charCodeAt(at);
  const isTold = at === line.length || code === 0x3a || (code === 0x20 && line.charCodeAt(at + 1) === 0x5b);
  return isTold && (line.endsWith('Error', at) || line.endsWith('Exception', at));
}
