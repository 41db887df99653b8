import type { TreeBranch, TreeNode } from './nodes.ts';

/** The key of the invisible root. */
export const rootKey = '';

/** A built tree, ready to be asked by key. */
export interface TreeIndex {
  readonly nodes: ReadonlyMap<string, TreeNode>;
  readonly children: ReadonlyMap<string, readonly string[]>;
  readonly parents: ReadonlyMap<string, string>;
}

export const emptyIndex: TreeIndex = { nodes: new Map(), children: new Map(), parents: new Map() };

/**
 * What must be drawn again to come from one tree to the next: below which nodes rows came, went or moved, and which
 * single rows changed. Nothing is named twice: a redrawn branch draws all its rows.
 */
export interface TreeChange {
  readonly index: TreeIndex;
  readonly branches: readonly string[];
  readonly rows: readonly string[];
}

/** `drawsSame` is asked of each node that differs from the one before it: whether its row looks the same all the same. */
export function reindex(
  before: TreeIndex,
  roots: readonly TreeBranch[],
  drawsSame: (node: TreeNode) => boolean = () => false,
): TreeChange {
  const nodes = new Map<string, TreeNode>();
  const children = new Map<string, readonly string[]>();
  const parents = new Map<string, string>();
  const branches: string[] = [];
  const rows: string[] = [];

  const visit = (parent: string, below: readonly TreeBranch[], isRedrawn: boolean): void => {
    const keys = below.map(({ node }) => node.key);
    children.set(parent, keys);
    const isMoved = !sameItems(keys, before.children.get(parent) ?? []);
    if (isMoved && !isRedrawn) branches.push(parent);
    for (const { node, children: grandchildren } of below) {
      const old = before.nodes.get(node.key);
      const isEqual = old !== undefined && (old === node || sameFields(old, node));
      nodes.set(node.key, isEqual ? old : node);
      parents.set(node.key, parent);
      const isDrawn = isMoved || isRedrawn;
      const isSame = isEqual || (old !== undefined && !isDrawn && drawsSame(node));
      if (!isSame && !isDrawn) rows.push(node.key);
      // A changed row draws its whole branch again.
      if (grandchildren.length > 0 || before.children.has(node.key))
        visit(node.key, grandchildren, isDrawn || !isSame);
    }
  };
  visit(rootKey, roots, false);
  return { index: { nodes, children, parents }, branches, rows };
}

/** Snapshot objects are never changed in place, so one level of comparison is exact. Runs for every row, each time. */
function sameFields(a: TreeNode, b: TreeNode): boolean {
  // eslint-disable-next-line no-restricted-syntax -- read by name alone, without a copy for every row
  const left = a as unknown as Readonly<Record<string, unknown>>;
  // eslint-disable-next-line no-restricted-syntax -- as above
  const right = b as unknown as Readonly<Record<string, unknown>>;
  for (const name in left) {
    const value = left[name];
    const other = right[name];
    if (value === other) continue;
    if (!Array.isArray(value) || !Array.isArray(other) || !sameItems(value, other)) return false;
  }
  return true;
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
