export const changeKinds = ['added', 'changed', 'deleted'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** A path of a container that is not as in its image. Engines do not say whether it is a folder. */
export interface FileChange {
  /** Absolute. */
  readonly path: string;
  readonly kind: ChangeKind;
}

/** One row of the tree of changes. */
export interface ChangeEntry {
  /** From the folder above on; of folders that hold nothing but each other, all names. */
  readonly name: string;
  readonly path: string;
  readonly change: ChangeKind;
  /** Something below it has changed. Of a folder that is new or gone, or has other rights, alone that is not known. */
  readonly isFolder: boolean;
}

interface Folder {
  readonly children: Map<string, Folder>;
  kind: ChangeKind;
}

/** What is directly below a folder (the root is empty), folders first. */
export function changesBelow(changes: readonly FileChange[], folder: string): readonly ChangeEntry[] {
  const root: Folder = { children: new Map(), kind: 'changed' };
  for (const { path, kind } of changes)
    if (path.startsWith(`${folder}/`)) put(root, path.slice(folder.length + 1), kind);
  return [...root.children]
    .map(([name, child]) => compacted(name, child))
    .map(({ name, folder: { children, kind } }) => ({
      name,
      path: `${folder}/${name}`,
      change: kind,
      isFolder: children.size > 0,
    }))
    .sort((a, b) => Number(b.isFolder) - Number(a.isFolder) || (a.name < b.name ? -1 : 1));
}

function put(root: Folder, path: string, kind: ChangeKind): void {
  let at = root;
  for (const name of path.split('/')) {
    let next = at.children.get(name);
    // Engines name the folders on the way, too; those they do not name have not changed but in what is below them.
    if (next === undefined) at.children.set(name, (next = { children: new Map(), kind: 'changed' }));
    at = next;
  }
  at.kind = kind;
}

/** As the editor shows folders: those with one folder in them, and the same mark, as one. */
function compacted(name: string, folder: Folder): { readonly name: string; readonly folder: Folder } {
  const [only, ...more] = folder.children;
  if (only === undefined || more.length > 0) return { name, folder };
  const [inner, child] = only;
  if (child.children.size === 0 || child.kind !== folder.kind) return { name, folder };
  return compacted(`${name}/${inner}`, child);
}
