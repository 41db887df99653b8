export interface DockerfileInstruction {
  /** In capitals. */
  readonly keyword: string;
  /** Of the shell or the JSON form, without quotes; variables stand as they are. */
  readonly words: readonly string[];
  /** All behind the keyword, its lines joined. */
  readonly rest: string;
  /** The first line it stands on, and the last one, its here-documents included; both from 0. */
  readonly line: number;
  readonly endLine: number;
  readonly hasHeredoc: boolean;
}

const heredoc = /<<-?["']?([A-Za-z_]\w*)["']?/g;
const takesHeredocs = new Set(['RUN', 'COPY', 'ADD']);

/** A Dockerfile's instructions in order, lines joined; comments and the bodies of here-documents left out. */
export function dockerfileInstructions(text: string): readonly DockerfileInstruction[] {
  const lines = text.split(/\r?\n/);
  const escape = /^#\s*escape\s*=\s*`\s*$/im.test(directivesOf(lines)) ? '`' : '\\';
  const instructions: DockerfileInstruction[] = [];
  for (let at = 0; at < lines.length; at++) {
    let first = at;
    const pieces: string[] = [];
    for (; at < lines.length; at++) {
      const line = lines[at]?.trim() ?? '';
      // A comment or a blank line within an instruction does not end it.
      if (line.startsWith('#') || line === '') {
        if (pieces.length === 0) break;
        continue;
      }
      if (pieces.length === 0) first = at;
      const goesOn = line.endsWith(escape);
      pieces.push(goesOn ? line.slice(0, -1) : line);
      if (!goesOn) break;
    }
    const whole = pieces.join(' ').trim();
    const [, word = '', rest = ''] = /^([A-Za-z]+)\s+(.*)$/s.exec(whole) ?? [];
    if (word === '') continue;
    const keyword = word.toUpperCase();
    const end = takesHeredocs.has(keyword) ? endOfHeredocs(lines, at, rest) : at;
    instructions.push({
      keyword,
      words: wordsOf(rest),
      rest,
      line: first,
      endLine: Math.min(end, lines.length - 1),
      hasHeredoc: end > at,
    });
    at = end;
  }
  return instructions;
}

/** The comments at the top, which may say how the rest is read. */
export function directivesOf(lines: readonly string[]): string {
  const end = lines.findIndex((line) => !/^\s*#\s*\w+\s*=/.test(line));
  return (end < 0 ? lines : lines.slice(0, end)).join('\n');
}

/** The line that ends the last here-document that the instruction on line `at` begins. */
function endOfHeredocs(lines: readonly string[], at: number, rest: string): number {
  let end = at;
  for (const [, delimiter] of rest.matchAll(heredoc)) {
    let found = end + 1;
    while (found < lines.length && lines[found]?.trim() !== delimiter) found++;
    // `$((1 << flag))` has no end, for it is none.
    if (found < lines.length) end = found;
  }
  return end;
}

function wordsOf(rest: string): readonly string[] {
  const words = rest.split(/\s+/).filter((word) => word !== '');
  const firstArgument = words.findIndex((word) => !word.startsWith('--'));
  const flags = words.slice(0, Math.max(0, firstArgument));
  const isList = words[firstArgument]?.startsWith('[') === true;
  const list = isList ? jsonWords(rest.slice(rest.indexOf('['))) : undefined;
  if (list !== undefined) return [...flags, ...list];
  return words.map((word) => /^(["'])(.*)\1$/.exec(word)?.[2] ?? word);
}

function jsonWords(text: string): readonly string[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return Array.isArray(value) && value.every((word) => typeof word === 'string') ? value : undefined;
}
