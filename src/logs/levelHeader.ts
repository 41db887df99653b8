import { rankOfJson } from './levelJson.ts';
import { type Left, type Place, rankInPlace } from './levelRules.ts';
import {
  isCapital,
  isClock,
  isDigit,
  isLetter,
  isSpace,
  isTimeWord,
  isWordPart,
  nameEnd,
  numberEnd,
  wordEnd,
} from './levelTokens.ts';
import { levelKeyAt, rank, rankOfValue } from '../model/levelWords.ts';

const maxWords = 3;

/**
 * Reads what loggers write before the message: times, names, numbers, brackets and the level among them. Two words in a
 * row are taken for the beginning of the message, and what a message says is no level.
 */
export class LevelHeader implements Place {
  left: Left;
  closing = 0;
  hasTime = false;
  words = 0;
  private readonly line: string;
  private readonly start: number;
  private readonly end: number;
  private at: number;
  private isTimeInBracket = false;
  /** There was a `key=`. */
  private hasPairs = false;
  /** The message has begun, and only pairs further on can tell the level. */
  private isMessage = false;
  private isOver = false;

  /** Looks at the line from `start` to `end`, as if `left` stood before. */
  constructor(line: string, start: number, end: number, left: 'start' | 'time') {
    this.line = line;
    this.start = start;
    this.at = start;
    this.end = end;
    this.left = left;
  }

  /** Index into `logLevels`. */
  read(): number {
    const { line, end } = this;
    while (this.at < end && !this.isOver) {
      const code = line.charCodeAt(this.at);
      let found: number = rank.unknown;
      if (isSpace(code)) this.at++;
      else if (isWordPart(code)) found = this.readWord();
      else if (isDigit(code)) this.readNumber();
      else found = this.readSign(code);
      if (found !== rank.unknown) return found;
    }
    return rank.unknown;
  }

  private readWord(): number {
    const stop = wordEnd(this.line, this.at, this.end);
    if (this.isMessage) {
      this.at = nameEnd(this.line, stop, this.end);
      return rank.unknown;
    }
    const found = rankInPlace(this.line, this.at, stop, this);
    if (found === rank.unknown) this.passName(stop);
    return found;
  }

  /** Goes past a word that is no level and ends at `end`, to the end of the name that it may be part of. */
  private passName(end: number): void {
    const { line, at, left } = this;
    const stop = nameEnd(line, end, this.end);
    const after = line.charCodeAt(stop);
    this.at = stop;
    if ((after === 0x2e || after === 0x2f) && isCapital(line.charCodeAt(stop + 1))) {
      this.left = 'joint';
      this.at++;
      return;
    }
    const isWord = stop === end && left !== 'joint' && after !== 0x3d && after !== 0x5b && after !== 0x28;
    if (this.closing !== 0 || !isWord) {
      this.left = 'name';
      return;
    }
    if (isTimeWord(line, at, end)) {
      if (left !== 'time' && left !== 'number') this.left = 'name';
      return;
    }
    // `host kernel: …` after a time is syslog's; other words in a row are a sentence.
    const isTag = after === 0x3a && this.hasTime && left === 'smallWord';
    if (!isTag) {
      this.words++;
      if (left === 'word' || left === 'smallWord' || this.words > maxWords) this.beginMessage();
    }
    this.left = isCapital(line.charCodeAt(at)) ? 'word' : 'smallWord';
  }

  private beginMessage(): void {
    if (this.hasPairs) this.isMessage = true;
    else this.isOver = true;
  }

  private readNumber(): void {
    const { line, at } = this;
    const stop = numberEnd(line, at, this.end);
    this.at = stop;
    if (!isClock(line, at, stop)) {
      this.left = 'number';
      return;
    }
    this.left = 'time';
    this.hasTime = true;
    this.isTimeInBracket = this.closing !== 0;
  }

  private readSign(code: number): number {
    const { line, at } = this;
    const next = line.charCodeAt(at + 1);
    this.at++;
    if (code === this.closing) {
      this.closing = 0;
      this.left = this.isTimeInBracket ? 'time' : 'mark';
      return rank.unknown;
    }
    switch (code) {
      case 0x22: // "
        // Access logs quote the request, and what is quoted is the message.
        this.beginMessage();
        return rank.unknown;
      case 0x3d: // =
        return this.readPair();
      case 0x7b: // {
        if (next === 0x22 && this.closing === 0 && !this.isMessage) {
          this.isOver = true;
          return rankOfJson(line, at);
        }
        this.open(0x7d);
        return rank.unknown;
      case 0x5b: // [
        this.open(0x5d);
        return rank.unknown;
      case 0x28: // (
        this.open(0x29);
        return rank.unknown;
      case 0x3c: // <
        if (isLetter(next)) this.open(0x3e);
        else this.left = 'mark';
        return rank.unknown;
      case 0x2c: // ,
      case 0x2e: // .
      case 0x3b: // ;
      case 0x21: // !
      case 0x3f: // ?
        return rank.unknown;
      case 0x2f: // /
        this.left = isSpace(next) ? 'mark' : 'joint';
        return rank.unknown;
      default:
        this.left = 'mark';
        return rank.unknown;
    }
  }

  private open(closing: number): void {
    if (this.closing !== 0) return;
    this.closing = closing;
    this.isTimeInBracket = false;
    this.left = 'open';
  }

  /** After a `=`: logfmt's level, or past the value. */
  private readPair(): number {
    const { line, end } = this;
    const equals = this.at - 1;
    let keyStart = equals;
    while (keyStart > this.start && isKeyPart(line.charCodeAt(keyStart - 1))) keyStart--;
    if (keyStart === equals) {
      this.left = 'mark';
      return rank.unknown;
    }
    this.hasPairs = true;
    this.left = 'name';
    const key = levelKeyAt(line, keyStart, equals);
    if (key === 'level') {
      const found = rankOfValue(line, equals + 1, key);
      if (found !== rank.unknown) return found;
    }
    let at = equals + 1;
    if (line.charCodeAt(at) === 0x22) {
      at++;
      for (let code = line.charCodeAt(at); at < end && code !== 0x22; code = line.charCodeAt(at))
        at += code === 0x5c ? 2 : 1;
      at++;
    } else {
      while (at < end && !isValueEnd(line.charCodeAt(at))) at++;
    }
    this.at = at;
    return rank.unknown;
  }
}

function isKeyPart(code: number): boolean {
  return isLetter(code) || isDigit(code) || code === 0x5f || code === 0x2e || code === 0x2d || code === 0x40;
}

function isValueEnd(code: number): boolean {
  return isSpace(code) || code === 0x5d || code === 0x29 || code === 0x7d || code === 0x3e || code === 0x7c;
}
