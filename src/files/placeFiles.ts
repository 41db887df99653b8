import { Emitter } from '../base/event.ts';
import type { Disposable } from '../base/lifecycle.ts';
import type { Engine } from '../engine/engine.ts';
import { EngineError } from '../model/engineError.ts';
import type { FileEntry } from '../model/fileEntry.ts';
import type { FilePlace } from '../model/filePlace.ts';
import { FilesError } from '../model/filesError.ts';
import { type FilesAccess, type Listing, type ListingProgress, nameOf } from './filesAccess.ts';
import { OpenFiles } from './openFiles.ts';

/** Where a place's files are found: in which container, below which folder. */
export interface Located {
  readonly engine: Engine;
  readonly containerId: string;
  /** Without a slash at its end: empty for a container's own root. */
  readonly root: string;
}

export interface FileChange {
  readonly place: FilePlace;
  readonly path: string;
  readonly type: 'created' | 'changed' | 'deleted';
}

/** All that can be done with files of containers and volumes, wherever they are. */
export class PlaceFiles implements Disposable {
  private readonly locate: (place: FilePlace, signal: AbortSignal) => Promise<Located>;
  private readonly open = new OpenFiles();
  private readonly didChange = new Emitter<readonly FileChange[]>();
  /** What was changed from here. */
  readonly onDidChange = this.didChange.event;

  constructor(locate: (place: FilePlace, signal: AbortSignal) => Promise<Located>) {
    this.locate = locate;
  }

  list(
    place: FilePlace,
    folder: string,
    signal: AbortSignal,
    onProgress?: ListingProgress,
  ): Promise<Listing> {
    return this.at(place, folder, signal, (files, at) => files.list(at, signal, onProgress));
  }

  async stat(place: FilePlace, path: string, signal: AbortSignal): Promise<FileEntry> {
    const { engine, containerId, root } = await this.locate(place, signal);
    const entry = await named(path, this.open.stat(engine, containerId, below(root, path), signal));
    return { ...entry, name: nameOf(path) };
  }

  read(place: FilePlace, path: string, maxBytes: number, signal: AbortSignal): Promise<Uint8Array> {
    return this.at(place, path, signal, (files, at) => files.read(at, maxBytes, signal));
  }

  async write(place: FilePlace, path: string, content: Uint8Array, signal: AbortSignal): Promise<void> {
    await this.at(place, path, signal, (files, at) => files.write(at, content, signal));
    this.didChange.fire([{ place, path, type: 'changed' }]);
  }

  async makeFolder(place: FilePlace, path: string, signal: AbortSignal): Promise<void> {
    await this.at(place, path, signal, (files, at) => files.makeFolder(at, signal));
    this.didChange.fire([{ place, path, type: 'created' }]);
  }

  async remove(place: FilePlace, path: string, signal: AbortSignal): Promise<void> {
    if (path === '/') throw new FilesError('denied', path, 'the root stays');
    await this.at(place, path, signal, (files, at) => files.remove(at, signal));
    this.didChange.fire([{ place, path, type: 'deleted' }]);
  }

  async rename(place: FilePlace, from: string, to: string, signal: AbortSignal): Promise<void> {
    const { root } = await this.locate(place, signal);
    await this.at(place, from, signal, (files, at) => files.rename(at, below(root, to), signal));
    this.didChange.fire([
      { place, path: from, type: 'deleted' },
      { place, path: to, type: 'created' },
    ]);
  }

  async copy(place: FilePlace, from: string, to: string, signal: AbortSignal): Promise<void> {
    const { root } = await this.locate(place, signal);
    await this.at(place, from, signal, (files, at) => files.copy(at, below(root, to), signal));
    this.didChange.fire([{ place, path: to, type: 'created' }]);
  }

  dispose(): void {
    this.didChange.dispose();
  }

  private async at<T>(
    place: FilePlace,
    path: string,
    signal: AbortSignal,
    work: (files: FilesAccess, at: string) => Promise<T>,
  ): Promise<T> {
    const { engine, containerId, root } = await this.locate(place, signal);
    const at = below(root, path);
    return named(
      path,
      this.open.use(engine, containerId, (files) => work(files, at), signal),
    );
  }
}

/** Failures name the path as the user knows it, not as it is mounted. */
async function named<T>(path: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof FilesError) || error.path === path) throw error;
    throw new FilesError(error.problem, path, error.message, error.cause);
  }
}

function below(root: string, path: string): string {
  if (!path.startsWith('/') || path.includes('\0'))
    throw new EngineError('notFound', `“${path}” is no path in a container`);
  return path === '/' ? root || '/' : `${root}${path}`;
}
