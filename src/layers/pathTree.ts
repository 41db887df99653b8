import { ArchiveError } from '../archive/archiveError.ts';
import { NameTable } from './nameTable.ts';
import { NumberColumn } from './numberColumn.ts';

/** The number of a path in its tree. */
export type PathId = number;

export const rootPath: PathId = 0;

/** The root is in no folder: among what is in one, its number says that there is nothing. */
const nothing = 0;

/** Archives may leave out folders, so there may be more than there are entries. */
const maxPaths = 4_000_000;

/**
 * All paths of an image's layers, each once, whether a file is there or not. They are hundreds of thousands for as long
 * as somebody looks at the image: numbers in columns, and texts only when they are asked for.
 */
export class PathTree {
  /** By path, like the columns. */
  private readonly names = new NameTable();
  private readonly parents = new NumberColumn(Int32Array);
  private readonly firstChildren = new NumberColumn(Int32Array);
  private readonly nextSiblings = new NumberColumn(Int32Array);
  /** A hash table of the paths by folder and name. */
  private slots = new Int32Array(1024);
  /** Archives name the files of a folder one after the other. */
  private last: { readonly folder: string; readonly id: PathId } = { folder: '', id: rootPath };

  constructor() {
    this.names.draft('');
    this.add(rootPath);
  }

  /** A clean path (see `archivePath`), added where it was not there. */
  at(path: string): PathId {
    if (path === '') return rootPath;
    const slash = path.lastIndexOf('/');
    const folder = path.slice(0, Math.max(slash, 0));
    if (folder !== this.last.folder) this.last = { folder, id: this.at(folder) };
    const slot = this.slotOf(this.last.id, path.slice(slash + 1));
    const known = this.slots[slot] ?? nothing;
    return known === nothing ? this.addTo(this.last.id, slot) : known;
  }

  find(path: string): PathId | undefined {
    let id: PathId | undefined = rootPath;
    if (path === '') return id;
    for (const name of path.split('/')) id = id === undefined ? undefined : this.child(id, name);
    return id;
  }

  child(folder: PathId, name: string): PathId | undefined {
    const id = this.slots[this.slotOf(folder, name)];
    return id === nothing ? undefined : id;
  }

  hasChildren(folder: PathId): boolean {
    return this.firstChildren.at(folder) !== nothing;
  }

  /** In no order. */
  *children(folder: PathId): Generator<PathId> {
    for (let id = this.firstChildren.at(folder); id !== nothing; id = this.nextSiblings.at(id)) yield id;
  }

  /** The path and all below it, a folder before what is in it. */
  *from(top: PathId): Generator<PathId> {
    const waiting = [top];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      yield id;
      for (let child = this.firstChildren.at(id); child !== nothing; child = this.nextSiblings.at(child))
        waiting.push(child);
    }
  }

  /** Undefined for the root. */
  parent(id: PathId): PathId | undefined {
    return id === rootPath ? undefined : this.parents.at(id);
  }

  name(id: PathId): string {
    return this.names.text(id);
  }

  text(id: PathId): string {
    const names: string[] = [];
    for (let at = id; at !== rootPath; at = this.parents.at(at)) names.push(this.name(at));
    return names.reverse().join('/');
  }

  /** Where the name is in the folder, or would be; it's drafted then. */
  private slotOf(folder: PathId, name: string): number {
    const draft = this.names.draft(name);
    let slot = this.firstSlot(draft, folder);
    for (let id = this.slots[slot]; id; id = this.slots[slot]) {
      if (this.parents.at(id) === folder && this.names.areEqual(id, draft)) break;
      slot = this.nextSlot(slot);
    }
    return slot;
  }

  private addTo(folder: PathId, slot: number): PathId {
    const id = this.add(folder);
    this.nextSiblings.set(id, this.firstChildren.at(folder));
    this.firstChildren.set(folder, id);
    this.slots[slot] = id;
    if (id * 2 > this.slots.length) this.addSlots();
    return id;
  }

  /** With the name that was drafted. */
  private add(folder: PathId): PathId {
    if (this.parents.length === maxPaths)
      throw new ArchiveError('tooBig', `the image has more than ${String(maxPaths)} paths in its layers`);
    this.names.keep();
    this.firstChildren.push(nothing);
    this.nextSiblings.push(nothing);
    return this.parents.push(folder);
  }

  /** At most every other one is taken, so that a search is short. */
  private addSlots(): void {
    this.slots = new Int32Array(this.slots.length * 2);
    for (let id = 1; id < this.parents.length; id++) {
      let slot = this.firstSlot(id, this.parents.at(id));
      while (this.slots[slot] !== nothing) slot = this.nextSlot(slot);
      this.slots[slot] = id;
    }
  }

  private firstSlot(name: number, folder: PathId): number {
    return this.names.hash(name, folder) & (this.slots.length - 1);
  }

  private nextSlot(slot: number): number {
    return (slot + 1) & (this.slots.length - 1);
  }
}
