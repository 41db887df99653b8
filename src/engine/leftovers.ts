import { toDisposable, type Disposable } from '../base/lifecycle.ts';
import type { Clock } from '../base/async.ts';
import { temporaryLabel } from '../model/container.ts';
import type { EngineSet } from './engineSet.ts';
import type { EngineStore } from './engineStore.ts';

/** Another window may be reading from one that is younger. */
const minAgeMs = 60_000;

/** Removes what a window that was killed has left of its work, once for each engine, when its containers are known. */
export function removeLeftovers(engines: EngineSet, clock: Clock): Disposable {
  const seen = new WeakSet<EngineStore>();
  const look = (): void => {
    for (const { store } of engines.all) {
      const { connection, loaded, snapshot } = store.state;
      if (seen.has(store) || connection.phase !== 'connected' || !loaded.has('container')) continue;
      seen.add(store);
      const signal = new AbortController().signal;
      for (const { id, labels, state, createdAt } of snapshot.container.values())
        if (temporaryLabel in labels && state === 'created' && clock.now() - createdAt > minAgeMs)
          store.engine.removeContainer(id, signal, { volumes: true }).catch(() => undefined);
    }
  };
  look();
  const watching = engines.onDidChange(look);
  return toDisposable(() => {
    watching.dispose();
  });
}
