import type { KnownEngine } from '../../engine/engineSet.ts';
import type { EngineInput } from '../../model/tree/viewInput.ts';

/** One engine as the pure tree builders take it. */
export function toEngineInput(
  { description, store }: KnownEngine,
  volumeSizes: ReadonlyMap<string, number>,
): EngineInput {
  const { connection, snapshot, loaded } = store.state;
  return {
    id: description.id,
    name: description.name,
    address: description.address,
    isLocal: description.isLocal,
    phase: connection.phase,
    version:
      connection.phase === 'connected' ? `${connection.version.product} ${connection.version.version}` : '',
    error: connection.phase === 'unreachable' ? connection.error : undefined,
    snapshot,
    loaded,
    volumeSizes,
  };
}
