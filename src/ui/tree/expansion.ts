import type * as vscode from 'vscode';
import { DisposableStore } from '../../base/lifecycle.ts';
import type { Row } from '../../model/tree/row.ts';

/** More than a workspace ever has by hand; what was toggled longest ago is forgotten first. */
const maxRemembered = 500;

/** Which headings the user opened or closed against their default, remembered per workspace. */
export class Expansion {
  private readonly storage: vscode.Memento;
  private readonly storageKey: string;
  private readonly toggled: Map<string, Row['expansion']>;

  constructor(storage: vscode.Memento, storageKey: string) {
    this.storage = storage;
    this.storageKey = storageKey;
    const stored = storage.get<unknown>(storageKey);
    const entries = Array.isArray(stored) ? stored.filter(isEntry) : [];
    this.toggled = new Map(entries);
  }

  of(key: string, row: Row): Row['expansion'] {
    return row.expansion === 'none' ? 'none' : (this.toggled.get(key) ?? row.expansion);
  }

  watch(view: vscode.TreeView<string>): vscode.Disposable {
    const owned = new DisposableStore();
    owned.add(
      view.onDidExpandElement(({ element }) => {
        this.remember(element, 'expanded');
      }),
    );
    owned.add(
      view.onDidCollapseElement(({ element }) => {
        this.remember(element, 'collapsed');
      }),
    );
    return owned;
  }

  /** Containers come and go with new ids: only headings are worth remembering. */
  private remember(key: string, expansion: Row['expansion']): void {
    if (!/\/(group\/|engine$)/.test(key)) return;
    this.toggled.delete(key);
    this.toggled.set(key, expansion);
    for (const oldest of this.toggled.keys()) {
      if (this.toggled.size <= maxRemembered) break;
      this.toggled.delete(oldest);
    }
    void this.storage.update(this.storageKey, [...this.toggled]);
  }
}

function isEntry(value: unknown): value is [string, Row['expansion']] {
  return (
    Array.isArray(value) &&
    typeof value[0] === 'string' &&
    (value[1] === 'expanded' || value[1] === 'collapsed')
  );
}
