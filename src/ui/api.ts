import type { QuaysideApi, QuaysideEngine, QuaysideSnapshot } from '../../quayside.d.ts';
import type { EngineSet } from '../engine/engineSet.ts';
import type { EngineSnapshot } from '../model/snapshot.ts';

/** The public view of the engines; a copy, so that nobody can reach into the model. */
export function createApi(engines: EngineSet): QuaysideApi {
  return {
    version: 1,
    get engines() {
      return engines.active.map(
        ({ description, store }): QuaysideEngine => ({
          id: description.id,
          name: description.name,
          address: description.address,
          phase: store.state.connection.phase,
          snapshot: toPublicSnapshot(store.state.snapshot),
        }),
      );
    },
    onDidChange: (listener) =>
      engines.onDidChange(() => {
        listener();
      }),
  };
}

function toPublicSnapshot({ container, image, volume, network }: EngineSnapshot): QuaysideSnapshot {
  return {
    containers: [...container.values()].map(({ id, name, image: reference, state, health, labels }) => ({
      id,
      name,
      image: reference,
      state,
      health: health?.status,
      labels: { ...labels },
    })),
    images: [...image.values()].map(({ id, tags, sizeBytes }) => ({ id, tags: [...tags], sizeBytes })),
    volumes: [...volume.values()].map(({ name, driver }) => ({ name, driver })),
    networks: [...network.values()].map(({ id, name, driver }) => ({ id, name, driver })),
  };
}
