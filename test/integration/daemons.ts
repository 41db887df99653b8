import { systemClock } from '../../src/base/async.ts';
import { nullLogger } from '../../src/base/logger.ts';
import { DockerEngine } from '../../src/engine/docker/dockerEngine.ts';
import { type EngineState, EngineStore } from '../../src/engine/engineStore.ts';
import { type Engine as Daemon, type EngineKind, runningEngine } from '../bed/bed.ts';

const patienceMs = 30_000;

/** The daemon that the setup started. */
export async function daemon(kind: EngineKind): Promise<Daemon> {
  const found = await runningEngine(kind, 'test');
  if (found === undefined) throw new Error(`the ${kind} engine of the run is not there`);
  return found;
}

export function engineAt(socket: string): DockerEngine {
  return new DockerEngine({ kind: 'socket', path: socket });
}

export function storeAt(socket: string): EngineStore {
  return new EngineStore('test', engineAt(socket), systemClock, nullLogger);
}

/** Settles when the store's state is as wanted; fails with the last state where that does not come. */
export function until(
  store: EngineStore,
  what: string,
  isWanted: (state: EngineState) => boolean,
): Promise<EngineState> {
  return new Promise((resolve, reject) => {
    const giveUp = setTimeout(() => {
      subscription.dispose();
      const { connection, snapshot } = store.state;
      const names = [...snapshot.container.values()].map(({ name, state }) => `${name} ${state}`);
      reject(new Error(`${what}: never; ${JSON.stringify(connection)}; ${names.join(', ')}`));
    }, patienceMs);
    const check = (): void => {
      if (!isWanted(store.state)) return;
      clearTimeout(giveUp);
      subscription.dispose();
      resolve(store.state);
    };
    const subscription = store.onDidChange(check);
    check();
  });
}

export function isConnected({ connection }: EngineState): boolean {
  return connection.phase === 'connected';
}

/** The container of that name, as the store has it. */
export function named(state: EngineState, name: string) {
  return [...state.snapshot.container.values()].find((container) => container.name === name);
}

export const never = new AbortController().signal;
