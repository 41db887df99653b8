import type { TreeBranch, TreeNode } from '../../src/model/tree/nodes.ts';
import { TreeMemo } from '../../src/model/tree/treeMemo.ts';
import type { EngineInput, ViewInput } from '../../src/model/tree/viewInput.ts';
import { defaultOptions, type ResourceViewId, type ViewOptions } from '../../src/model/tree/viewOptions.ts';
import { buildViewTree } from '../../src/model/tree/viewTree.ts';
import { type Objects, snapshotOf } from './builders.ts';

/** A connected engine with these objects. */
export function engineInput(objects: Objects, parts: Partial<EngineInput> = {}): EngineInput {
  return {
    id: 'default',
    name: 'default',
    address: 'unix:///var/run/docker.sock',
    isLocal: true,
    phase: 'connected',
    version: 'Docker 26.1.5',
    error: undefined,
    snapshot: snapshotOf(objects),
    loaded: new Set(['container', 'image', 'volume', 'network']),
    volumeSizes: new Map(),
    sharedImageSizes: new Map(),
    memo: new TreeMemo(),
    ...parts,
  };
}

/** One view of one engine or of several. */
export function viewTree(
  view: ResourceViewId,
  shown: Objects | readonly EngineInput[],
  options: Partial<ViewOptions> = {},
  rest: Partial<ViewInput> = {},
): readonly TreeBranch[] {
  return buildViewTree(view, {
    engines: isSeveral(shown) ? shown : [engineInput(shown)],
    options: { ...defaultOptions(view), ...options },
    workspaceFolders: [],
    ...rest,
  });
}

function isSeveral(shown: Objects | readonly EngineInput[]): shown is readonly EngineInput[] {
  return Array.isArray(shown);
}

/** All nodes of a tree, from top to bottom. */
export function nodesOf(branches: readonly TreeBranch[]): readonly TreeNode[] {
  return branches.flatMap(({ node, children }) => [node, ...nodesOf(children)]);
}
