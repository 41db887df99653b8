import type { ObjectKind } from '../identity.ts';
import { containerRows } from './containerTree.ts';
import type { EngineNode, TreeBranch } from './nodes.ts';
import { imageRows, networkRows, volumeRows } from './resourceTrees.ts';
import type { EngineInput, ViewInput } from './viewInput.ts';
import type { ResourceViewId } from './viewOptions.ts';

/** The kind of object that a view shows. */
export const kindOfView: Readonly<Record<ResourceViewId, ObjectKind>> = {
  containers: 'container',
  images: 'image',
  volumes: 'volume',
  networks: 'network',
};

const rowsOfView = {
  containers: containerRows,
  images: imageRows,
  volumes: volumeRows,
  networks: networkRows,
} satisfies Readonly<
  Record<ResourceViewId, (engine: EngineInput, input: ViewInput) => readonly TreeBranch[]>
>;

/** A resource view's whole tree: one engine's objects at the root, several engines' each under a heading. */
export function buildViewTree(view: ResourceViewId, input: ViewInput): readonly TreeBranch[] {
  const rows = rowsOfView[view];
  const [first] = input.engines;
  if (first === undefined) return [];
  if (input.engines.length === 1) return rows(first, input);
  return input.engines.map((engine) => ({ node: engineNode(engine, true), children: rows(engine, input) }));
}

/** The Engines view: every engine that was found, whether it is wanted or not. */
export function buildEnginesTree(engines: readonly EngineInput[]): readonly TreeBranch[] {
  return engines.map((engine) => ({ node: engineNode(engine, false), children: [] }));
}

function engineNode(engine: EngineInput, isHeading: boolean): EngineNode {
  return {
    kind: 'engine',
    key: `${engine.id}/engine`,
    engineId: engine.id,
    name: engine.name,
    address: engine.address,
    phase: engine.phase,
    version: engine.version,
    problem: engine.error?.hint ?? engine.error?.reason ?? '',
    problemText: engine.error?.message ?? '',
    isLocal: engine.isLocal,
    isHeading,
  };
}
