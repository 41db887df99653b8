import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Disposable } from '../../base/lifecycle.ts';
import { writingTo } from './spoolWriteError.ts';

/** Where bytes lie in the spool. */
export interface SpoolPlace {
  readonly file: number;
  readonly offset: number;
  readonly bytes: number;
}

const maxFileBytes = 64_000_000;

interface SpoolFile {
  readonly path: string;
  readonly descriptor: number;
  size: number;
  /** Bytes that somebody may still read. */
  used: number;
}

/**
 * Bytes in files of a folder of its own, written once and read at will; a file of which nothing is used any more is
 * deleted. Blocking calls: they run on a thread that has nothing else to do, and mostly meet the system's cache.
 */
export class SpoolFiles implements Disposable {
  private readonly folder: string;
  private readonly files = new Map<number, SpoolFile>();
  private last = -1;
  private used = 0;

  /** The folder is made when there is something to put there. */
  constructor(folder: string) {
    this.folder = folder;
  }

  get usedBytes(): number {
    return this.used;
  }

  /** Throws `SpoolWriteError`. */
  append(data: Uint8Array): SpoolPlace {
    const file = writingTo(this.folder, () => this.fileFor(data.length));
    const offset = file.size;
    writingTo(this.folder, () => {
      let written = 0;
      while (written < data.length)
        written += writeSync(file.descriptor, data, written, data.length - written, offset + written);
    });
    file.size += data.length;
    file.used += data.length;
    this.used += data.length;
    return { file: this.last, offset, bytes: data.length };
  }

  read({ file, offset, bytes }: SpoolPlace): Buffer {
    const known = this.files.get(file);
    const data = Buffer.allocUnsafe(bytes);
    if (known === undefined || readSync(known.descriptor, data, 0, bytes, offset) !== bytes)
      throw new Error('the spool has lost a block');
    return data;
  }

  release({ file, offset, bytes }: SpoolPlace): void {
    const known = this.files.get(file);
    if (known === undefined) return;
    known.used -= bytes;
    this.used -= bytes;
    if (file !== this.last) this.removeUnused(file);
    else if (offset + bytes === known.size) {
      // What was given up again, as on a full disk, must not keep the room.
      known.size = offset;
      ftruncateSync(known.descriptor, offset);
    }
  }

  dispose(): void {
    for (const { descriptor } of this.files.values()) closeSync(descriptor);
    this.files.clear();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private fileFor(bytes: number): SpoolFile {
    const current = this.files.get(this.last);
    if (current !== undefined && current.size + bytes <= maxFileBytes) return current;
    // Each time: somebody may have tidied up, and what is open is still there to be read.
    this.makeFolder();
    const path = join(this.folder, String(this.last + 1));
    const made = { path, descriptor: openSync(path, 'wx+', 0o600), size: 0, used: 0 };
    this.last++;
    this.files.set(this.last, made);
    this.removeUnused(this.last - 1);
    return made;
  }

  private makeFolder(): void {
    if (existsSync(this.folder)) return;
    const parent = dirname(this.folder);
    if (!existsSync(parent)) mkdirSync(parent, { recursive: true });
    // By itself: with its parents in one go, the system's own reason is lost.
    mkdirSync(this.folder, { mode: 0o700 });
  }

  private removeUnused(file: number): void {
    const known = this.files.get(file);
    if (known === undefined || known.used > 0) return;
    this.files.delete(file);
    closeSync(known.descriptor);
    rmSync(known.path, { force: true });
  }
}
