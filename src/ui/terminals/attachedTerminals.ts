import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/lifecycle.ts';
import type { ContextKeys } from '../contextKeys.ts';

/** Which terminals are at a main process: the keys that leave one would mean something else to the editor. */
export class AttachedTerminals implements Disposable {
  private readonly owned = new DisposableStore();
  private readonly terminals = new Set<vscode.Terminal>();
  private readonly contextKeys: ContextKeys;

  constructor(contextKeys: ContextKeys) {
    this.contextKeys = contextKeys;
    this.owned.add(
      vscode.window.onDidChangeActiveTerminal(() => {
        this.update();
      }),
    );
    this.owned.add(
      vscode.window.onDidCloseTerminal((terminal) => {
        this.terminals.delete(terminal);
        this.update();
      }),
    );
  }

  open(options: vscode.ExtensionTerminalOptions): void {
    const terminal = vscode.window.createTerminal(options);
    this.terminals.add(terminal);
    terminal.show();
  }

  /** Closes the one in front, which leaves its process running. */
  leave(): void {
    if (this.isInFront()) vscode.window.activeTerminal?.dispose();
  }

  dispose(): void {
    this.owned.dispose();
  }

  private isInFront(): boolean {
    const { activeTerminal } = vscode.window;
    return activeTerminal !== undefined && this.terminals.has(activeTerminal);
  }

  private update(): void {
    this.contextKeys.set('quayside.attachedTerminal', this.isInFront());
  }
}
