import { posix } from 'node:path';
import { tarEnd, tarHeader, tarPadding } from '../archive/tarWriter.ts';
import { mapLimited } from '../base/async.ts';
import type { Engine, PathStat } from '../engine/engine.ts';
import { nameOf, parentOf, pathIn } from '../model/containerPath.ts';
import { compareEntries, type FileEntry, type FileKind } from '../model/fileEntry.ts';
import { FilesError, filesProblemOf } from '../model/filesError.ts';
import { firstEntry, listArchive, scanArchive } from './archiveListing.ts';
import { type FilesAccess, type Listing, type ListingProgress, maxLinks } from './filesAccess.ts';

/** An engine sends everything below a folder to tell what is in it: more than this nobody waits for. */
const maxListingBytes = 2 ** 30;

/** Each costs a request or two. */
const maxFollowedLinks = 500;
const parallelLinks = 8;

/** Files of a container from outside, as the engine sees them: of one that is stopped, or has no shell. */
export class ArchiveFiles implements FilesAccess {
  private readonly engine: Engine;
  private readonly id: string;

  constructor(engine: Engine, containerId: string) {
    this.engine = engine;
    this.id = containerId;
  }

  async list(folder: string, signal: AbortSignal, onProgress?: ListingProgress): Promise<Listing> {
    const real = await this.realPath(folder, signal);
    const { kind } = await this.engine.pathStat(this.id, real, signal);
    if (kind !== 'directory') throw new FilesError('notFolder', folder, `${folder} is not a folder`);
    // The dot: the names in the tar begin with it, whatever the folder is called.
    const archive = this.engine.readArchive(this.id, pathIn(real, '.'), signal);
    const { entries, isWhole } = await listArchive(archive, maxListingBytes, onProgress);
    const kinds = new Map(entries.map((entry) => [entry.name, entry.kind]));
    let followed = 0;
    const whole = await mapLimited(entries, parallelLinks, async (entry) => {
      const target = entry.link?.target ?? '';
      if (entry.kind !== 'link') return entry;
      const near = target.includes('/') ? undefined : kinds.get(target);
      if (near !== undefined && near !== 'link') return { ...entry, link: { target, kind: near } };
      if (followed++ >= maxFollowedLinks) return entry;
      return { ...entry, link: { target, kind: await this.kindBehind(pathIn(real, entry.name), signal) } };
    });
    return { entries: whole.sort(compareEntries), isWhole };
  }

  async search(folder: string, text: string, limit: number, signal: AbortSignal): Promise<readonly string[]> {
    const real = await this.realPath(folder, signal);
    const archive = this.engine.readArchive(this.id, pathIn(real, '.'), signal);
    const wanted = text.toLowerCase();
    const found: string[] = [];
    await scanArchive(archive, maxListingBytes, ({ path, type }) => {
      const isFile = type === 'file' || type === 'hardlink' || type === 'symlink';
      if (isFile && nameOf(`/${path}`).toLowerCase().includes(wanted)) found.push(pathIn(folder, path));
      return found.length < limit;
    });
    return found;
  }

  async stat(path: string, signal: AbortSignal): Promise<FileEntry> {
    const { linkTarget, ...stat } = await this.engine.pathStat(this.id, path, signal);
    const entry = { name: nameOf(path), owner: '', ...stat };
    if (stat.kind !== 'link') return entry;
    return { ...entry, link: { target: linkTarget, kind: await this.kindBehind(path, signal) } };
  }

  async read(path: string, maxBytes: number, signal: AbortSignal): Promise<Uint8Array> {
    const real = await this.realPath(path, signal);
    const first = await firstEntry(this.engine.readArchive(this.id, real, signal), maxBytes);
    if (first === undefined) throw new FilesError('special', path, `${path} is not a regular file`);
    const { entry, content } = first;
    if (entry.type === 'directory') throw new FilesError('isFolder', path, `${path} is a folder`);
    if (entry.type !== 'file') throw new FilesError('special', path, `${path} is not a regular file`);
    if (content === undefined)
      throw new FilesError('tooBig', path, `${path} has ${String(entry.sizeBytes)} bytes`);
    return content;
  }

  async write(path: string, content: Uint8Array, signal: AbortSignal): Promise<void> {
    const real = await this.realPath(path, signal);
    const stat = await this.statOrNothing(real, signal);
    if (stat?.kind === 'directory') throw new FilesError('isFolder', path, `${path} is a folder`);
    if (stat !== undefined && stat.kind !== 'file')
      throw new FilesError('special', path, `${path} is not a regular file`);
    const owner = await this.ownerOf(stat === undefined ? parentOf(real) : real, signal);
    const header = tarHeader({
      path: nameOf(real),
      kind: 'file',
      mode: stat?.mode ?? 0o644,
      ...owner,
      sizeBytes: content.length,
      modifiedAt: Date.now() / 1000,
    });
    const pieces = [header, content, tarPadding(content.length), tarEnd()];
    await this.engine.writeArchive(this.id, parentOf(real), inOrder(pieces), signal);
  }

  async makeFolder(path: string, signal: AbortSignal): Promise<void> {
    if ((await this.statOrNothing(path, signal)) !== undefined)
      throw new FilesError('exists', path, `${path} exists`);
    const folder = await this.realPath(parentOf(path), signal);
    const header = tarHeader({
      path: nameOf(path),
      kind: 'folder',
      mode: 0o755,
      ...(await this.ownerOf(folder, signal)),
      sizeBytes: 0,
      modifiedAt: Date.now() / 1000,
    });
    await this.engine.writeArchive(this.id, folder, inOrder([header, tarEnd()]), signal);
  }

  remove(path: string): Promise<void> {
    return Promise.reject(new FilesError('needsShell', path, 'engines cannot remove files'));
  }

  rename(from: string): Promise<void> {
    return Promise.reject(new FilesError('needsShell', from, 'engines cannot rename files'));
  }

  copy(from: string): Promise<void> {
    return Promise.reject(new FilesError('needsShell', from, 'engines cannot copy files'));
  }

  private async statOrNothing(path: string, signal: AbortSignal): Promise<PathStat | undefined> {
    try {
      return await this.engine.pathStat(this.id, path, signal);
    } catch (error) {
      if (filesProblemOf(error) === 'missing') return undefined;
      throw error;
    }
  }

  private async kindBehind(
    path: string,
    signal: AbortSignal,
  ): Promise<Exclude<FileKind, 'link'> | undefined> {
    try {
      const { kind } = await this.engine.pathStat(this.id, await this.realPath(path, signal), signal);
      return kind === 'link' ? undefined : kind;
    } catch (error) {
      if (filesProblemOf(error) !== undefined) return undefined;
      throw error;
    }
  }

  /** The path with links at its end followed; engines follow those of its folders. What is not there stays as it is. */
  private async realPath(path: string, signal: AbortSignal): Promise<string> {
    let at = path;
    for (let links = 0; links <= maxLinks; links++) {
      const stat = await this.statOrNothing(at, signal);
      if (stat?.kind !== 'link' || stat.linkTarget === '') return at;
      at = posix.resolve(posix.dirname(at), stat.linkTarget);
    }
    throw new FilesError('links', path, `${path} leads from link to link`);
  }

  /** What is there in the end, and where. */
  async follow(
    path: string,
    signal: AbortSignal,
  ): Promise<{ readonly real: string; readonly stat: PathStat }> {
    const real = await this.realPath(path, signal);
    return { real, stat: await this.engine.pathStat(this.id, real, signal) };
  }

  async ownerOf(path: string, signal: AbortSignal): Promise<{ readonly uid: number; readonly gid: number }> {
    const first = await firstEntry(this.engine.readArchive(this.id, path, signal), 0);
    return { uid: first?.entry.uid ?? 0, gid: first?.entry.gid ?? 0 };
  }
}

async function* inOrder(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield* pieces;
}
