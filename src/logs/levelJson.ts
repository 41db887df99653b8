import { levelKeyAt, rank, rankOfJsonNumber, rankOfValue } from '../model/levelWords.ts';

const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;
const space = 0x20;
const tab = 0x09;
const atSign = 0x40;

/** A level that stands further back is not seen: this is what a line may cost. */
const maxLength = 2000;

/**
 * The level that a JSON object beginning at `start` names by a key of its own, or by `level` in its object `log` (ECS);
 * 0 when it names none. What stands in strings or in other inner objects is somebody else's level. The text need not be
 * whole, nor right: nothing but quotes and brackets is looked at, each character once.
 */
export function rankOfJson(line: string, start: number): number {
  const end = Math.min(line.length, start + maxLength);
  let implied: number = rank.unknown;
  let depth = 0;
  let isInParent = false;
  let at = start;
  while (at < end) {
    const code = line.charCodeAt(at);
    if (code === quote) {
      const close = stringEnd(line, at + 1, end);
      if (close === end) break;
      const after = skipSpace(line, close + 1, end);
      if (line.charCodeAt(after) !== colon) {
        at = after;
        continue;
      }
      const valueStart = skipSpace(line, after + 1, end);
      const isOwn = depth === 1;
      const key = isOwn || (isInParent && depth === 2) ? levelKeyAt(line, at + 1, close) : undefined;
      if (key === 'compact') {
        implied = rank.info;
      } else if (key === 'parent') {
        isInParent = isOwn;
      } else if (key !== undefined && !(implied !== rank.unknown && line.charCodeAt(at + 1) !== atSign)) {
        const found = rankOfValue(line, valueStart, key, rankOfJsonNumber);
        if (found !== rank.unknown) return found;
      }
      at = valueStart;
      continue;
    }
    // Brackets and braces count alike: what is in either is not the object's own.
    if (code === 0x7b || code === 0x5b) depth++;
    else if (code === 0x7d || code === 0x5d) {
      depth--;
      if (depth === 0) break;
    } else if (code === 0x2c && depth === 1) isInParent = false;
    at++;
  }
  return implied;
}

/** Where the closing quote of the string is that goes on at `from`; `end` when it is not before that. */
function stringEnd(line: string, from: number, end: number): number {
  for (let close = line.indexOf('"', from); close >= 0 && close < end; close = line.indexOf('"', close + 1)) {
    let escapes = 0;
    while (close - escapes > from && line.charCodeAt(close - escapes - 1) === backslash) escapes++;
    if (escapes % 2 === 0) return close;
  }
  return end;
}

function skipSpace(line: string, start: number, end: number): number {
  let at = start;
  while (at < end && (line.charCodeAt(at) === space || line.charCodeAt(at) === tab)) at++;
  return at;
}
