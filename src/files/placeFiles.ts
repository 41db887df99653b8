import { basename } from 'node:path';
import { Emitter } from '../base/event.ts';
import type { Disposable } from '../base/lifecycle.ts';
import { EngineError } from '../model/engineError.ts';
import { nameOf, pathIn } from '../model/containerPath.ts';
import type { FileEntry } from '../model/fileEntry.ts';
import type { FilePlace } from '../model/filePlace.ts';
import { FilesError, filesProblemOf } from '../model/filesError.ts';
import type { FilesAccess, Listing, ListingProgress } from './filesAccess.ts';
import { toFileError } from './diskFailure.ts';
import type { Located, Meter } from './located.ts';
import type { OpenFiles } from './openFiles.ts';
import type { Unpacked } from './unpackFolder.ts';

export interface FileChange {
  readonly place: FilePlace;
  readonly path: string;
  readonly type: 'created' | 'changed' | 'deleted';
}

/** All that can be done with files of containers and volumes, wherever they are. */
export class PlaceFiles implements Disposable {
  private readonly locate: (place: FilePlace, signal: AbortSignal) => Promise<Located>;
  private loading: Promise<OpenFiles> | undefined;
  private readonly didChange = new Emitter<readonly FileChange[]>();
  /** What was changed from here. */
  readonly onDidChange = this.didChange.event;

  /** Lets go of a volume that is about to be removed. */
  readonly release: (engineId: string, volume: string) => Promise<void>;

  constructor(
    locate: (place: FilePlace, signal: AbortSignal) => Promise<Located>,
    release: (engineId: string, volume: string) => Promise<void> = () => Promise.resolve(),
  ) {
    this.locate = locate;
    this.release = release;
  }

  list(
    place: FilePlace,
    folder: string,
    signal: AbortSignal,
    onProgress?: ListingProgress,
  ): Promise<Listing> {
    return this.at(place, folder, signal, (files, at) => files.list(at, signal, onProgress));
  }

  async search(
    place: FilePlace,
    folder: string,
    text: string,
    limit: number,
    signal: AbortSignal,
  ): Promise<readonly string[]> {
    return this.at(place, folder, signal, async (files, at, root) => {
      const paths = await files.search(at, text, limit, signal);
      return paths.map((path) => path.slice(root.length));
    });
  }

  async stat(place: FilePlace, path: string, signal: AbortSignal): Promise<FileEntry> {
    const entry = await this.within(place, path, signal, ({ engine, containerId, root }, open) =>
      open.stat(engine, containerId, below(root, path), signal),
    );
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
    await this.at(place, from, signal, (files, at, root) => files.rename(at, below(root, to), signal));
    this.didChange.fire([
      { place, path: from, type: 'deleted' },
      { place, path: to, type: 'created' },
    ]);
  }

  async copy(place: FilePlace, from: string, to: string, signal: AbortSignal): Promise<void> {
    await this.at(place, from, signal, (files, at, root) => files.copy(at, below(root, to), signal));
    this.didChange.fire([{ place, path: to, type: 'created' }]);
  }

  async download(
    place: FilePlace,
    path: string,
    target: string,
    meter: Meter,
    signal: AbortSignal,
  ): Promise<Unpacked> {
    return orFileError(
      target,
      this.within(place, path, signal, (located, open) =>
        open.download(located, below(located.root, path), target, meter, signal),
      ),
    );
  }

  async upload(
    place: FilePlace,
    folder: string,
    paths: readonly string[],
    meter: Meter,
    signal: AbortSignal,
  ): Promise<void> {
    await orFileError(
      paths[0] ?? '',
      this.within(place, folder, signal, (located, open) =>
        open.upload(located, below(located.root, folder), paths, meter, signal),
      ),
    );
    this.didChange.fire(
      paths.map((path) => ({ place, path: pathIn(folder, basename(path)), type: 'created' as const })),
    );
  }

  dispose(): void {
    this.didChange.dispose();
  }

  private at<T>(
    place: FilePlace,
    path: string,
    signal: AbortSignal,
    work: (files: FilesAccess, at: string, root: string) => Promise<T>,
  ): Promise<T> {
    return this.within(place, path, signal, ({ engine, containerId, root }, open) =>
      open.use(engine, containerId, (files) => work(files, below(root, path), root), signal),
    );
  }

  private async within<T>(
    place: FilePlace,
    path: string,
    signal: AbortSignal,
    work: (located: Located, open: OpenFiles) => Promise<T>,
  ): Promise<T> {
    const located = await this.locate(place, signal);
    try {
      this.loading ??= import('./openFiles.ts').then((late) => new late.OpenFiles());
      return await named(path, work(located, await this.loading));
    } finally {
      located.done();
    }
  }
}

/** Failures name the path as the user knows it, not as it is mounted. */
async function named<T>(path: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const problem = filesProblemOf(error);
    if (problem === undefined || !(error instanceof Error)) throw error;
    throw new FilesError(problem, path, error.message, error);
  }
}

async function orFileError<T>(path: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw toFileError(error, path);
  }
}

function below(root: string, path: string): string {
  if (!path.startsWith('/') || path.includes('\0')) throw new EngineError('notFound', `${path} is no path`);
  return path === '/' ? root || '/' : `${root}${path}`;
}
