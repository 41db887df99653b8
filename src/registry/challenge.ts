/** One way to say who asks, as a registry offers it in `WWW-Authenticate`. Scheme and names in small letters. */
export interface Challenge {
  readonly scheme: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const token = String.raw`[\w!#$%&'*+.^\x60|~-]+`;
const parameter = new RegExp(String.raw`^\s*,?\s*(${token})\s*=\s*(?:"((?:[^"\\]|\\.)*)"|(${token}))`);
const scheme = new RegExp(String.raw`^\s*,?\s*(${token})(?=\s|,|$)(?!\s*=)`);

/** Reads RFC 9110's grammar, in which one comma parts parameters as well as challenges; stops at what is neither. */
export function parseChallenges(header: string): readonly Challenge[] {
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  let rest = header;
  for (;;) {
    const current = challenges.at(-1);
    const pair = parameter.exec(rest);
    if (pair !== null && current !== undefined) {
      const [all, name = '', quoted, bare] = pair;
      current.parameters.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '');
      rest = rest.slice(all.length);
      continue;
    }
    const next = scheme.exec(rest);
    if (next === null) return challenges;
    challenges.push({ scheme: (next[1] ?? '').toLowerCase(), parameters: new Map() });
    rest = rest.slice(next[0].length);
  }
}
