import { systemClock } from '../../src/base/async.ts';
import { type Disposable, DisposableStore } from '../../src/base/lifecycle.ts';
import { nullLogger } from '../../src/base/logger.ts';
import type { Patience } from '../../src/engine/docker/connection.ts';
import { DockerEngine } from '../../src/engine/docker/dockerEngine.ts';
import { type EngineState, EngineStore } from '../../src/engine/engineStore.ts';
import type { Container } from '../../src/model/container.ts';
import type { ObjectKind } from '../../src/model/identity.ts';
import { patienceMs } from './sandbox.ts';

/** The live store over the real adapter, with what tests wait for. */
export class LiveStore implements Disposable {
  readonly store: EngineStore;
  readonly engine: DockerEngine;
  readonly phases: string[] = [];
  private readonly owned = new DisposableStore();

  constructor(socket: string, patience?: Patience) {
    this.engine = new DockerEngine({ kind: 'socket', path: socket }, patience);
    this.store = this.owned.add(new EngineStore('bed', this.engine, systemClock, nullLogger));
    this.store.onDidChange(({ connection: { phase } }) => {
      if (this.phases.at(-1) !== phase) this.phases.push(phase);
    });
  }

  attend(...kinds: readonly ObjectKind[]): Disposable {
    const attention = new DisposableStore();
    for (const kind of kinds) attention.add(this.store.attend(kind));
    return attention;
  }

  /** Waits, by the store's own events, until its state is so. */
  until(what: string, isSo: (state: EngineState) => boolean, ms = patienceMs): Promise<EngineState> {
    return new Promise((resolve, reject) => {
      const waiting = new DisposableStore();
      const timer = setTimeout(() => {
        waiting.dispose();
        const { connection, snapshot } = this.store.state;
        reject(
          new Error(
            `${what}: not within ${ms} ms (${connection.phase}, ${snapshot.container.size} containers)`,
          ),
        );
      }, ms);
      waiting.add({
        dispose: () => {
          clearTimeout(timer);
        },
      });
      const look = (): void => {
        if (!isSo(this.store.state)) return;
        waiting.dispose();
        resolve(this.store.state);
      };
      waiting.add(this.store.onDidChange(look));
      look();
    });
  }

  async connected(): Promise<void> {
    await this.until('connected', ({ connection }) => connection.phase === 'connected');
  }

  container(name: string): Container | undefined {
    return [...this.store.state.snapshot.container.values()].find((container) => container.name === name);
  }

  dispose(): void {
    this.owned.dispose();
  }
}

/** What a list and a read of a container have in common, by id. */
export function comparable(containers: Iterable<Container>): ReadonlyMap<string, unknown> {
  return new Map(
    [...containers]
      .map(({ stateSince: _, oomKilled: __, health, ...rest }): [string, unknown] => [
        rest.id,
        { ...rest, health: health?.status },
      ])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
