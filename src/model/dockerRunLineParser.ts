import {
  asKnownFlag,
  flagName,
  hasNoEffect,
  isSwitch,
  type KnownFlag,
  takesDockerValue,
} from './dockerRunLineFlags.ts';
import { applyFlag } from './dockerRunLineValues.ts';
import { plainRun, type RunOptions } from './runOptions.ts';
import { splitShellLine } from './shellWords.ts';

/**
 * What of a line could not be taken over. `unknownFlag`: known to Docker or not, it has no place here; `badValue`: of a
 * flag that has; `substitution`: a shell would put something else there; `ignoredRest`: what comes behind the command;
 * `envFromShell`: a variable whose value would come from the shell; `openQuote`, `noImage`: the line is cut off.
 */
export interface LineRemark {
  readonly kind:
    | 'unknownFlag'
    | 'badValue'
    | 'substitution'
    | 'ignoredRest'
    | 'envFromShell'
    | 'openQuote'
    | 'noImage';
  /** As it stands in the line. */
  readonly text: string;
}

export interface ParsedRunLine {
  readonly options: RunOptions;
  readonly remarks: readonly LineRemark[];
}

/** Reads a `docker run …` line, also of Podman, behind `sudo` or a prompt; undefined for what is no such line. */
export function parseDockerRunLine(text: string): ParsedRunLine | undefined {
  const { words, substitutions, rest, openQuote } = splitShellLine(text);
  const start = skipCommand(words);
  if (start === undefined) return undefined;
  const reader = new FlagReader(words.slice(start.at));
  reader.read();
  const [image = '', ...command] = reader.left;
  const networks = reader.options.networks.filter(({ name }) => name !== '');
  const isNameless = networks.length < reader.options.networks.length;
  return {
    options: { ...reader.options, networks, image, command },
    remarks: [
      ...start.flags.map((flag): LineRemark => ({ kind: 'unknownFlag', text: flag })),
      ...reader.remarks,
      ...(isNameless ? [{ kind: 'badValue', text: '--network-alias, --ip' } as const] : []),
      ...substitutions.map((each): LineRemark => ({ kind: 'substitution', text: each })),
      ...(rest === '' ? [] : [{ kind: 'ignoredRest', text: rest } as const]),
      ...(openQuote === undefined ? [] : [{ kind: 'openQuote', text: openQuote } as const]),
      ...(image === '' ? [{ kind: 'noImage', text: '' } as const] : []),
    ],
  };
}

/** Where the flags of `run` begin, and the flags of the program itself before it. */
function skipCommand(
  words: readonly string[],
): { readonly at: number; readonly flags: readonly string[] } | undefined {
  let at = 0;
  while (/^(?:[$#%>]|sudo|PS.*>)$/.test(words[at] ?? '')) at++;
  if (!/(?:^|[/\\])(?:docker|podman|nerdctl)(?:\.exe)?$/.test(words[at] ?? '')) return undefined;
  at++;
  const flags: string[] = [];
  for (let word = words[at]; word?.startsWith('-') === true; word = words[at]) {
    flags.push(word.replace(/=.*/, ''));
    at += takesDockerValue(word) ? 2 : 1;
  }
  if (words[at] === 'container') at++;
  return words[at] === 'run' || words[at] === 'create' ? { at: at + 1, flags } : undefined;
}

/** Flags as Docker's program reads them: up to the first word that is none, which is the image. */
class FlagReader {
  options: RunOptions = plainRun;
  readonly remarks: LineRemark[] = [];
  left: readonly string[];

  constructor(words: readonly string[]) {
    this.left = words;
  }

  read(): void {
    for (let word = this.left[0]; word !== undefined; word = this.left[0]) {
      if (!/^-./.test(word)) return;
      this.left = this.left.slice(1);
      if (word === '--') return;
      if (word.startsWith('--')) this.readLong(word);
      else this.readShort(word.slice(1));
    }
  }

  private readLong(word: string): void {
    const at = word.indexOf('=');
    const written = at < 0 ? word.slice(2) : word.slice(2, at);
    const name = flagName(written);
    const value = at < 0 ? undefined : word.slice(at + 1);
    this.take(name, `--${written}`, value ?? (isSwitch(name) ? 'true' : this.next(`--${written}`)));
  }

  /** `-itd`, `-p8080:80`, `-e=A=1`: switches can stand together, the last may have a value. */
  private readShort(letters: string): void {
    for (let at = 0; at < letters.length; at++) {
      const letter = letters.charAt(at);
      const name = flagName(letter);
      const rest = letters.slice(at + 1);
      if (isSwitch(name) && !rest.startsWith('=')) {
        this.take(name, `-${letter}`, 'true');
        continue;
      }
      this.take(name, `-${letter}`, rest === '' ? this.next(`-${letter}`) : rest.replace(/^=/, ''));
      return;
    }
  }

  private next(flag: string): string | undefined {
    const [value, ...others] = this.left;
    if (value === undefined) this.remarks.push({ kind: 'badValue', text: flag });
    else this.left = others;
    return value;
  }

  private take(name: string, written: string, value: string | undefined): void {
    if (value === undefined || hasNoEffect(name)) return;
    const known = asKnownFlag(name);
    if (known === undefined) this.remarks.push({ kind: 'unknownFlag', text: written });
    else this.apply(known, written, value);
  }

  private apply(flag: KnownFlag, written: string, value: string): void {
    const applied = applyFlag(this.options, flag, value);
    if (typeof applied === 'string') this.remarks.push({ kind: 'envFromShell', text: applied });
    else if (applied === undefined) this.remarks.push({ kind: 'badValue', text: `${written} ${value}` });
    else this.options = applied;
  }
}
