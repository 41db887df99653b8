import type * as vscode from 'vscode';
import { Emitter } from '../../base/event.ts';
import type { Disposable } from '../../base/lifecycle.ts';
import { isSavedFilter, maxSavedFilters, type SavedFilter } from '../../protocol/logs.ts';
import type { LogFilters } from './logsHost.ts';

const storageKey = 'logs.filters';

/** The filters that were saved in a workspace: one list, by name, for all its log panels. */
export class SavedFilters implements LogFilters, Disposable {
  private readonly storage: vscode.Memento;
  private readonly changed = new Emitter<readonly SavedFilter[]>();

  constructor(storage: vscode.Memento) {
    this.storage = storage;
  }

  readonly onDidChange = this.changed.event;

  /** What is stored may be of another version, or of somebody's hand: what can't be read is left out. */
  get all(): readonly SavedFilter[] {
    const stored = this.storage.get<unknown>(storageKey);
    const read = Array.isArray(stored) ? stored.filter((each) => isSavedFilter(each)) : [];
    return [...new Map(read.map((each) => [each.name, each])).values()].slice(0, maxSavedFilters);
  }

  save({ name, filter: { minLevel, stream, conditions } }: SavedFilter): void {
    const saved = { name, filter: { minLevel, stream, conditions } };
    const others = this.all.filter((each) => each.name !== name);
    if (others.length < maxSavedFilters)
      this.keep([...others, saved].sort((a, b) => a.name.localeCompare(b.name)));
  }

  delete(name: string): void {
    this.keep(this.all.filter((each) => each.name !== name));
  }

  dispose(): void {
    this.changed.dispose();
  }

  private keep(filters: readonly SavedFilter[]): void {
    void this.storage.update(storageKey, filters);
    this.changed.fire(filters);
  }
}
