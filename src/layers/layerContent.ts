import { ArchiveError } from '../archive/archiveError.ts';
import { ContentDigest, digestOf } from './contentDigest.ts';
import type { LayerEntry, PathNode } from './pathNode.ts';
import type { PathTree } from './pathTree.ts';
import type { TarEntry, TarVisitor } from '../archive/tarReader.ts';

/** What one layer does to the layers below it. */
export interface LayerContent {
  /** As the archive has them: a path that comes twice is what it was the last time. */
  readonly entries: readonly LayerEntry[];
  /** Paths of the layers below that are gone, with all that is below them. */
  readonly removed: ReadonlySet<PathNode>;
  /** Folders of which nothing shows that the layers below have in them. */
  readonly opaque: ReadonlySet<PathNode>;
  /** Sum of all content, uncompressed: what engines call the layer's size. */
  readonly sizeBytes: number;
}

const whiteoutPrefix = '.wh.';
const opaqueMarker = '.wh..wh..opq';
/** Other names of this kind are a union file system's own notes. */
const metadataPrefix = '.wh..wh.';

/** Every one costs a few hundred bytes for as long as an image is looked at. */
const maxEntries = 1_000_000;

/** A count that all layers of an archive share. */
export interface EntryCount {
  entries: number;
}

/** Takes down what is in a layer; of contents nothing is kept but a digest. */
export class LayerRecorder implements TarVisitor {
  private readonly tree: PathTree;
  private readonly count: EntryCount;
  private readonly entries: LayerEntry[] = [];
  private readonly removed = new Set<PathNode>();
  private readonly opaque = new Set<PathNode>();
  private sizeBytes = 0;
  /** Of the file under way: what tells its content, or the content's digest. */
  private file: { readonly entry: TarEntry; digest: ContentDigest | number } | undefined;
  /** By the path they have, for the hard links to them; made when the first one comes. */
  private filesByNode: Map<PathNode, LayerEntry> | undefined;

  constructor(tree: PathTree, count: EntryCount) {
    this.tree = tree;
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
    const { entries, removed, opaque, sizeBytes } = this;
    return { entries, removed, opaque, sizeBytes };
  }

  private whiteout(path: string, slash: number): void {
    const folder = path.slice(0, Math.max(slash, 0));
    const name = path.slice(slash + 1);
    if (name === opaqueMarker) this.opaque.add(this.tree.at(folder));
    else if (!name.startsWith(metadataPrefix) && name !== whiteoutPrefix) {
      const hidden = name.slice(whiteoutPrefix.length);
      this.removed.add(this.tree.at(folder === '' ? hidden : `${folder}/${hidden}`));
    }
  }

  private record(entry: TarEntry, digest: number): void {
    const linked = entry.type === 'hardlink' ? this.fileAt(entry.linkTarget) : undefined;
    const { type, mode, uid, gid, modifiedAt, linkTarget } = entry;
    const recorded = {
      node: this.tree.at(entry.path),
      type,
      sizeBytes: linked?.sizeBytes ?? entry.sizeBytes,
      mode,
      uid,
      gid,
      modifiedAt,
      linkTarget,
      digest: linked?.digest ?? digest,
      linked,
    };
    this.entries.push(recorded);
    if (type !== 'directory') this.filesByNode?.set(recorded.node, recorded);
  }

  /** Of links to links, the file at their end. */
  private fileAt(path: string): LayerEntry | undefined {
    this.filesByNode ??= new Map(this.entries.map((entry) => [entry.node, entry]));
    const node = this.tree.find(path);
    const entry = node === undefined ? undefined : this.filesByNode.get(node);
    return entry?.linked ?? (entry?.type === 'file' ? entry : undefined);
  }
}
