export interface DockerfileInstruction {
  /** In capitals. */
  readonly keyword: string;
  /** Of the shell or the JSON form, without quotes; variables stand as they are. */
  readonly words: readonly string[];
  /** All behind the keyword, its lines joined. */
  readonly rest: string;
  /** Where it begins, from 0. */
  readonly line: number;
}

const heredoc = /<<-?["']?([A-Za-z_]\w*)["']?/g;
const takesHeredocs = new Set(['RUN', 'COPY', 'ADD']);

/** A Dockerfile's instructions in order, lines joined; comments and the bodies of here-documents left out. */
export function dockerfileInstructions(text: string): readonly DockerfileInstruction[] {
  const lines = text.split(/\r?\n/);
  const instructions: DockerfileInstruction[] = [];
  for (let at = 0; at < lines.length; at++) {
    const pieces: string[] = [];
    let begin = at;
    for (; at < lines.length; at++) {
      const line = lines[at]?.trim() ?? '';
      // A comment or a blank line within an instruction does not end it.
      if (line.startsWith('#') || line === '') {
        if (pieces.length === 0) break;
        continue;
      }
      if (pieces.length === 0) begin = at;
      const goesOn = line.endsWith('\\');
      pieces.push(goesOn ? line.slice(0, -1) : line);
      if (!goesOn) break;
    }
    const whole = pieces.join(' ').trim();
    const [, keyword = '', rest = ''] = /^([A-Za-z]+)\s+(.*)$/s.exec(whole) ?? [];
    if (keyword === '') continue;
    instructions.push({ keyword: keyword.toUpperCase(), words: wordsOf(rest), rest, line: begin });
    if (takesHeredocs.has(keyword.toUpperCase())) at = endOfHeredocs(lines, at, rest);
  }
  return instructions;
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
