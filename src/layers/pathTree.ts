import type { PathNode } from './pathNode.ts';

/** All paths of an image's layers, each once. */
export class PathTree {
  readonly root: PathNode = newNode('', undefined);
  /** Archives name the files of a folder one after the other. */
  private lastFolder = '';
  private lastFolderNode = this.root;

  /** The node of a clean path (see `archivePath`), made where it was not there. */
  at(path: string): PathNode {
    if (path === '') return this.root;
    const slash = path.lastIndexOf('/');
    const folder = slash < 0 ? '' : path.slice(0, slash);
    if (folder !== this.lastFolder) {
      this.lastFolderNode = this.at(folder);
      this.lastFolder = folder;
    }
    return childOf(this.lastFolderNode, path.slice(slash + 1));
  }

  find(path: string): PathNode | undefined {
    let node: PathNode | undefined = this.root;
    if (path !== '') for (const name of path.split('/')) node = node?.children?.get(name);
    return node;
  }
}

function childOf(parent: PathNode, name: string): PathNode {
  parent.children ??= new Map();
  const known = parent.children.get(name);
  if (known !== undefined) return known;
  // A name cut out of a path would hold on to the whole path.
  const ownName = Buffer.from(name).toString();
  const node = newNode(ownName, parent);
  parent.children.set(ownName, node);
  return node;
}

function newNode(name: string, parent: PathNode | undefined): PathNode {
  return { name, parent, children: undefined, version: undefined };
}
