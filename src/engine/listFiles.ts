import { EngineError } from '../model/engineError.ts';
import type { Engine, FileEntry } from './engine.ts';

/** Unmatched patterns stay as they are and fail alone, so the errors are dropped and what was found counts. */
const script = 'cd "$1" 2>/dev/null || exit 66; stat -c "%f %s %Y %n" -- * .[!.]* ..?* 2>/dev/null; exit 0';
const noSuchFolder = 66;

/**
 * The entries of a folder inside a running container, folders first, by `stat` in its own shell. Rejects with
 * `unsupported` where there is no shell.
 */
export async function listFiles(
  engine: Engine,
  containerId: string,
  folder: string,
  signal: AbortSignal,
): Promise<readonly FileEntry[]> {
  const session = await engine.exec(
    containerId,
    { command: ['/bin/sh', '-c', script, 'sh', folder] },
    signal,
  );
  const decoder = new TextDecoder();
  let output = '';
  for await (const { stream, data } of session.output)
    if (stream === 'stdout') output += decoder.decode(data, { stream: true });
  const code = (await session.exitCode()) ?? 0;
  if (code === noSuchFolder) throw new EngineError('notFound', `there is no folder ${folder}`);
  if (code !== 0) throw new EngineError('unsupported', 'there is no /bin/sh in the image');
  return parseEntries(output.split('\n')).sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
}

/** A line that is no entry goes on with the name before it: names may hold line ends. */
function parseEntries(lines: readonly string[]): FileEntry[] {
  const entries: FileEntry[] = [];
  for (const line of lines) {
    const entry = parseEntry(line);
    const last = entries.at(-1);
    if (entry !== undefined) entries.push(entry);
    else if (last !== undefined && line !== '')
      entries.splice(-1, 1, { ...last, name: `${last.name}\n${line}` });
  }
  return entries;
}

/** `81a4 1234 1700000000 name`: mode in hex, bytes, seconds since the epoch. */
function parseEntry(line: string): FileEntry | undefined {
  const match = /^([0-9a-f]+) (\d+) (-?\d+) (.+)$/.exec(line);
  if (match === null) return undefined;
  const [, mode = '0', size = '0', seconds = '0', name = ''] = match;
  const types: Readonly<Record<number, FileEntry['type']>> = { 0x8: 'file', 0x4: 'directory', 0xa: 'link' };
  return {
    name,
    type: types[Number.parseInt(mode, 16) >> 12] ?? 'other',
    sizeBytes: Number(size),
    modifiedAt: Number(seconds) * 1000,
  };
}

function rank({ type }: FileEntry): number {
  return type === 'directory' ? 0 : 1;
}
