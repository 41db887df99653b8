import type * as vscode from 'vscode';
import type { Localize } from '../../base/localize.ts';
import { explain } from '../../commands/explain.ts';
import type { EngineSet } from '../../engine/engineSet.ts';
import { buildRegistryTree } from '../../model/tree/registryTree.ts';
import type { Registries } from '../../registry/registries.ts';
import { ResourceTree } from './resourceTree.ts';

/** The Registries view. A registry is asked when its row is opened, about a tag when its row is drawn. */
export function createRegistriesTree(options: {
  readonly registries: Registries;
  readonly engines: EngineSet;
  readonly storage: vscode.Memento;
  readonly t: Localize;
  readonly filter: () => string;
}): ResourceTree {
  const { registries, engines, storage, t, filter } = options;
  return new ResourceTree({
    viewId: 'quayside.registries',
    engines,
    storage,
    t,
    build: () =>
      buildRegistryTree(registries.state, { t, filter: filter(), explain: (error) => explain(error, t) }),
    whenReady: () => registries.readKnown(),
    onVisible: () => registries.attend(),
    beforeTooltip: () => Promise.resolve(),
    beforeChildren: ({ key }) => registries.load(key),
    onDrawn: (node) => {
      if (node.kind === 'tag' && node.details === undefined) registries.wantDetails(node);
    },
  });
}
