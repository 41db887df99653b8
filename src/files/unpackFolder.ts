import { type FileHandle, link, mkdir, open, symlink, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type TarEntry, TarReader } from '../archive/tarReader.ts';
import { decodeFileName, encodeFileName } from '../model/fileName.ts';

/** Fewer, larger writes: pieces come as the connection has them. */
const batchBytes = 1 << 20;

export interface Unpacked {
  readonly files: number;
  /** Devices and pipes, which stay where they are. */
  readonly leftOut: number;
}

/**
 * Unpacks a tar below a folder of this machine that is new and empty, as it comes. Nothing gets outside of it: paths
 * are clean as the reader gives them, and links are made last, so that none of them is written through.
 */
export async function unpackFolder(folder: string, archive: AsyncIterable<Uint8Array>): Promise<Unpacked> {
  const unpacker = new Unpacker(folder);
  const reader = new TarReader(unpacker);
  let waitingBytes = 0;
  try {
    for await (const piece of archive) {
      reader.push(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength));
      waitingBytes += piece.length;
      if (waitingBytes >= batchBytes) {
        waitingBytes = 0;
        await unpacker.work();
      }
      if (reader.isOver) break;
    }
    reader.end();
    return await unpacker.finish();
  } finally {
    await unpacker.close();
  }
}

type Step = () => Promise<unknown>;

class Unpacker {
  private readonly folder: string;
  private readonly links: TarEntry[] = [];
  private readonly folders: TarEntry[] = [];
  private readonly made = new Set<string>();
  private steps: Step[] = [];
  /** Of the file under way, not yet among the steps. */
  private waiting: Buffer[] = [];
  private file: FileHandle | undefined;
  private current: TarEntry | undefined;
  private files = 0;
  private leftOut = 0;

  constructor(folder: string) {
    this.folder = folder;
  }

  entry(entry: TarEntry): void {
    this.current = entry;
    switch (entry.type) {
      case 'directory':
        this.folders.push(entry);
        this.steps.push(() => this.makeFolder(entry.path));
        break;
      case 'file':
        this.files += 1;
        this.steps.push(async () => {
          await this.makeFolder(dirname(entry.path));
          // Never over what is there, nor through a link.
          this.file = await open(this.at(entry.path), 'wx', (entry.mode & 0o777) | 0o200);
        });
        break;
      case 'hardlink':
      case 'symlink':
        this.files += 1;
        this.links.push(entry);
        break;
      case 'device':
      case 'fifo':
        this.leftOut += 1;
    }
  }

  content(bytes: Buffer): void {
    this.waiting.push(bytes);
  }

  entryEnd(): void {
    const entry = this.current;
    if (entry?.type !== 'file') return;
    this.writeWaiting();
    this.steps.push(async () => {
      await this.file?.utimes(entry.modifiedAt / 1000, entry.modifiedAt / 1000);
      await this.file?.chmod(entry.mode & 0o777);
      await this.close();
    });
  }

  async work(): Promise<void> {
    this.writeWaiting();
    const { steps } = this;
    this.steps = [];
    for (const step of steps) await step();
  }

  async finish(): Promise<Unpacked> {
    await this.work();
    for (const { path, linkTarget } of this.linksOf('hardlink')) {
      await this.makeFolder(dirname(path));
      await link(this.at(linkTarget), this.at(path));
    }
    for (const { path, linkTarget } of this.linksOf('symlink')) {
      await this.makeFolder(dirname(path));
      await symlink(toPath(linkTarget), this.at(path));
    }
    // What is written into a folder changes its time; the deepest first.
    for (const { path, modifiedAt } of this.folders.reverse())
      await utimes(this.at(path), modifiedAt / 1000, modifiedAt / 1000);
    return { files: this.files, leftOut: this.leftOut };
  }

  async close(): Promise<void> {
    const { file } = this;
    this.file = undefined;
    await file?.close();
  }

  private writeWaiting(): void {
    const bytes = Buffer.concat(this.waiting);
    this.waiting = [];
    if (bytes.length > 0) this.steps.push(async () => this.file?.writeFile(bytes));
  }

  private linksOf(type: 'hardlink' | 'symlink'): readonly TarEntry[] {
    return this.links.filter((entry) => entry.type === type);
  }

  private async makeFolder(path: string): Promise<void> {
    if (path === '' || path === '.' || this.made.has(path)) return;
    await mkdir(this.at(path), { recursive: true });
    this.made.add(path);
  }

  private at(path: string): string | Buffer {
    return toPath(join(this.folder, path));
  }
}

/** A name that is no UTF-8 reaches the disk as its bytes. */
function toPath(path: string): string | Buffer {
  const bytes = Buffer.from(encodeFileName(path));
  const text = bytes.toString('utf8');
  return decodeFileName(bytes) === text ? text : bytes;
}
