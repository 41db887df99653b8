import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/lifecycle.ts';
import type { Deps, OverviewTarget } from '../../commands/deps.ts';
import { explain } from '../../commands/explain.ts';
import type { ContainerHistories } from '../../engine/containerHistories.ts';
import { ContainerWatch } from '../../engine/containerWatch.ts';
import { printObjectRef } from '../../model/identity.ts';
import { isOverviewPageState } from '../../protocol/overview.ts';
import { EngineOverviewActions } from './overviewActions.ts';
import { OverviewHost } from './overviewHost.ts';
import { overviewStrings } from './overviewStrings.ts';
import { panelHtml, panelOptions } from './panelHtml.ts';

const viewType = 'quayside.overview';

export interface OverviewPanelsOptions {
  readonly extensionUri: vscode.Uri;
  readonly histories: ContainerHistories;
  /** Known once everything is made. */
  readonly deps: () => Deps;
}

/** The open pages of containers: one for each, back in place after the window was reloaded. */
export class OverviewPanels implements Disposable {
  private readonly options: OverviewPanelsOptions;
  private readonly owned = new DisposableStore();
  private readonly shown = new Map<string, vscode.WebviewPanel>();

  constructor(options: OverviewPanelsOptions) {
    this.options = options;
    this.owned.add(
      vscode.window.registerWebviewPanelSerializer(viewType, {
        deserializeWebviewPanel: (panel, state) => {
          this.restore(panel, state);
          return Promise.resolve();
        },
      }),
    );
  }

  /** The page that shows this container already is brought to the front. */
  open(target: OverviewTarget): void {
    const known = this.shown.get(printObjectRef(target.ref));
    if (known !== undefined) known.reveal();
    else
      void this.adopt(
        vscode.window.createWebviewPanel(viewType, '', vscode.ViewColumn.Active, panelOptions),
        target,
      );
  }

  dispose(): void {
    this.owned.dispose();
  }

  /** The state comes from a page: what can't be read is no panel. */
  private restore(panel: vscode.WebviewPanel, state: unknown): void {
    const kept = isOverviewPageState(state) ? state : undefined;
    const ref = kept === undefined ? undefined : ({ ...kept.target, kind: 'container' } as const);
    if (kept === undefined || ref === undefined || this.shown.has(printObjectRef(ref))) {
      panel.dispose();
      return;
    }
    panel.webview.options = panelOptions;
    void this.adopt(panel, { ref, name: kept.name });
  }

  private async adopt(panel: vscode.WebviewPanel, { ref, name }: OverviewTarget): Promise<void> {
    const { extensionUri, histories, deps: getDeps } = this.options;
    const deps = getDeps();
    const { engines, clock, t, log } = deps;
    const { webview } = panel;
    const key = printObjectRef(ref);
    const life = this.owned.add(new DisposableStore());
    this.shown.set(key, panel);
    // The panel itself outlives a reload of the extension: the editor hands it back to the serializer.
    panel.onDidDispose(() => {
      this.shown.delete(key);
      this.owned.delete(life);
    });
    const watch = life.add(new ContainerWatch({ engines, ref, name, clock }));
    const entitle = (): void => {
      const title = t('Overview: {name}', { name: watch.name });
      // Each assignment is a round trip to the window.
      if (panel.title !== title) panel.title = title;
    };
    entitle();
    life.add(watch.onDidChange(entitle));
    // The words of a page are many, and read when the first one is opened.
    const { factsOf } = await import('./overview/facts.ts');
    if (life.isDisposed) return;
    const host = life.add(
      new OverviewHost({
        port: {
          post: (message) => void webview.postMessage(message),
          onMessage: (listener) => webview.onDidReceiveMessage(listener),
        },
        watch,
        facts: () =>
          factsOf(
            {
              watched: watch.state,
              name: watch.name,
              engineName:
                engines.active.length > 1 ? (engines.get(ref.engineId)?.description.name ?? '') : '',
              history: histories.of(ref.engineId, ref.id),
              problem: watch.state.error === undefined ? '' : explain(watch.state.error, t),
            },
            t,
          ),
        target: { engineId: ref.engineId, id: ref.id },
        strings: overviewStrings(t, vscode.env.language),
        actions: new EngineOverviewActions(deps, ref, watch),
        log,
      }),
    );
    life.add(
      panel.onDidChangeViewState(() => {
        if (!panel.visible) host.hide();
      }),
    );
    webview.html = panelHtml(extensionUri, { name: 'overview', title: panel.title });
  }
}
