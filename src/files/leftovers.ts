import { hostname } from 'node:os';
import { toDisposable, type Disposable } from '../base/lifecycle.ts';
import { helperLabel } from '../model/container.ts';
import type { EngineSet } from '../engine/engineSet.ts';
import type { EngineStore } from '../engine/engineStore.ts';

/** The value of `helperLabel` on what this process makes. */
export const helperOwner = `${hostname()}:${String(process.pid)}`;

/** Removes the helpers of editors of this machine that are no more, once for each engine, when its containers are known. */
export function removeLeftovers(engines: EngineSet): Disposable {
  const seen = new WeakSet<EngineStore>();
  const look = (): void => {
    for (const { store } of engines.all) {
      const { connection, loaded, snapshot } = store.state;
      if (seen.has(store) || connection.phase !== 'connected' || !loaded.has('container')) continue;
      seen.add(store);
      const signal = new AbortController().signal;
      for (const { id, labels } of snapshot.container.values())
        if (isLeftBehind(labels[helperLabel]))
          store.engine.removeContainer(id, signal, { force: true, volumes: true }).catch(() => undefined);
    }
  };
  look();
  const watching = engines.onDidChange(look);
  return toDisposable(() => {
    watching.dispose();
  });
}

function isLeftBehind(owner: string | undefined): boolean {
  const [machine, pid] = owner?.split(':') ?? [];
  return machine === hostname() && !isAlive(Number(pid));
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}
