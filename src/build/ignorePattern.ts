/** One pattern of a `.dockerignore`, as Docker's own matcher reads it (moby/patternmatcher). */
export interface IgnorePattern {
  /** Without the `!`; cleaned, with slashes. */
  readonly text: string;
  /** It began with `!`: what it matches is taken in again. */
  readonly isException: boolean;
  matches(path: string): boolean;
}

/** Undefined for what is no pattern. `text` is one line of the file, as `ignoreLines` gives it. */
export function parsePattern(text: string): IgnorePattern | undefined {
  const isException = text.startsWith('!');
  const pattern = cleanPath(isException ? text.slice(1) : text);
  if ((isException && text.length === 1) || !isWellFormed(pattern)) return undefined;
  return { text: pattern, isException, matches: matcherOf(pattern) };
}

/** The lines of a `.dockerignore` that say something. */
export function ignoreLines(content: string): readonly string[] {
  return content
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .filter((line) => !line.startsWith('#'))
    .flatMap((line) => {
      const trimmed = line.trim();
      if (trimmed === '') return [];
      const isException = trimmed.startsWith('!');
      const rest = isException ? trimmed.slice(1).trim() : trimmed;
      // From the root of the context, whether it says so or not.
      const path = rest === '' ? '' : cleanPath(rest).replace(/^\/(?=.)/, '');
      return [`${isException ? '!' : ''}${path}`];
    });
}

/** Go's `filepath.Clean` for slashes. */
export function cleanPath(path: string): string {
  const isRooted = path.startsWith('/');
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (!isRooted) parts.push('..');
  }
  return `${isRooted ? '/' : ''}${parts.join('/')}` || '.';
}

/** Go's `filepath.Match` refuses what this refuses: an open class, a class without anything, a lone backslash. */
function isWellFormed(pattern: string): boolean {
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at];
    if (character === '\\') {
      if (++at >= pattern.length) return false;
    } else if (character === '[') {
      const end = endOfClass(pattern, at);
      if (end === undefined) return false;
      at = end;
    }
  }
  return true;
}

function endOfClass(pattern: string, start: number): number | undefined {
  let at = start + 1;
  if (pattern[at] === '^') at++;
  for (let ranges = 0; at < pattern.length; ranges++) {
    if (pattern[at] === ']' && ranges > 0) return at;
    const low = endOfClassCharacter(pattern, at);
    if (low === undefined) return undefined;
    at = low;
    if (pattern[at] !== '-') continue;
    const high = endOfClassCharacter(pattern, at + 1);
    if (high === undefined) return undefined;
    at = high;
  }
  return undefined;
}

function endOfClassCharacter(pattern: string, start: number): number | undefined {
  const character = pattern[start];
  if (character === undefined || character === '-' || character === ']') return undefined;
  const at = character === '\\' ? start + 1 : start;
  const code = pattern.codePointAt(at);
  return code === undefined ? undefined : at + (code > 0xffff ? 2 : 1);
}

/** The kinds are Docker's own: what has no wildcard but a `**` at an end is compared as text. */
function matcherOf(pattern: string): (path: string) => boolean {
  let source = '';
  let kind: 'exact' | 'prefix' | 'suffix' | 'expression' = 'exact';
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at] ?? '';
    if (character === '*' && pattern[at + 1] === '*') {
      const isFirst = at === 0;
      at += pattern[at + 2] === '/' ? 2 : 1;
      const isLast = at + 1 === pattern.length;
      source += isLast ? '.*' : '(?:.*/)?';
      kind = isLast && kind === 'exact' ? 'prefix' : 'expression';
      if (isFirst) kind = 'suffix';
    } else if (character === '*' || character === '?') {
      source += character === '*' ? '[^/]*' : '[^/]';
      kind = 'expression';
    } else if (character === '[') {
      const end = endOfClass(pattern, at) ?? at;
      source += classSource(pattern.slice(at, end + 1));
      at = end;
      kind = 'expression';
    } else if (character === '\\') {
      source += escaped(pattern[++at] ?? '');
      kind = 'expression';
    } else {
      source += escaped(character);
    }
  }
  switch (kind) {
    case 'exact':
      return (path) => path === pattern;
    case 'prefix': {
      const prefix = pattern.slice(0, -2);
      return (path) => path.startsWith(prefix);
    }
    case 'suffix': {
      const suffix = pattern.slice(2);
      return (path) => path.endsWith(suffix) || (suffix.startsWith('/') && path === suffix.slice(1));
    }
    case 'expression': {
      const expression = new RegExp(`^${source}$`, 'su');
      return (path) => expression.test(path);
    }
  }
}

function escaped(character: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character;
}

/** Backslashes that mean nothing to JavaScript would be refused by it. */
function classSource(text: string): string {
  return text.replace(/\\(.)/gsu, (_whole, character: string) =>
    /[\\\]^-]/.test(character) ? `\\${character}` : character,
  );
}
