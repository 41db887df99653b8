/**
 * `NAME=value OTHER="with spaces"`: pairs as one writes them for a shell. Undefined for what is none: a word without `=`,
 * a quote without its end.
 */
export function parsePairs(text: string): Readonly<Record<string, string>> | undefined {
  const pairs: Record<string, string> = {};
  const word = /\s*([^\s=]+)=((?:"(?:\\.|[^"\\])*"|'[^']*'|[^\s"'])*)(?=\s|$)/y;
  const end = text.trimEnd().length;
  while (word.lastIndex < end) {
    const found = word.exec(text);
    if (found === null) return undefined;
    const [, name = '', value = ''] = found;
    pairs[name] = value.replace(
      /"((?:\\.|[^"\\])*)"|'([^']*)'/g,
      (_whole, double: string | undefined, single: string | undefined) =>
        double === undefined ? (single ?? '') : double.replace(/\\(.)/g, '$1'),
    );
  }
  return pairs;
}

export function printPairs(pairs: Readonly<Record<string, string>>): string {
  return Object.entries(pairs)
    .map(
      ([name, value]) =>
        `${name}=${/^[^\s"'\\]*$/.test(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`}`,
    )
    .join(' ');
}
