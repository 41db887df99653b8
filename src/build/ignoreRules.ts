import { type IgnorePattern, ignoreLines, parsePattern } from './ignorePattern.ts';

/** What a `.dockerignore` leaves out. Paths are below the context, with slashes, without one at either end. */
export class IgnoreRules {
  private readonly patterns: readonly IgnorePattern[];
  private readonly hasExceptions: boolean;

  private constructor(patterns: readonly IgnorePattern[]) {
    this.patterns = patterns;
    this.hasExceptions = patterns.some(({ isException }) => isException);
  }

  /** Throws `BadPatternError` for a line that is none. */
  static parse(content: string): IgnoreRules {
    return new IgnoreRules(
      ignoreLines(content).map((line) => {
        const pattern = parsePattern(line);
        if (pattern === undefined) throw new BadPatternError(line);
        return pattern;
      }),
    );
  }

  /** Who is below what a pattern matches is matched too. The last pattern that matches decides. */
  ignores(path: string): boolean {
    return this.ignoresAny(withParents(path));
  }

  /**
   * Whether nothing below an ignored folder can be taken in again: then nobody needs to read it. As Docker's client
   * decides: by the beginning of the exceptions as they are written, so that `!**` + `/x` brings nothing back.
   */
  ignoresAllBelow(folder: string): boolean {
    if (!this.hasExceptions) return true;
    return !this.patterns.some(({ isException, text }) => isException && `${text}/`.startsWith(`${folder}/`));
  }

  private ignoresAny(paths: readonly string[]): boolean {
    let isIgnored = false;
    for (const pattern of this.patterns)
      if (pattern.isException === isIgnored && paths.some((path) => pattern.matches(path)))
        isIgnored = !pattern.isException;
    return isIgnored;
  }
}

export class BadPatternError extends Error {
  readonly pattern: string;

  constructor(pattern: string) {
    super(`“${pattern}” is no pattern`);
    this.name = 'BadPatternError';
    this.pattern = pattern;
  }
}

/** `a/b/c` → itself, then `a`, `a/b`. */
function withParents(path: string): readonly string[] {
  const paths = [path];
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) paths.push(path.slice(0, at));
  return paths;
}
