import { EntryTable } from './entryTable.ts';
import { PathTree } from './pathTree.ts';
import { VersionTable } from './versionTable.ts';

/** What an image's layers have at which paths. */
export interface ImageFiles {
  readonly paths: PathTree;
  readonly entries: EntryTable;
  /** None before the layers lie on each other (see `stackLayers`). */
  readonly versions: VersionTable;
}

export function newImageFiles(): ImageFiles {
  const entries = new EntryTable();
  return { paths: new PathTree(), entries, versions: new VersionTable(entries) };
}
