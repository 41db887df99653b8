import type { KnownEngine } from '../../engine/engineSet.ts';
import type { TreeMemo } from '../../model/tree/treeMemo.ts';
import type { EngineInput } from '../../model/tree/viewInput.ts';

/** One engine as the pure tree builders take it. */
export function toEngineInput(
  { description, store }: KnownEngine,
  asked: Pick<EngineInput, 'volumeSizes' | 'sharedImageSizes' | 'registryDigests' | 'use'>,
  memo: TreeMemo,
): EngineInput {
  const { connection, snapshot, loaded } = store.state;
  return {
    id: description.id,
    name: description.name,
    address: description.address,
    isLocal: description.isLocal,
    phase: connection.phase,
    // A distribution's own suffix (26.1.5+dfsg1) is for the version document.
    version:
      connection.phase === 'connected'
        ? `${connection.version.product} ${connection.version.version.replace(/\+.*$/, '')}`
        : '',
    error: connection.phase === 'unreachable' ? connection.error : undefined,
    snapshot,
    loaded,
    ...asked,
    memo,
  };
}
