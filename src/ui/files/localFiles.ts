import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import type { OpenedFile } from '../../commands/deps.ts';
import { FileError, type FileProblem } from '../../model/fileError.ts';

/** Fewer, larger reads: an archive goes through whole. */
const pieceBytes = 256 * 1024;

/** Engines send pieces of some kilobytes: to write each by itself would take most of the work of a save. */
const writeBytes = 1024 * 1024;

/** See `Desktop.writeFile`. */
export async function writeFile(path: string, pieces: AsyncIterable<Uint8Array>): Promise<number> {
  // Beside it: a rename does not work from one disk to another.
  const temporary = `${path}.${randomUUID().slice(0, 8)}.part`;
  const file = await forWriting(path, () => open(temporary, 'wx'));
  let bytes = 0;
  try {
    for await (const gathered of inParts(pieces)) {
      await forWriting(path, () => writeAll(file, gathered.pieces, gathered.bytes));
      bytes += gathered.bytes;
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

interface Part {
  readonly pieces: readonly Uint8Array[];
  readonly bytes: number;
}

async function* inParts(all: AsyncIterable<Uint8Array>): AsyncGenerator<Part> {
  let pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of all) {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes < writeBytes) continue;
    yield { pieces, bytes };
    pieces = [];
    bytes = 0;
  }
  yield { pieces, bytes };
}

/** One write may take a part only. */
async function writeAll(file: FileHandle, pieces: readonly Uint8Array[], bytes: number): Promise<void> {
  const { bytesWritten } = await file.writev(pieces);
  if (bytesWritten < bytes) await file.writeFile(Buffer.concat(pieces).subarray(bytesWritten));
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
      const buffer = Buffer.allocUnsafeSlow(pieceBytes);
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
