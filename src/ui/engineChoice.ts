import type * as vscode from 'vscode';
import type { Disposable } from '../base/lifecycle.ts';
import type { EngineDescription, EngineSet } from '../engine/engineSet.ts';

const storageKey = 'engines.wanted';

/**
 * Which engines to connect: the best one until the user says otherwise, then what the user left connected. Choosing
 * changes nothing outside the editor.
 */
export class EngineChoice {
  private readonly engines: EngineSet;
  private readonly storage: vscode.Memento;
  private isApplying = false;

  constructor(engines: EngineSet, storage: vscode.Memento) {
    this.engines = engines;
    this.storage = storage;
  }

  /** Takes over what was found and connects what is wanted of it. */
  apply(found: readonly EngineDescription[]): void {
    this.isApplying = true;
    this.engines.update(found);
    const wanted = this.wanted() ?? found.slice(0, 1).map(({ id }) => id);
    for (const { description, store } of this.engines.all)
      if (wanted.includes(description.id)) store.connect();
    this.isApplying = false;
  }

  /** Remembers from now on what the user connects and disconnects. */
  watch(): Disposable {
    return this.engines.onDidChange((engine) => {
      if (this.isApplying || engine === undefined) return;
      const ids = this.engines.active.map(({ description }) => description.id);
      const isBestAlone = ids.length === 1 && ids[0] === this.engines.all[0]?.description.id;
      const next = isBestAlone ? undefined : ids;
      if (JSON.stringify(this.wanted()) !== JSON.stringify(next)) void this.storage.update(storageKey, next);
    });
  }

  private wanted(): readonly string[] | undefined {
    const stored = this.storage.get<unknown>(storageKey);
    return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string') : undefined;
  }
}
