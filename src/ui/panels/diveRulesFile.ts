import * as vscode from 'vscode';
import type { Event } from '../../base/event.ts';
import { type Disposable, DisposableStore } from '../../base/lifecycle.ts';
import { judge } from '../../model/diveRules.ts';
import type { WasteTotals } from '../../model/imageLayers.ts';
import type { RulesReport } from '../../protocol/layers.ts';
import type { LayersRules } from './layersHost.ts';

/** Such a file has a few lines. */
const maxRulesBytes = 100_000;

/** The `.dive-ci` file of the workspace: the one nearest to a root. Looked at while a panel is open. */
export class DiveRules implements LayersRules, Disposable {
  private readonly owned = new DisposableStore();
  private readonly didChange = this.owned.add(new vscode.EventEmitter<void>());
  readonly onDidChange: Event<void> = (listener) => this.didChange.event(listener);

  constructor() {
    const watcher = this.owned.add(vscode.workspace.createFileSystemWatcher('**/.dive-ci'));
    const changed = (): void => {
      this.didChange.fire();
    };
    this.owned.add(watcher.onDidCreate(changed));
    this.owned.add(watcher.onDidChange(changed));
    this.owned.add(watcher.onDidDelete(changed));
  }

  /** Undefined where the workspace has no rules. */
  async judge(waste: WasteTotals): Promise<RulesReport | undefined> {
    const file = await this.find();
    if (file === undefined) return undefined;
    try {
      const content = await vscode.workspace.fs.readFile(file);
      const text = new TextDecoder().decode(content.subarray(0, maxRulesBytes));
      return { file: vscode.workspace.asRelativePath(file), results: judge(text, waste) };
    } catch {
      // Removed in the meantime, or not to be read.
      return undefined;
    }
  }

  async open(): Promise<void> {
    const file = await this.find();
    if (file !== undefined) await vscode.window.showTextDocument(file, { preview: true });
  }

  dispose(): void {
    this.owned.dispose();
  }

  private async find(): Promise<vscode.Uri | undefined> {
    const found = await vscode.workspace.findFiles('**/.dive-ci', '**/node_modules/**', 100);
    return found.sort((a, b) => a.path.split('/').length - b.path.split('/').length)[0];
  }
}
