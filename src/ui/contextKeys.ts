import * as vscode from 'vscode';
import type { ConnectionPhase } from '../model/connectionPhase.ts';
import type { EngineErrorHint, EngineErrorReason } from '../model/engineError.ts';
import type { FilteredViewId } from '../model/tree/viewOptions.ts';

/** Every context key with its type; a test compares them with the manifest's `when` clauses. */
export type ContextKeyTypes = {
  /** `none` while no engine was found; else the phase of the best one that is wanted. */
  'quayside.engineState': ConnectionPhase | 'none' | 'searching';
  'quayside.engineProblem': EngineErrorHint | EngineErrorReason | '';
  'quayside.containersRunningOnly': boolean;
  'quayside.containersThisWorkspaceOnly': boolean;
  /** The terminal in front is at a container's main process. */
  'quayside.attachedTerminal': boolean;
} & { readonly [K in `quayside.${FilteredViewId}Filtered`]: boolean };

/** Sets context keys, and only when they change: each set is a round trip to the window. */
export class ContextKeys {
  private readonly current = new Map<string, unknown>();

  set<K extends keyof ContextKeyTypes>(key: K, value: ContextKeyTypes[K]): void {
    if (this.current.get(key) === value) return;
    this.current.set(key, value);
    void vscode.commands.executeCommand('setContext', key, value);
  }
}
