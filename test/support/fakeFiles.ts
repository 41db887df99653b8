import type { Files, Meter } from '../../src/commands/deps.ts';
import { nameOf, parentOf } from '../../src/model/containerPath.ts';
import type { FileEntry } from '../../src/model/fileEntry.ts';
import type { FilePlace } from '../../src/model/filePlace.ts';
import { FilesError } from '../../src/model/filesError.ts';
import { fileEntry } from './builders.ts';

/** Files as a list of paths, and what was done with them: real ones are in test/integration. */
export class FakeFiles implements Files {
  readonly paths = new Set<string>();
  readonly calls: string[] = [];
  /** What cannot be done with a path. */
  readonly refused = new Map<string, FilesError>();
  leftOut = 0;

  list(_place: FilePlace, folder: string): Promise<{ readonly entries: readonly FileEntry[] }> {
    const inside = [...this.paths].filter((path) => parentOf(path.replace(/\/$/, '')) === folder);
    const entries = inside.map((path) =>
      path.endsWith('/') ? fileEntry(nameOf(path.slice(0, -1)), 'directory') : fileEntry(nameOf(path)),
    );
    return Promise.resolve({ entries });
  }

  search(_place: FilePlace, folder: string, text: string): Promise<readonly string[]> {
    this.calls.push(`search ${folder} ${text}`);
    return Promise.resolve([...this.paths].filter((path) => path.includes(text)));
  }

  stat(_place: FilePlace, path: string): Promise<FileEntry> {
    return this.paths.has(path)
      ? Promise.resolve(fileEntry(nameOf(path)))
      : Promise.reject(new FilesError('missing', path, ''));
  }

  read(_place: FilePlace, path: string): Promise<Uint8Array> {
    return Promise.reject(new FilesError('missing', path, ''));
  }

  write(_place: FilePlace, path: string, content: Uint8Array): Promise<void> {
    return this.perform(path, `write ${path} ${String(content.length)}`);
  }

  makeFolder(_place: FilePlace, path: string): Promise<void> {
    return this.perform(path, `makeFolder ${path}`);
  }

  remove(_place: FilePlace, path: string): Promise<void> {
    return this.perform(path, `remove ${path}`);
  }

  rename(_place: FilePlace, from: string, to: string): Promise<void> {
    return this.perform(from, `rename ${from} ${to}`);
  }

  async download(
    _place: FilePlace,
    path: string,
    target: string,
    meter: Meter,
  ): Promise<{ readonly files: number; readonly leftOut: number }> {
    await this.perform(path, `download ${path} ${target}`);
    for await (const _piece of meter(pieces(), 3));
    return { files: 1, leftOut: this.leftOut };
  }

  async upload(_place: FilePlace, folder: string, paths: readonly string[], meter: Meter): Promise<void> {
    await this.perform(folder, `upload ${folder} ${paths.join(' ')}`);
    for await (const _piece of meter(pieces(), 3));
  }

  release(engineId: string, volume: string): Promise<void> {
    this.calls.push(`release ${engineId} ${volume}`);
    return Promise.resolve();
  }

  private perform(path: string, call: string): Promise<void> {
    this.calls.push(call);
    const refused = this.refused.get(path);
    return refused === undefined ? Promise.resolve() : Promise.reject(refused);
  }
}

async function* pieces(): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield new Uint8Array(3);
}
