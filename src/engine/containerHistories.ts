import { type Disposable, DisposableStore } from '../base/lifecycle.ts';
import { type HistoryEntry, historyEntry } from '../model/containerHistory.ts';
import type { EngineSet } from './engineSet.ts';

/** Of one container the newest; of all, the containers that something happened to last. */
const maxEntries = 100;
const maxContainers = 2000;

export interface ContainerHistory {
  /** The oldest first. */
  readonly entries: readonly HistoryEntry[];
  /** Events of this engine are heard since then; undefined while they never were. What came in a gap is not there. */
  readonly since: number | undefined;
}

/** What the event streams have told of containers in this session: engines themselves forget soon. */
export class ContainerHistories implements Disposable {
  private readonly owned = new DisposableStore();
  private readonly byContainer = new Map<string, readonly HistoryEntry[]>();
  private readonly since = new Map<string, number>();

  constructor(engines: EngineSet, now: () => number) {
    this.owned.add(
      engines.onDidChange((engine) => {
        if (engine?.store.state.connection.phase !== 'connected') return;
        const { id } = engine.description;
        if (!this.since.has(id)) this.since.set(id, now());
      }),
    );
    this.owned.add(
      engines.onDidReceiveEvent(({ engineId, event }) => {
        const entry = event.kind === 'container' ? historyEntry(event) : undefined;
        if (entry !== undefined) this.add(`${engineId}/${event.id}`, entry);
      }),
    );
  }

  of(engineId: string, containerId: string): ContainerHistory {
    return {
      entries: this.byContainer.get(`${engineId}/${containerId}`) ?? [],
      since: this.since.get(engineId),
    };
  }

  dispose(): void {
    this.owned.dispose();
  }

  private add(key: string, entry: HistoryEntry): void {
    const entries = [...(this.byContainer.get(key) ?? []), entry].slice(-maxEntries);
    // Taken out first, so that the map's order is that of the last changes.
    this.byContainer.delete(key);
    this.byContainer.set(key, entries);
    const [oldest] = this.byContainer.keys();
    if (this.byContainer.size > maxContainers && oldest !== undefined) this.byContainer.delete(oldest);
  }
}
