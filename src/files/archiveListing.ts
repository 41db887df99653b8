import { type TarEntry, TarReader } from '../archive/tarReader.ts';
import type { FileEntry, FileKind } from '../model/fileEntry.ts';
import type { Listing, ListingProgress } from './filesAccess.ts';

const kinds: Readonly<Record<TarEntry['type'], FileKind>> = {
  file: 'file',
  hardlink: 'file',
  symlink: 'link',
  device: 'device',
  directory: 'directory',
  fifo: 'pipe',
};

/** What lies directly in the folder that a tar is of; what is deeper is read over, up to the bound. */
export async function listArchive(
  archive: AsyncIterable<Uint8Array>,
  maxBytes: number,
  onProgress?: ListingProgress,
): Promise<Listing> {
  const entries = new Map<string, FileEntry>();
  const sizes = new Map<string, number>();
  const reader = new TarReader({
    entry(entry) {
      const { path, type } = entry;
      if (type === 'file') sizes.set(path, entry.sizeBytes);
      if (path === '' || path.includes('/')) return;
      entries.set(path, toFileEntry(entry, sizes));
    },
    content: () => undefined,
    entryEnd: () => undefined,
  });
  let bytes = 0;
  for await (const piece of archive) {
    reader.push(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength));
    bytes += piece.length;
    onProgress?.(bytes);
    if (bytes > maxBytes) return { entries: [...entries.values()], isWhole: false };
    if (reader.isOver) break;
  }
  reader.end();
  return { entries: [...entries.values()], isWhole: true };
}

function toFileEntry(entry: TarEntry, sizes: ReadonlyMap<string, number>): FileEntry {
  const { path, type, mode, modifiedAt, uid, gid, linkTarget } = entry;
  return {
    name: path,
    kind: kinds[type],
    // A second name of a file comes without its size.
    sizeBytes: type === 'hardlink' ? (sizes.get(linkTarget) ?? 0) : entry.sizeBytes,
    modifiedAt,
    mode,
    owner: `${String(uid)}:${String(gid)}`,
    ...(type === 'symlink' ? { link: { target: linkTarget, kind: undefined } } : {}),
  };
}

/** Reads over an archive until somebody has seen enough, or the bound is met. */
export async function scanArchive(
  archive: AsyncIterable<Uint8Array>,
  maxBytes: number,
  wantsMore: (entry: TarEntry) => boolean,
): Promise<void> {
  const seen = { isEnough: false, bytes: 0 };
  const reader = new TarReader({
    entry(entry) {
      seen.isEnough ||= !wantsMore(entry);
    },
    content: () => undefined,
    entryEnd: () => undefined,
  });
  for await (const piece of archive) {
    reader.push(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength));
    seen.bytes += piece.length;
    if (seen.isEnough || seen.bytes > maxBytes || reader.isOver) return;
  }
}

export interface FirstEntry {
  readonly entry: TarEntry;
  /** Undefined where it is more than was asked for. */
  readonly content: Uint8Array | undefined;
}

/** The first entry of a tar, with its content unless that is more than `maxBytes`. Stops reading after it. */
export async function firstEntry(
  archive: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<FirstEntry | undefined> {
  const entries: TarEntry[] = [];
  const pieces: Buffer[] = [];
  const seen = { isEnough: false };
  const reader = new TarReader({
    entry(entry) {
      entries.push(entry);
      seen.isEnough ||= entry.sizeBytes > maxBytes;
    },
    content(bytes) {
      // A copy: a slice is good for the moment only.
      if (!seen.isEnough) pieces.push(Buffer.from(bytes));
    },
    entryEnd() {
      seen.isEnough = true;
    },
  });
  for await (const piece of archive) {
    reader.push(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength));
    if (seen.isEnough || reader.isOver) break;
  }
  const [entry] = entries;
  if (entry === undefined) return undefined;
  return { entry, content: entry.sizeBytes > maxBytes ? undefined : Buffer.concat(pieces) };
}
