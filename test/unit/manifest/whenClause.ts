/** One key of a `when` clause with what it is held against. */
export interface Comparison {
  readonly key: string;
  readonly operator: 'isTrue' | '==' | '!=' | '=~';
  /** The text on the right; for `=~` the pattern without its slashes. */
  readonly value: string;
}

export type WhenContext = Readonly<Record<string, string | boolean>>;

export interface WhenClause {
  readonly comparisons: readonly Comparison[];
  holds(context: WhenContext): boolean;
}

type Test = (context: WhenContext) => boolean;

const tokenPattern =
  /\s*(\|\||&&|==|!=|=~|!|\(|\)|\/(?:[^/\\]|\\.)+\/[a-z]*|'[^']*'|[\w.:-]+(?:\/[\w.:-]+)*)\s*/y;

/** Reads the part of the editor's `when` language that this manifest uses; anything else is an error. */
export function parseWhen(text: string): WhenClause {
  const tokens = tokenize(text);
  const comparisons: Comparison[] = [];
  let at = 0;

  const take = (): string => {
    const token = tokens[at++];
    if (token === undefined) throw new Error(`unexpected end of “${text}”`);
    return token;
  };
  const chain = (operator: '||' | '&&', next: () => Test): Test => {
    const tests = [next()];
    while (tokens[at] === operator) {
      at++;
      tests.push(next());
    }
    return (context) =>
      operator === '||' ? tests.some((test) => test(context)) : tests.every((test) => test(context));
  };
  const either = (): Test => chain('||', both);
  const both = (): Test => chain('&&', single);
  const single = (): Test => {
    const token = take();
    if (token === '!') {
      const negated = single();
      return (context) => !negated(context);
    }
    if (token === '(') {
      const inner = either();
      if (take() !== ')') throw new Error(`missing “)” in “${text}”`);
      return inner;
    }
    if (token === 'true' || token === 'false') return () => token === 'true';
    const comparison = readComparison(token);
    comparisons.push(comparison);
    return (context) => isMet(comparison, context[comparison.key]);
  };
  const readComparison = (key: string): Comparison => {
    const operator = tokens[at];
    if (operator !== '==' && operator !== '!=' && operator !== '=~')
      return { key, operator: 'isTrue', value: '' };
    at++;
    const value = take();
    return { key, operator, value: value.replace(/^'(.*)'$|^\/(.*)\/$/, '$1$2') };
  };

  const test = either();
  if (at !== tokens.length) throw new Error(`cannot read “${text}” from “${String(tokens[at])}” on`);
  return { comparisons, holds: test };
}

function tokenize(text: string): readonly string[] {
  const tokens: string[] = [];
  let last = 0;
  while (last < text.length) {
    tokenPattern.lastIndex = last;
    const token = tokenPattern.exec(text)?.[1];
    if (token === undefined) throw new Error(`cannot read “${text}” at ${last}`);
    tokens.push(token);
    last = tokenPattern.lastIndex;
  }
  return tokens;
}

function isMet({ operator, value }: Comparison, actual: string | boolean | undefined): boolean {
  switch (operator) {
    case 'isTrue':
      return actual !== undefined && actual !== false && actual !== '';
    case '==':
      return String(actual) === value;
    case '!=':
      return String(actual) !== value;
    case '=~':
      return typeof actual === 'string' && new RegExp(value).test(actual);
  }
}
