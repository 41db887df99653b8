import { posix } from 'node:path';
import { ArchiveError } from '../archive/archiveError.ts';
import { archivePath } from '../archive/archivePath.ts';
import { type Blob, BlobReader } from './blobReader.ts';
import type { ImageFiles } from './imageFiles.ts';
import type { EntryCount, LayerContent } from './layerContent.ts';
import { type TarEntry, TarReader, type TarVisitor } from '../archive/tarReader.ts';

/** What an engine's export of an image holds, by path in it. */
export interface ImageExport {
  readonly layers: ReadonlyMap<string, LayerContent>;
  readonly texts: ReadonlyMap<string, string>;
  /** Old engines write a layer that comes twice as a link to where it came first. */
  readonly links: ReadonlyMap<string, string>;
}

/** All configurations and manifests together, also of the hundreds of images that an archive may hold. */
const maxTextLength = 64 << 20;

/**
 * Reads an export (docker-archive or OCI layout) in one pass, keeping of the layers what is in them, not their contents.
 * What is a layer shows by its bytes, for the manifest that names them may come last. Throws an `ArchiveError`, or what
 * the stream throws.
 */
export async function readImageExport(
  stream: AsyncIterable<Uint8Array>,
  files: ImageFiles,
  onProgress: (readBytes: number) => void,
): Promise<ImageExport> {
  const blobs = new ExportVisitor(files);
  const reader = new TarReader(blobs);
  let readBytes = 0;
  try {
    for await (const chunk of stream) {
      reader.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
      await blobs.settled();
      readBytes += chunk.length;
      onProgress(readBytes);
    }
    reader.end();
    return blobs.result();
  } finally {
    blobs.close();
  }
}

class ExportVisitor implements TarVisitor {
  private readonly files: ImageFiles;
  private readonly count: EntryCount = { entries: 0 };
  private readonly layers = new Map<string, LayerContent>();
  private readonly texts = new Map<string, string>();
  private readonly links = new Map<string, string>();
  private textLength = 0;
  private current: { readonly path: string; readonly blob: BlobReader } | undefined;
  /** Files that are over, but not yet unpacked. */
  private readonly ending: Promise<void>[] = [];

  constructor(files: ImageFiles) {
    this.files = files;
  }

  entry({ path, type, linkTarget }: TarEntry): void {
    if (type === 'file') this.current = { path, blob: new BlobReader(this.files, this.count) };
    else if (type === 'hardlink') this.links.set(path, linkTarget);
    else if (type === 'symlink') this.links.set(path, resolved(path, linkTarget));
  }

  content(bytes: Buffer): void {
    this.current?.blob.write(bytes);
  }

  entryEnd(): void {
    const { current } = this;
    this.current = undefined;
    if (current === undefined) return;
    const ending = current.blob.end().then((blob) => {
      this.keep(current.path, blob);
    });
    // Who waits for it hears of the failure; until then it is not an unhandled one.
    ending.catch(() => undefined);
    this.ending.push(ending);
  }

  /** Until then, what was read is still being unpacked: reading on would pile it up. */
  async settled(): Promise<void> {
    await Promise.all(this.ending.splice(0));
    await this.current?.blob.settled();
  }

  result(): ImageExport {
    return { layers: this.layers, texts: this.texts, links: this.links };
  }

  close(): void {
    this.current?.blob.close();
  }

  private keep(path: string, blob: Blob): void {
    if (blob.kind === 'layer') this.layers.set(path, blob.content);
    if (blob.kind !== 'text') return;
    this.textLength += blob.text.length;
    if (this.textLength > maxTextLength)
      throw new ArchiveError('tooBig', 'the archive has more descriptions of images than are read');
    this.texts.set(path, blob.text);
  }
}

/** Where a symbolic link leads, as a clean path. */
function resolved(path: string, target: string): string {
  return archivePath(posix.join(posix.dirname(path), target));
}
