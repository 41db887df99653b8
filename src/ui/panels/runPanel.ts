import { homedir } from 'node:os';
import { resolve } from 'node:path';
import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/lifecycle.ts';
import type { Deps, RunFormTarget } from '../../commands/deps.ts';
import type { RunForm } from '../../model/runForm.ts';
import { isRunPageState, type RunPageTarget } from '../../protocol/run.ts';
import { panelHtml, panelOptions } from './panelHtml.ts';
import { EngineRunActions } from './runActions.ts';
import { RunHost } from './runHost.ts';
import { runStrings } from './runStrings.ts';

const viewType = 'quayside.run';

export interface RunPanelsOptions {
  readonly extensionUri: vscode.Uri;
  /** Known once everything is made. */
  readonly deps: () => Deps;
}

/** The open forms for running a container, back in place after the window was reloaded. */
export class RunPanels implements Disposable {
  private readonly options: RunPanelsOptions;
  private readonly owned = new DisposableStore();
  /** One for each container that is to be replaced. */
  private readonly replacing = new Map<string, vscode.WebviewPanel>();

  constructor(options: RunPanelsOptions) {
    this.options = options;
    this.owned.add(
      vscode.window.registerWebviewPanelSerializer(viewType, {
        deserializeWebviewPanel: (panel, state) => {
          if (isRunPageState(state)) {
            panel.webview.options = panelOptions;
            this.adopt(panel, state.target, state.form);
          } else panel.dispose();
          return Promise.resolve();
        },
      }),
    );
  }

  open({ engineId, form, replaces }: RunFormTarget): void {
    const known = replaces === undefined ? undefined : this.replacing.get(keyOf(engineId, replaces.id));
    if (known !== undefined) {
      known.reveal();
      return;
    }
    const engineName = this.options.deps().engines.get(engineId)?.description.name ?? engineId;
    const panel = vscode.window.createWebviewPanel(viewType, '', vscode.ViewColumn.Active, panelOptions);
    this.adopt(panel, { engineId, engineName, replaces }, form);
  }

  dispose(): void {
    this.owned.dispose();
  }

  private adopt(panel: vscode.WebviewPanel, target: RunPageTarget, form: RunForm): void {
    const { deps: getDeps, extensionUri } = this.options;
    const deps = getDeps();
    const { engines, t, log } = deps;
    const { webview } = panel;
    // What the editor has kept of a field that was not there is null.
    const replaces = target.replaces ?? undefined;
    const engine = () => engines.get(target.engineId);
    const life = this.owned.add(new DisposableStore());
    panel.title =
      replaces === undefined ? t('Run a Container') : t('{name} (recreate)', { name: replaces.name });
    if (replaces !== undefined) this.replacing.set(keyOf(target.engineId, replaces.id), panel);
    panel.onDidDispose(() => {
      if (replaces !== undefined) this.replacing.delete(keyOf(target.engineId, replaces.id));
      this.owned.delete(life);
    });
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
    const actions = life.add(
      new EngineRunActions({
        deps,
        engine,
        replaces,
        resolvePath: (path) => resolve(folder ?? homedir(), path),
        onRunning: (id) => {
          panel.dispose();
          const ref = { engineId: target.engineId, kind: 'container', id } as const;
          const name =
            engine()?.store.state.snapshot.container.get(id)?.name ?? replaces?.name ?? id.slice(0, 12);
          deps.panels.openLogs({ kind: 'containers', refs: [ref] }, name);
        },
      }),
    );
    life.add(
      new RunHost({
        port: {
          post: (message) => void webview.postMessage(message),
          onMessage: (listener) => webview.onDidReceiveMessage(listener),
        },
        target: { ...target, replaces },
        form,
        folder: folder ?? '',
        strings: runStrings(t),
        actions,
        log,
      }),
    );
    webview.html = panelHtml(extensionUri, { name: 'run', title: panel.title });
  }
}

function keyOf(engineId: string, id: string): string {
  return `${engineId}/${id}`;
}
