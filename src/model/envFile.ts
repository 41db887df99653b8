/** A line of an environment file that sets nothing. */
export interface EnvFileProblem {
  /** From 1. */
  readonly line: number;
}

/**
 * Reads an environment file as `docker run --env-file` does: a variable a line, values as they stand, quotes with them;
 * lines that begin with `#` are for people. A name alone would come from a shell, and is left out.
 */
export function parseEnvFile(text: string): Readonly<Record<string, string>> | EnvFileProblem {
  const entries: (readonly [string, string])[] = [];
  for (const [index, raw] of text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .entries()) {
    const line = raw.trimStart();
    if (line === '' || line.startsWith('#')) continue;
    const at = line.indexOf('=');
    const name = at < 0 ? line : line.slice(0, at);
    if (name === '' || /\s/.test(name)) return { line: index + 1 };
    if (at >= 0) entries.push([name, line.slice(at + 1)]);
  }
  return Object.fromEntries(entries);
}

export function isEnvFileProblem(
  read: Readonly<Record<string, string>> | EnvFileProblem,
): read is EnvFileProblem {
  return typeof read['line'] === 'number';
}
