/** Months, days of the week, halves of the day and time zones: words of a time, not of a sentence. */
const timeWords: ReadonlySet<string> = new Set(
  (
    'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec Mon Tue Wed Thu Fri Sat Sun AM PM UTC GMT CET CEST EET EEST ' +
    'WET WEST MSK BST IST JST KST SGT HKT EST EDT CST CDT MST MDT PST PDT AEST AEDT'
  ).split(' '),
);

const longestTimeWord = 4;

export function isTimeWord(line: string, start: number, end: number): boolean {
  const isPossible = end - start <= longestTimeWord && isCapital(line.charCodeAt(start));
  return isPossible && timeWords.has(line.slice(start, end));
}

/**
 * What stands to the right of a word. `none`: it goes on, and is another word. `open`: one space. `wide`: more space, a
 * delimiter after a space, or a bracket (`INFO[0012]`). `tagged`: a delimiter. `glued`: more of a name (`WARNING:root:`,
 * `DEBUG/MainProcess`). `closed`: the end of the bracket that it is in.
 */
export type Right = 'none' | 'open' | 'wide' | 'tagged' | 'glued' | 'closed';

/** `closing` is the code of the bracket that ends the one we are in, or 0. */
export function rightOf(line: string, end: number, closing: number): Right {
  if (end >= line.length) return 'open';
  const code = line.charCodeAt(end);
  if (code === closing) return 'closed';
  if (code === 0x3a) {
    const next = line.charCodeAt(end + 1);
    return end + 1 >= line.length || isSpace(next) || next === 0x3a ? 'tagged' : 'glued';
  }
  if (code === 0x7c || isSymbol(code)) return 'tagged';
  if (code === 0x5b || code === 0x21) return 'wide';
  if (code === 0x2f) return 'glued';
  if (!isSpace(code)) return 'none';
  if (code === 0x09) return 'wide';
  let at = end + 1;
  // A level is padded to a width, if at all.
  while (at < end + 16 && line.charCodeAt(at) === 0x20) at++;
  const next = line.charCodeAt(at);
  if (next === closing) return 'closed';
  if (at > end + 1) return 'wide';
  const isDelimiter = next === 0x7c || next === 0x3a || next === 0x5b;
  return isDelimiter || (next === 0x2d && !isDigit(line.charCodeAt(at + 1))) ? 'wide' : 'open';
}

export function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

export function isLetter(code: number): boolean {
  const small = code | 0x20;
  return small >= 0x61 && small <= 0x7a;
}

export function isCapital(code: number): boolean {
  return code >= 0x41 && code <= 0x5a;
}

/** Arrows, bullets, dingbats, emoji, brackets of East Asia: what loggers decorate with. */
export function isSymbol(code: number): boolean {
  return (
    (code >= 0xa0 && code <= 0xbf) ||
    (code >= 0x2000 && code <= 0x2bff) ||
    (code >= 0x3000 && code <= 0x303f) ||
    (code >= 0xd800 && code <= 0xdfff) ||
    code === 0xfe0f ||
    code === 0xff1a
  );
}

/** All else beyond ASCII is taken for letters. */
export function isWordPart(code: number): boolean {
  return isLetter(code) || (code >= 0x80 && !isSymbol(code));
}

export function wordEnd(line: string, start: number, end: number): number {
  let at = start;
  while (at < end && isWordPart(line.charCodeAt(at))) at++;
  return at;
}

/**
 * Where a name ends that goes on at `start`: before space, brackets, quotes, `=`, `:` and `|`, before a dot, comma or
 * the like with no name after it, and before a dot or slash with a capital after it (`app.ERROR`).
 */
export function nameEnd(line: string, start: number, end: number): number {
  let at = start;
  for (; at < end; at++) {
    const code = line.charCodeAt(at);
    if (isWordPart(code) || isDigit(code)) continue;
    if (code === 0x2e || code === 0x2f || code === 0x2c || code === 0x3b || code === 0x21 || code === 0x3f) {
      const next = line.charCodeAt(at + 1);
      if (at + 1 >= end || isSpace(next) || (isCapital(next) && (code === 0x2e || code === 0x2f))) break;
      continue;
    }
    if (!isNameSign(code)) break;
  }
  return at;
}

/** Where a number, date or time ends that begins at `start`. A colon goes with it only between digits. */
export function numberEnd(line: string, start: number, end: number): number {
  let at = start;
  for (; at < end; at++) {
    const code = line.charCodeAt(at);
    if (isDigit(code) || isLetter(code)) continue;
    if (code === 0x3a) {
      if (!isDigit(line.charCodeAt(at + 1))) break;
    } else if (code !== 0x2e && code !== 0x2c && code !== 0x2f && !isNameSign(code)) break;
  }
  return at;
}

/** There is `00:00` in it, which no port and no line number looks like. */
export function isClock(line: string, start: number, end: number): boolean {
  let colon = start;
  while (colon < end && line.charCodeAt(colon) !== 0x3a) colon++;
  return (
    colon >= start + 2 &&
    colon + 3 <= end &&
    isDigit(line.charCodeAt(colon - 1)) &&
    isDigit(line.charCodeAt(colon - 2)) &&
    isDigit(line.charCodeAt(colon + 1)) &&
    isDigit(line.charCodeAt(colon + 2)) &&
    !(colon + 3 < end && isDigit(line.charCodeAt(colon + 3)))
  );
}

/** # $ % & ' * + - @ \ _ ~ and the backtick */
function isNameSign(code: number): boolean {
  return (
    code === 0x2d ||
    code === 0x5f ||
    code === 0x40 ||
    (code >= 0x23 && code <= 0x27) ||
    code === 0x2a ||
    code === 0x2b ||
    code === 0x5c ||
    code === 0x60 ||
    code === 0x7e
  );
}
