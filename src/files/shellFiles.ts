import { randomUUID } from 'node:crypto';
import type { Engine } from '../engine/engine.ts';
import { compareEntries, type FileEntry } from '../model/fileEntry.ts';
import { pathIn } from '../model/containerPath.ts';
import { decodeFileName } from '../model/fileName.ts';
import { FilesError, filesProblemIn } from '../model/filesError.ts';
import type { FilesAccess, Listing } from './filesAccess.ts';
import { NoShellError } from './noShellError.ts';
import { parseShellListing } from './shellListing.ts';
import {
  copyScript,
  exitMark,
  listScript,
  makeFolderScript,
  readScript,
  removeScript,
  renameScript,
  searchScript,
  scriptExits,
  shellArgument,
  statArguments,
  statScript,
  writeScript,
} from './shellScripts.ts';

/** A listing of a million names; what is more is no listing. */
const maxListingBytes = 256 * 1024 * 1024;

const problems = [
  'missing',
  'isFolder',
  'special',
  'exists',
  'cut',
] as const satisfies readonly (keyof typeof scriptExits)[];

/** Of paths that a search finds; more nobody reads. */
const maxFoundBytes = 512 * 1024;

interface ScriptRun {
  readonly script: string;
  /** The path that a failure names. */
  readonly path: string;
  readonly args: readonly string[];
  readonly input?: AsyncIterable<Uint8Array>;
  readonly maxBytes?: number;
}

/** Files of a running container through a shell in it, as its root: mounts and file systems in memory are as it sees them. */
export class ShellFiles implements FilesAccess {
  private readonly engine: Engine;
  private readonly id: string;

  constructor(engine: Engine, containerId: string) {
    this.engine = engine;
    this.id = containerId;
  }

  async list(folder: string, signal: AbortSignal): Promise<Listing> {
    const entries = await this.entries(listScript, folder, signal);
    return { entries: [...entries].sort(compareEntries), isWhole: true };
  }

  async search(folder: string, text: string, limit: number, signal: AbortSignal): Promise<readonly string[]> {
    const pattern = `*${text.replace(/[*?[\\\]]/g, '\\$&')}*`;
    const args = [shellArgument(folder), shellArgument(pattern), String(maxFoundBytes)];
    const output = await this.run({ script: searchScript, path: folder, args }, signal);
    // What the bound has cut off is no path.
    const paths = output.toString('latin1').split('\0').slice(0, -1);
    return paths
      .slice(0, limit)
      .map((path) => pathIn(folder, decodeFileName(Buffer.from(path, 'latin1')).slice('./'.length)));
  }

  async stat(path: string, signal: AbortSignal): Promise<FileEntry> {
    const [entry] = await this.entries(statScript, path, signal);
    if (entry === undefined) throw new FilesError('missing', path, `there is no ${path}`);
    return entry;
  }

  async read(path: string, maxBytes: number, signal: AbortSignal): Promise<Uint8Array> {
    return this.run({ script: readScript, path, args: [shellArgument(path)], maxBytes }, signal);
  }

  async write(path: string, content: Uint8Array, signal: AbortSignal): Promise<void> {
    const args = [shellArgument(path), randomUUID().slice(0, 8), String(content.length)];
    await this.run({ script: writeScript, path, args, input: piecesOf(content) }, signal);
  }

  async makeFolder(path: string, signal: AbortSignal): Promise<void> {
    await this.run({ script: makeFolderScript, path, args: [shellArgument(path)] }, signal);
  }

  async remove(path: string, signal: AbortSignal): Promise<void> {
    await this.run({ script: removeScript, path, args: [shellArgument(path)] }, signal);
  }

  async rename(from: string, to: string, signal: AbortSignal): Promise<void> {
    const args = [shellArgument(from), shellArgument(to)];
    await this.run({ script: renameScript, path: from, args }, signal);
  }

  async copy(from: string, to: string, signal: AbortSignal): Promise<void> {
    await this.run(
      { script: copyScript, path: from, args: [shellArgument(from), shellArgument(to)] },
      signal,
    );
  }

  private async entries(script: string, path: string, signal: AbortSignal): Promise<readonly FileEntry[]> {
    const mark = randomUUID();
    const output = await this.run(
      { script, path, args: statArguments(path, mark), maxBytes: maxListingBytes },
      signal,
    );
    return parseShellListing(output, mark);
  }

  private async run(
    { script, path, args, input, maxBytes = 1 << 20 }: ScriptRun,
    signal: AbortSignal,
  ): Promise<Buffer> {
    const command = ['/bin/sh', '-c', script, 'sh', ...args];
    const spec = { command, user: '0', ...(input === undefined ? {} : { input }) };
    const session = await this.engine.exec(this.id, spec, signal);
    const output: Uint8Array[] = [];
    let bytes = 0;
    let said = '';
    const decoder = new TextDecoder();
    try {
      for await (const { stream, data } of session.output) {
        if (stream === 'stderr') said = `${said}${decoder.decode(data, { stream: true })}`.slice(-4096);
        else if ((bytes += data.length) > maxBytes)
          throw new FilesError('tooBig', path, `${path} has more than ${String(maxBytes)} bytes`);
        else output.push(data);
      }
    } finally {
      session.close();
    }
    const [words = '', code] = said.split(exitMark);
    if (code === '0') return Buffer.concat(output);
    // Where there is no shell, engines say so by an exit code, and some where the output stands.
    const exit = code === undefined ? await session.exitCode() : Number(code);
    if (exit === 126 || exit === 127) throw new NoShellError(words || Buffer.concat(output).toString('utf8'));
    if (code === undefined) throw new FilesError('cut', path, 'the command ended too early');
    throw failureOf(Number(code), path, words.trim());
  }
}

async function* piecesOf(content: Uint8Array): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  for (let at = 0; at < content.length; at += 1 << 18) yield content.subarray(at, at + (1 << 18));
}

function failureOf(exit: number, path: string, said: string): FilesError {
  const problem = problems.find((name) => scriptExits[name] === exit) ?? filesProblemIn(said);
  return new FilesError(problem, path, said || `the command ended with ${String(exit)}`);
}
