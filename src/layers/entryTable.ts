import type { PathType } from '../model/imageLayers.ts';
import type { EntryFacts, LayerEntry } from './layerEntry.ts';
import { NumberColumn } from './numberColumn.ts';
import type { PathId } from './pathTree.ts';

const types: readonly PathType[] = ['file', 'hardlink', 'symlink', 'device', 'directory', 'fifo'];

const noLink = -1;

/** What all layers of an image have, by number: a column for each fact, for there are hundreds of thousands of them. */
export class EntryTable {
  private readonly columns = newColumns();

  add(facts: EntryFacts): LayerEntry {
    const { columns } = this;
    columns.types.push(types.indexOf(facts.type));
    columns.sizes.push(facts.sizeBytes);
    columns.modes.push(facts.mode);
    columns.uids.push(facts.uid);
    columns.gids.push(facts.gid);
    columns.times.push(facts.modifiedAt);
    columns.digests.push(facts.digest);
    columns.linked.push(facts.linked?.id ?? noLink);
    const id = columns.paths.push(facts.path);
    if (facts.linkTarget !== '') columns.linkTargets.set(id, facts.linkTarget);
    return this.at(id);
  }

  at(id: number): LayerEntry {
    return new TableEntry(this.columns, id);
  }

  list(ids: Iterable<number>): Iterable<LayerEntry> {
    const { columns } = this;
    return {
      *[Symbol.iterator]() {
        for (const id of ids) yield new TableEntry(columns, id);
      },
    };
  }
}

type Columns = ReturnType<typeof newColumns>;

function newColumns() {
  return {
    paths: new NumberColumn(Int32Array),
    types: new NumberColumn(Int32Array),
    sizes: new NumberColumn(Float64Array),
    modes: new NumberColumn(Int32Array),
    uids: new NumberColumn(Float64Array),
    gids: new NumberColumn(Float64Array),
    times: new NumberColumn(Float64Array),
    digests: new NumberColumn(Float64Array),
    linked: new NumberColumn(Int32Array),
    /** Few have one. */
    linkTargets: new Map<number, string>(),
  };
}

/** An entry as who asks for it sees it; it lives no longer than the answer. */
class TableEntry implements LayerEntry {
  readonly id: number;
  private readonly columns: Columns;

  constructor(columns: Columns, id: number) {
    this.columns = columns;
    this.id = id;
  }

  get path(): PathId {
    return this.columns.paths.at(this.id);
  }

  get type(): PathType {
    return types[this.columns.types.at(this.id)] ?? 'file';
  }

  get sizeBytes(): number {
    return this.columns.sizes.at(this.id);
  }

  get mode(): number {
    return this.columns.modes.at(this.id);
  }

  get uid(): number {
    return this.columns.uids.at(this.id);
  }

  get gid(): number {
    return this.columns.gids.at(this.id);
  }

  get modifiedAt(): number {
    return this.columns.times.at(this.id);
  }

  get linkTarget(): string {
    return this.columns.linkTargets.get(this.id) ?? '';
  }

  get digest(): number {
    return this.columns.digests.at(this.id);
  }

  get linked(): LayerEntry | undefined {
    const id = this.columns.linked.at(this.id);
    return id === noLink ? undefined : new TableEntry(this.columns, id);
  }
}
