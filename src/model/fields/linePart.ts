/** How what stands in quotes was escaped: `go` as Go's `%q` does it, which writers of logfmt use. */
export type Escaping = 'none' | 'json' | 'go';

/** A part of a line: where it stands, without quotes around it. */
export interface LinePart {
  readonly start: number;
  readonly end: number;
  readonly escaping: Escaping;
}

/** Between `start` and `end`; what has no backslash in it is as it was meant. */
export function linePart(line: string, start: number, end: number, escaping: Escaping): LinePart {
  const isEscaped = escaping !== 'none' && line.slice(start, end).includes('\\');
  return { start, end, escaping: isEscaped ? escaping : 'none' };
}

/** What a part says, escapes undone. */
export function textOf(line: string, part: LinePart): string {
  const { start, end, escaping } = part;
  if (escaping === 'none') return line.slice(start, end);
  let text = '';
  let last = start;
  for (const escape of escapesIn(line, part)) {
    text += line.slice(last, escape.start) + escape.text;
    last = escape.end;
  }
  return text + line.slice(last, end);
}

/** Some characters that stand for what could not be written as it is. */
export interface Escape {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const expressions: Readonly<Record<Exclude<Escaping, 'none'>, RegExp>> = {
  json: /\\(?:u([0-9a-fA-F]{4})|(["\\/bfnrt]))/g,
  // A backslash before anything else is a character, as in a Windows path.
  go: /\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(["\\nrt]))/g,
};

const signs: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** From left to right. */
export function* escapesIn(line: string, { start, end, escaping }: LinePart): Generator<Escape> {
  if (escaping === 'none') return;
  for (const match of line.slice(start, end).matchAll(expressions[escaping])) {
    const at = start + match.index;
    const [whole] = match;
    const groups: readonly (string | undefined)[] = match.slice(1);
    const said = groups.find((group) => group !== undefined) ?? '';
    const text =
      whole.charAt(1) === 'u' || whole.charAt(1) === 'x'
        ? String.fromCharCode(Number.parseInt(said, 16))
        : (signs[said] ?? said);
    yield { start: at, end: at + whole.length, text };
  }
}
