import { ArchiveError } from '../archive/archiveError.ts';
import { ContentDigest, digestOf } from './contentDigest.ts';
import type { ImageFiles } from './imageFiles.ts';
import type { LayerEntry } from './layerEntry.ts';
import { NumberColumn } from './numberColumn.ts';
import type { PathId } from './pathTree.ts';
import type { TarEntry, TarVisitor } from '../archive/tarReader.ts';

/** What one layer does to the layers below it. */
export interface LayerContent {
  /** As the archive has them: a path that comes twice is what it was the last time. */
  readonly entries: Iterable<LayerEntry>;
  /** Paths of the layers below that are gone, with all that is below them. */
  readonly removed: ReadonlySet<PathId>;
  /** Folders of which nothing shows that the layers below have in them. */
  readonly opaque: ReadonlySet<PathId>;
  /** Sum of all content, uncompressed: what engines call the layer's size. */
  readonly sizeBytes: number;
}

const whiteoutPrefix = '.wh.';
const opaqueMarker = '.wh..wh..opq';
/** Other names of this kind are a union file system's own notes. */
const metadataPrefix = '.wh..wh.';

/** Every one costs some hundred bytes for as long as an image is looked at. */
const maxEntries = 1_000_000;

/** A count that all layers of an archive share. */
export interface EntryCount {
  entries: number;
}

/** Takes down what is in a layer; of contents nothing is kept but a digest. */
export class LayerRecorder implements TarVisitor {
  private readonly files: ImageFiles;
  private readonly count: EntryCount;
  private readonly entryIds = new NumberColumn(Int32Array);
  private readonly removed = new Set<PathId>();
  private readonly opaque = new Set<PathId>();
  private sizeBytes = 0;
  /** Of the file under way: what tells its content, or the content's digest. */
  private file: { readonly entry: TarEntry; digest: ContentDigest | number } | undefined;
  /** By their paths, for the hard links to them; made when the first one comes. */
  private filesByPath: Map<PathId, number> | undefined;

  constructor(files: ImageFiles, count: EntryCount) {
    this.files = files;
    this.count = count;
  }

  entry(entry: TarEntry): void {
    if (++this.count.entries > maxEntries)
      throw new ArchiveError('tooBig', `the image has more than ${String(maxEntries)} files in its layers`);
    const slash = entry.path.lastIndexOf('/');
    if (entry.path.startsWith(whiteoutPrefix, slash + 1)) this.whiteout(entry.path, slash);
    else if (entry.type === 'file') this.file = { entry, digest: 0 };
    else this.record(entry, 0);
  }

  content(bytes: Buffer): void {
    const { file } = this;
    if (file === undefined) return;
    if (bytes.length === file.entry.sizeBytes) file.digest = digestOf(bytes);
    else {
      if (typeof file.digest === 'number') file.digest = new ContentDigest();
      file.digest.add(bytes);
    }
  }

  entryEnd(): void {
    if (this.file === undefined) return;
    const { entry, digest } = this.file;
    this.record(entry, typeof digest === 'number' ? digest : digest.value());
    this.sizeBytes += entry.sizeBytes;
    this.file = undefined;
  }

  result(): LayerContent {
    const { removed, opaque, sizeBytes } = this;
    return { entries: this.files.entries.list(this.entryIds), removed, opaque, sizeBytes };
  }

  private whiteout(path: string, slash: number): void {
    const folder = path.slice(0, Math.max(slash, 0));
    const name = path.slice(slash + 1);
    if (name === opaqueMarker) this.opaque.add(this.files.paths.at(folder));
    else if (!name.startsWith(metadataPrefix) && name !== whiteoutPrefix) {
      const hidden = name.slice(whiteoutPrefix.length);
      this.removed.add(this.files.paths.at(folder === '' ? hidden : `${folder}/${hidden}`));
    }
  }

  private record(entry: TarEntry, digest: number): void {
    const { paths, entries } = this.files;
    const linked = entry.type === 'hardlink' ? this.fileAt(entry.linkTarget) : undefined;
    const path = paths.at(entry.path);
    const sizeBytes = linked?.sizeBytes ?? entry.sizeBytes;
    const { id } = entries.add({ ...entry, path, sizeBytes, digest: linked?.digest ?? digest, linked });
    this.entryIds.push(id);
    if (entry.type !== 'directory') this.filesByPath?.set(path, id);
  }

  /** Of links to links, the file at their end. */
  private fileAt(path: string): LayerEntry | undefined {
    const { paths, entries } = this.files;
    this.filesByPath ??= new Map([...entries.list(this.entryIds)].map(({ path: at, id }) => [at, id]));
    const at = paths.find(path);
    const id = at === undefined ? undefined : this.filesByPath.get(at);
    const entry = id === undefined ? undefined : entries.at(id);
    return entry?.linked ?? (entry?.type === 'file' ? entry : undefined);
  }
}
