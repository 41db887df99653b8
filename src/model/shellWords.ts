/** A command line as a POSIX shell takes it apart; nothing in it is ever run. */
export interface ShellLine {
  readonly words: readonly string[];
  /** What a shell would put something else in place of, as it stands: `$HOME`, `$(pwd)`, `~`. It stays in the words. */
  readonly substitutions: readonly string[];
  /** What ends the command and all behind it: `| grep x`, `&& ls`. */
  readonly rest: string;
  /** A quote that is open at the end. */
  readonly openQuote: '"' | "'" | undefined;
}

const operators = /^(?:&&|\|\||;;|>>|<<|[|&;<>()])/;
const variable = /^\$(?:\{[^}]*\}|\w+|[@*#?$!-])/;

/** Takes a line apart; line ends behind a backslash join lines, others end the command as a semicolon does. */
export function splitShellLine(text: string): ShellLine {
  return new Splitter(text.replaceAll('\r\n', '\n')).split();
}

/** Words alone, where there is no shell: `|`, `#`, `$HOME` and line ends have no meaning. */
export function splitWords(text: string): Pick<ShellLine, 'words' | 'openQuote'> {
  return new Splitter(text.replaceAll('\r\n', '\n'), true).split();
}

/** The words as one line that a POSIX shell takes apart into them again. */
export function joinShellWords(words: readonly string[]): string {
  return words.map(quoteShellWord).join(' ');
}

export function quoteShellWord(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

class Splitter {
  private readonly text: string;
  private at = 0;
  private readonly words: string[] = [];
  private readonly substitutions: string[] = [];
  private word: string | undefined;
  private openQuote: ShellLine['openQuote'];
  private readonly isPlain: boolean;

  constructor(text: string, isPlain = false) {
    this.text = text;
    this.isPlain = isPlain;
  }

  split(): ShellLine {
    let rest = '';
    while (this.at < this.text.length) {
      const character = this.text.charAt(this.at);
      const operator = operators.exec(this.text.slice(this.at, this.at + 2));
      if (this.isPlain) this.step(character);
      else if (character === '\n' && this.words.length === 0 && this.word === undefined) this.at++;
      else if (character === '\n' || operator !== null) {
        rest = this.text.slice(this.at).trim();
        break;
      } else if (character === '#' && this.word === undefined) this.skipComment();
      else this.step(character);
    }
    this.endWord();
    const { words, substitutions, openQuote } = this;
    return { words, substitutions: [...new Set(substitutions)], rest, openQuote };
  }

  private step(character: string): void {
    switch (character) {
      case ' ':
      case '\t':
      case '\n':
        this.endWord();
        this.at++;
        break;
      case '\\':
        this.escape();
        break;
      case "'":
        this.single();
        break;
      case '"':
        this.double();
        break;
      case '$':
      case '`':
        this.substitution();
        break;
      default:
        if (character === '~' && this.word === undefined) this.home();
        else this.take(character);
    }
  }

  private take(text: string, length = text.length): void {
    this.word = (this.word ?? '') + text;
    this.at += length;
  }

  private endWord(): void {
    if (this.word !== undefined) this.words.push(this.word);
    this.word = undefined;
  }

  private escape(): void {
    const next = this.text.charAt(this.at + 1);
    if (next === '\n') this.at += 2;
    else this.take(next, 2);
  }

  private single(): void {
    const end = this.text.indexOf("'", this.at + 1);
    if (end < 0) this.openQuote = "'";
    const inside = this.text.slice(this.at + 1, end < 0 ? undefined : end);
    this.take(inside, inside.length + 2);
  }

  private double(): void {
    this.take('', 1);
    while (this.at < this.text.length) {
      const character = this.text.charAt(this.at);
      if (character === '"') {
        this.at++;
        return;
      }
      const next = this.text.charAt(this.at + 1);
      if (character === '\\' && next === '\n') this.at += 2;
      else if (character === '\\' && /["\\$`]/.test(next)) this.take(next, 2);
      else if (character === '$' || character === '`') this.substitution();
      else this.take(character);
    }
    this.openQuote = '"';
  }

  private substitution(): void {
    const found = this.command() ?? variable.exec(this.text.slice(this.at))?.[0];
    if (found !== undefined) this.substitutions.push(found);
    // Alone, it stands for itself.
    this.take(found ?? '$');
  }

  /** `$(…)` with all that is inside, `$((…))` too, and what is between two backticks. */
  private command(): string | undefined {
    const rest = this.text.slice(this.at);
    if (rest.startsWith('`')) {
      const end = rest.indexOf('`', 1);
      return end < 0 ? rest : rest.slice(0, end + 1);
    }
    if (!rest.startsWith('$(')) return undefined;
    let depth = 0;
    for (let end = 1; end < rest.length; end++) {
      if (rest[end] === '(') depth++;
      else if (rest[end] === ')' && --depth === 0) return rest.slice(0, end + 1);
    }
    return rest;
  }

  private home(): void {
    this.substitutions.push(/^~[\w.-]*/.exec(this.text.slice(this.at))?.[0] ?? '~');
    this.take('~');
  }

  private skipComment(): void {
    const end = this.text.indexOf('\n', this.at);
    this.at = end < 0 ? this.text.length : end;
  }
}
