import { randomUUID } from 'node:crypto';
import { open, rename, rm, stat } from 'node:fs/promises';
import type { OpenedFile } from '../../commands/deps.ts';
import { FileError, type FileProblem } from '../../model/fileError.ts';

/** Fewer, larger reads: an archive goes through whole. */
const pieceBytes = 256 * 1024;

/** See `Desktop.writeFile`. */
export async function writeFile(path: string, pieces: AsyncIterable<Uint8Array>): Promise<number> {
  // Beside it: a rename does not work from one disk to another.
  const temporary = `${path}.${randomUUID().slice(0, 8)}.part`;
  const file = await forWriting(path, () => open(temporary, 'wx'));
  let bytes = 0;
  try {
    for await (const piece of pieces) {
      // All of it: one write may take a part only.
      await forWriting(path, () => file.writeFile(piece));
      bytes += piece.length;
    }
    // Some disks tell only here that they are full.
    await forWriting(path, () => file.sync());
    await forWriting(path, () => file.close());
    await forWriting(path, () => rename(temporary, path));
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
  return bytes;
}

/** See `Desktop.openFile`. */
export async function openFile(path: string): Promise<OpenedFile> {
  const stats = await forReading(path, () => stat(path));
  if (stats.isDirectory()) throw new FileError('folder', path, 'is a directory');
  return { sizeBytes: stats.size, pieces: read(path) };
}

async function* read(path: string): AsyncGenerator<Uint8Array> {
  const file = await forReading(path, () => open(path, 'r'));
  try {
    for (;;) {
      // A new one each time: what was handed on may still be on its way.
      const buffer = new Uint8Array(pieceBytes);
      const { bytesRead } = await forReading(path, () => file.read(buffer, 0, pieceBytes));
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

const problems: Readonly<Record<string, FileProblem>> = {
  ENOENT: 'missing',
  ENOTDIR: 'missing',
  EISDIR: 'folder',
  ENOSPC: 'diskFull',
  EDQUOT: 'diskFull',
  EROFS: 'notWritable',
};

const forReading = told('notReadable');
const forWriting = told('notWritable');

function told(denied: FileProblem): <T>(path: string, work: () => Promise<T>) => Promise<T> {
  return async (path, work) => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
      const isDenied = code === 'EACCES' || code === 'EPERM';
      throw new FileError(isDenied ? denied : (problems[code] ?? 'other'), path, error.message, error);
    }
  };
}
