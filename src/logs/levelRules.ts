import { isCommonWord, rank, rankOfLetter, rankOfWord, longestLevelWord } from '../model/levelWords.ts';
import { isCapital, isDigit, isSpace, rightOf } from './levelTokens.ts';

/**
 * What stands to the left of a word. `start`: nothing. `mark`: a delimiter, or a bracket that was closed. `open`: the
 * bracket that the word is in. `time`: a time of day. `name`: no word of a language, as `app.views`, `user@db`, `a=b`.
 * `joint`: the part of a name before its dot or slash. The last two are plain words, in small letters or not.
 */
export type Left = 'start' | 'mark' | 'open' | 'time' | 'number' | 'name' | 'joint' | 'smallWord' | 'word';

/** Where in what stands before the message a word was found. */
export interface Place {
  readonly left: Left;
  /** Code of the character that closes the bracket that we are in; 0 outside. */
  readonly closing: number;
  /** A time of day was read. */
  readonly hasTime: boolean;
  /** Plain words that were read outside brackets. */
  readonly words: number;
}

const square = 0x5d;
const angle = 0x3e;

/** The level that the word from `start` to `end` names, if it stands where loggers write levels. */
export function rankInPlace(line: string, start: number, end: number, place: Place): number {
  if (end - start === 1) return isLevelLetter(line, start, place) ? rankOfLetter(line.charCodeAt(start)) : 0;
  // Most words are refused here, without making strings of them.
  if (!isCandidate(line, start, end, place)) return rank.unknown;
  const word = line.slice(start, end);
  const found = rankOfWord(word);
  return found !== rank.unknown && isLevelWord(line, word, start, place) ? found : rank.unknown;
}

function isCandidate(line: string, start: number, end: number, { left, closing }: Place): boolean {
  if (end - start < 3 || end - start > longestLevelWord) return false;
  if (closing !== 0 && closing !== square && closing !== angle) return false;
  const isBehindName = left === 'name' || left === 'joint' || left === 'word' || left === 'smallWord';
  return !isBehindName || (isCapital(line.charCodeAt(start)) && isCapital(line.charCodeAt(start + 1)));
}

function isLevelWord(line: string, word: string, start: number, place: Place): boolean {
  const { left, closing } = place;
  let end = start + word.length;
  // Postgres numbers its debug levels.
  if (isDigit(line.charCodeAt(end)) && !isDigit(line.charCodeAt(end + 1))) end++;
  const right = rightOf(line, end, closing);
  const isCapitals = word === word.toUpperCase();
  if (right === 'none') return false;
  if (right === 'closed')
    return isCapitals || left === 'open' || left === 'mark' || left === 'time' || left === 'number';
  if (isCapitals) return isLevelInCapitals(line, word, start, right === 'tagged', place);
  if (closing !== 0 || right === 'glued' || isCommonWord(word)) return false;
  switch (left) {
    case 'time':
      return true;
    case 'start':
      return right !== 'open' && !isSetting(line, start, end);
    case 'mark':
      return right !== 'open';
    case 'number':
      return right !== 'open' && place.words === 0;
    default:
      return false;
  }
}

function isLevelInCapitals(
  line: string,
  word: string,
  start: number,
  isTagged: boolean,
  { left, closing, words, hasTime }: Place,
): boolean {
  switch (left) {
    case 'start':
      return isTagged || !isCommonWord(word);
    case 'mark':
    case 'time':
    case 'open':
      return true;
    case 'number':
      return words === 0 || closing !== 0;
    case 'name':
      return closing === 0 && (words === 0 || hasTime);
    case 'smallWord':
      return isTagged || hasTime;
    case 'joint':
      // Monolog's `app.ERROR:`, but no path.
      return closing === 0 && isTagged && line.charCodeAt(start - 1) === 0x2e;
    case 'word':
      return false;
  }
}

const setting = /: {0,8}(?:true|false|null|none|undefined|on|off|yes|no|\d{1,9}|[{[])[,;]?$/iy;

/** `debug: true`, or `  error: null` in the middle of a printed object: a name and its value. */
function isSetting(line: string, start: number, end: number): boolean {
  if (line.charCodeAt(end) !== 0x3a) return false;
  if (start >= 2 && !isCapital(line.charCodeAt(start))) return true;
  setting.lastIndex = end;
  return setting.test(line);
}

const androidTag = /[^()]{1,50}\( {0,6}\d{1,7}\)/y;

function isLevelLetter(line: string, at: number, { left, closing, words }: Place): boolean {
  const next = line.charCodeAt(at + 1);
  // `[I]`, and Tornado's `[I 2026-03-01 12:00:00 app]`.
  if (closing === square)
    return left === 'open' && (next === square || (isSpace(next) && isDigit(line.charCodeAt(at + 2))));
  if (closing !== 0 || words > 0) return false;
  if (left !== 'start' && left !== 'time' && left !== 'number') return false;
  if (next === 0x2f) {
    // Android's `I/Tag( 123): …`, as opposed to `I/O error`.
    androidTag.lastIndex = at + 2;
    return androidTag.test(line);
  }
  if (left === 'start' || !isSpace(next)) return false;
  // `12:00:00.000 I | etcd…`, `… I  NETWORK [main]`, `…  1000  1000 I Tag: …`, but not `12:00 I went`.
  const after = line.charCodeAt(at + 2);
  return left === 'number' || after === 0x7c || isSpace(after) || isCapital(after);
}
