import { formatBytes } from '../base/format.ts';
import { ArchiveError } from '../archive/archiveError.ts';
import { ContentDigest } from './contentDigest.ts';
import { type TarEntry, TarReader, type TarVisitor } from '../archive/tarReader.ts';
import { Unpacker } from './unpacker.ts';

/** A file of a layer as it was analysed. */
export interface LayerFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly digest: number;
}

/**
 * The content of one file of a layer, out of another export of the same image; reads no further than it must. Throws an
 * `ArchiveError`: `tooBig` above `maxBytes`, `notFound` where the export has no longer what was analysed.
 */
export async function readFileContent(
  open: () => AsyncIterable<Uint8Array>,
  layerPath: string,
  file: LayerFile,
  maxBytes: number,
): Promise<Uint8Array> {
  if (file.sizeBytes > maxBytes)
    throw new ArchiveError(
      'tooBig',
      `${file.path} has ${formatBytes(file.sizeBytes)}; up to ${formatBytes(maxBytes)} are opened`,
    );
  const finder = new FileFinder(file);
  const layer = new LayerFinder(layerPath, finder);
  const reader = new TarReader(layer);
  try {
    for await (const chunk of open()) {
      reader.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
      await layer.settled();
      if (finder.found !== undefined) return finder.found;
      if (layer.isOver) break;
    }
  } finally {
    layer.close();
  }
  throw new ArchiveError('notFound', `${file.path} is not in the layer any more`);
}

/** Of an image's archive, reads one layer. */
class LayerFinder implements TarVisitor {
  private readonly path: string;
  private readonly reader: TarReader;
  private unpacker: Unpacker | undefined;
  private ending: Promise<void> | undefined;

  constructor(path: string, visitor: TarVisitor) {
    this.path = path;
    this.reader = new TarReader(visitor);
  }

  /** The layer was there, and is read. */
  get isOver(): boolean {
    return this.ending !== undefined;
  }

  entry({ path, type }: TarEntry): void {
    if (type !== 'file' || path !== this.path) return;
    this.unpacker = new Unpacker((bytes) => {
      this.reader.push(bytes);
    });
  }

  content(bytes: Buffer): void {
    if (!this.isOver) this.unpacker?.write(bytes);
  }

  entryEnd(): void {
    this.ending ??= this.unpacker?.end();
  }

  async settled(): Promise<void> {
    await (this.ending ?? this.unpacker?.settled());
  }

  close(): void {
    this.unpacker?.close();
  }
}

/** Of a layer, keeps one file's content. A path may come twice in it: the one that was analysed counts. */
class FileFinder implements TarVisitor {
  found: Uint8Array | undefined;
  private readonly file: LayerFile;
  private current: { readonly parts: Buffer[]; readonly digest: ContentDigest; bytes: number } | undefined;

  constructor(file: LayerFile) {
    this.file = file;
  }

  entry({ path, type, sizeBytes }: TarEntry): void {
    const isWanted =
      this.found === undefined &&
      type === 'file' &&
      path === this.file.path &&
      sizeBytes === this.file.sizeBytes;
    this.current = isWanted ? { parts: [], digest: new ContentDigest(), bytes: 0 } : undefined;
  }

  content(bytes: Buffer): void {
    if (this.current === undefined) return;
    this.current.digest.add(bytes);
    this.current.bytes += bytes.length;
    // A header may say less than follows. A copy: the bytes are the connection's.
    if (this.current.bytes <= this.file.sizeBytes) this.current.parts.push(Buffer.from(bytes));
  }

  entryEnd(): void {
    if (this.current?.digest.value() !== this.file.digest) return;
    const content = Buffer.concat(this.current.parts);
    if (this.current.bytes !== this.file.sizeBytes)
      throw new ArchiveError(
        'unsupported',
        `${this.file.path} is a sparse file, of which archives hold only parts`,
      );
    // Memory of its own: it goes to another thread, and small buffers share theirs.
    this.found = new Uint8Array(content);
  }
}
