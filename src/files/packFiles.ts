import { lstat, open, readdir, readlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { tarEnd, tarHeader, tarPadding } from '../archive/tarWriter.ts';

/** Fewer, larger reads. */
const pieceBytes = 1 << 20;

interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** Files and folders of this machine as a tar, each under its own name, with their modes and times, owned by one. */
export async function* packFiles(paths: readonly string[], owner: Owner): AsyncGenerator<Uint8Array> {
  for (const path of paths) yield* pack(path, basename(path), owner);
  yield tarEnd();
}

async function* pack(path: string, name: string, owner: Owner): AsyncGenerator<Uint8Array> {
  const stats = await lstat(path);
  const member = { path: name, mode: stats.mode & 0o7777, modifiedAt: stats.mtimeMs / 1000, ...owner };
  if (stats.isDirectory()) {
    yield tarHeader({ ...member, kind: 'folder', sizeBytes: 0 });
    for (const child of (await readdir(path)).sort())
      yield* pack(join(path, child), `${name}/${child}`, owner);
  } else if (stats.isSymbolicLink()) {
    yield tarHeader({ ...member, kind: 'link', sizeBytes: 0, target: await readlink(path) });
  } else if (stats.isFile()) {
    yield tarHeader({ ...member, kind: 'file', sizeBytes: stats.size });
    yield* contentOf(path, stats.size);
    yield tarPadding(stats.size);
  }
}

/** As many bytes as the header says, whatever happens to the file meanwhile. The next piece is read while one is on its way. */
async function* contentOf(path: string, sizeBytes: number): AsyncGenerator<Uint8Array> {
  const file = await open(path, 'r');
  const read = async (left: number): Promise<Uint8Array> => {
    // A new one each time: what was handed on may still be on its way.
    const buffer = Buffer.allocUnsafe(Math.min(left, pieceBytes));
    const { bytesRead } = await file.read(buffer, 0, buffer.length);
    if (bytesRead === 0) throw new Error(`${path} became shorter while it was read`);
    return buffer.subarray(0, bytesRead);
  };
  let next: Promise<Uint8Array> | undefined;
  try {
    next = sizeBytes > 0 ? read(sizeBytes) : undefined;
    for (let left = sizeBytes; next !== undefined; ) {
      const piece: Uint8Array = await next;
      left -= piece.length;
      next = left > 0 ? read(left) : undefined;
      yield piece;
    }
  } finally {
    await next?.catch(() => undefined);
    await file.close();
  }
}

/** Bytes of all files below, for a progress. */
export async function sizeOfFiles(paths: readonly string[]): Promise<number> {
  let bytes = 0;
  for (const path of paths) {
    const stats = await lstat(path);
    if (stats.isFile()) bytes += stats.size;
    if (stats.isDirectory())
      bytes += await sizeOfFiles((await readdir(path)).map((name) => join(path, name)));
  }
  return bytes;
}
