import {
  closeSync,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
  type Dirent,
} from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { ContextError } from './contextError.ts';
import type { IgnoreRules } from './ignoreRules.ts';
import { tarEnd, tarHeader, type TarMember, tarPadding } from '../archive/tarWriter.ts';

export interface ContextOptions {
  readonly folder: string;
  readonly rules: IgnoreRules;
  /** Paths that go along although a rule leaves them out: the engine reads them before it applies the rules. */
  readonly kept: ReadonlySet<string>;
  /** Files that stand for, or beside, what is on the disk. */
  readonly extra: ReadonlyMap<string, Uint8Array>;
  /** Called with the bytes of the archive so far. */
  readonly onProgress?: (sentBytes: number) => void;
}

const chunkBytes = 512 * 1024;
/** So often others get their turn, also while nothing but ignored files is found. */
const entriesAtATime = 512;

/**
 * A build's context as a tar, read as it is taken. The calls are those that wait, as they take a fraction of the time
 * that the others do for many small files: this belongs into a thread of its own. What is a socket, a pipe or a
 * device stays out.
 */
export async function* contextArchive(options: ContextOptions): AsyncGenerator<Uint8Array> {
  const { extra, onProgress } = options;
  let sentBytes = 0;
  let pieces: Uint8Array[] = [];
  let pieceBytes = 0;
  let entries = 0;
  const take = (piece: Uint8Array): void => {
    pieces.push(piece);
    pieceBytes += piece.length;
  };
  const flush = (): Uint8Array => {
    const chunk = Buffer.concat(pieces, pieceBytes);
    pieces = [];
    pieceBytes = 0;
    sentBytes += chunk.length;
    onProgress?.(sentBytes);
    return chunk;
  };
  for (const found of walk(options, '')) {
    if (++entries % entriesAtATime === 0) await setImmediate();
    if (found === undefined) continue;
    if (extra.has(found.path)) continue;
    for (const piece of membersOf(options.folder, found)) {
      take(piece);
      if (pieceBytes >= chunkBytes) yield flush();
    }
  }
  for (const [path, content] of extra) {
    take(tarHeader({ path, kind: 'file', mode: 0o644, sizeBytes: content.length, modifiedAt: 0 }));
    take(content);
    take(tarPadding(content.length));
  }
  take(tarEnd());
  yield flush();
}

interface Found {
  readonly path: string;
  readonly kind: TarMember['kind'];
}

/** Undefined for what is left out, so that who reads on has a chance to rest. Never enters a folder for nothing. */
function* walk(options: ContextOptions, below: string): Generator<Found | undefined> {
  for (const entry of readFolder(join(options.folder, below), below === '')) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    const kind = kindOf(entry);
    if (kind === undefined) continue;
    const isIgnored = options.rules.ignores(path) && !options.kept.has(path);
    yield isIgnored ? undefined : { path, kind };
    if (kind === 'folder' && !(isIgnored && isSealed(options, path))) yield* walk(options, path);
  }
}

function isSealed({ rules, kept }: ContextOptions, folder: string): boolean {
  return rules.ignoresAllBelow(folder) && ![...kept].some((path) => path.startsWith(`${folder}/`));
}

function kindOf(entry: Dirent): TarMember['kind'] | undefined {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  return entry.isSymbolicLink() ? 'link' : undefined;
}

/** In one order wherever it is read: equal files make an equal archive. */
function readFolder(folder: string, isRoot: boolean): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (isGone(error) && !isRoot) return [];
    throw new ContextError(isRoot && !isForbidden(error) ? 'missing' : 'unreadable', folder, error);
  }
}

/** What goes between two looks was not there: so Docker's client has it, too. */
function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function isForbidden(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EPERM');
}

function* membersOf(folder: string, { path, kind }: Found): Generator<Uint8Array> {
  const file = join(folder, path);
  switch (kind) {
    case 'file':
      yield* fileMember(file, path);
      break;
    case 'folder':
    case 'link': {
      const found = readIfThere(file, () => ({
        stats: lstatSync(file),
        target: kind === 'link' ? { target: readlinkSync(file) } : {},
      }));
      if (found === undefined) return;
      const { mode, mtimeMs } = found.stats;
      yield tarHeader({
        path,
        kind,
        mode: modeOf(mode),
        sizeBytes: 0,
        modifiedAt: mtimeMs / 1000,
        ...found.target,
      });
      break;
    }
  }
}

function* fileMember(file: string, path: string): Generator<Uint8Array> {
  const handle = readIfThere(file, () => openSync(file, 'r'));
  if (handle === undefined) return;
  try {
    const { size, mode, mtimeMs } = fstatSync(handle);
    yield tarHeader({ path, kind: 'file', mode: modeOf(mode), sizeBytes: size, modifiedAt: mtimeMs / 1000 });
    // What is written to it meanwhile stays out: the header has said how long it is.
    for (let left = size; left > 0; ) {
      const piece = Buffer.allocUnsafe(Math.min(left, chunkBytes));
      const read = readSync(handle, piece, 0, piece.length, null);
      if (read === 0) throw new ContextError('changed', file);
      yield piece.subarray(0, read);
      left -= read;
    }
    yield tarPadding(size);
  } finally {
    closeSync(handle);
  }
}

function readIfThere<T>(file: string, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isGone(error)) return undefined;
    throw new ContextError('unreadable', file, error);
  }
}

/** Windows knows no such bits: there everything may be run, as Docker's client says of it. */
function modeOf(mode: number): number {
  return process.platform === 'win32' ? (mode & 0o777) | 0o111 : mode & 0o7777;
}
