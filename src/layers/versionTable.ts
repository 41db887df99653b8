import type { EntryTable } from './entryTable.ts';
import type { LayerEntry } from './layerEntry.ts';
import { NumberColumn } from './numberColumn.ts';
import type { PathId } from './pathTree.ts';

/** What a path has been from one layer on: an entry, or nothing any more. */
export interface Version {
  readonly layer: number;
  readonly entry: LayerEntry | undefined;
}

/** No version has this number. */
const none = 0;
const gone = -1;

/** What is at the paths of an image, layer by layer. */
export class VersionTable {
  private readonly entries: EntryTable;
  /** By path. */
  private readonly newestOf = new NumberColumn(Int32Array);
  /** By version. */
  private readonly layers = new NumberColumn(Int32Array);
  private readonly entryIds = new NumberColumn(Int32Array);
  private readonly belows = new NumberColumn(Int32Array);

  constructor(entries: EntryTable) {
    this.entries = entries;
    this.push(0, gone, none);
  }

  newest(path: PathId): Version | undefined {
    return this.version(this.newestOf.at(path));
  }

  /** What is at a path once the layers up to this one lie on each other; -1 is before the first. */
  at(path: PathId, layer: number): Version | undefined {
    let id = this.newestOf.at(path);
    while (id !== none && this.layers.at(id) > layer) id = this.belows.at(id);
    return this.version(id);
  }

  /** Its versions, the newest first, each with the one that it lies on. */
  *history(path: PathId): Generator<{ readonly version: Version; readonly below: Version | undefined }> {
    let id = this.newestOf.at(path);
    for (let version = this.version(id); version !== undefined; ) {
      id = this.belows.at(id);
      const below = this.version(id);
      yield { version, below };
      version = below;
    }
  }

  /** From this layer on, with none above it so far. A layer has one say about a path: the last. */
  set(path: PathId, layer: number, entry: LayerEntry | undefined): void {
    const newest = this.newestOf.at(path);
    const entryId = entry?.id ?? gone;
    if (newest !== none && this.layers.at(newest) === layer) this.entryIds.set(newest, entryId);
    else this.newestOf.set(path, this.push(layer, entryId, newest));
  }

  private push(layer: number, entryId: number, below: number): number {
    this.layers.push(layer);
    this.entryIds.push(entryId);
    return this.belows.push(below);
  }

  private version(id: number): Version | undefined {
    if (id === none) return undefined;
    const entryId = this.entryIds.at(id);
    return { layer: this.layers.at(id), entry: entryId === gone ? undefined : this.entries.at(entryId) };
  }
}
