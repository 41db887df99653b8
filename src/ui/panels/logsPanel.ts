import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/lifecycle.ts';
import type { Localize } from '../../base/localize.ts';
import type { Logger } from '../../base/logger.ts';
import { LogWorker } from '../../logs/logWorker.ts';
import type { Container } from '../../model/container.ts';
import { type ObjectRef, parseObjectRef, printObjectRef } from '../../model/identity.ts';
import { isLogsPageState } from '../../protocol/logs.ts';
import { LogsHost } from './logsHost.ts';
import { logsStrings } from './logsStrings.ts';
import { pagesFolder, panelHtml } from './panelHtml.ts';

const viewType = 'quayside.logs';

export interface LogsTarget {
  readonly ref: ObjectRef;
  readonly name: string;
}

export interface LogsPanelsOptions {
  readonly extensionUri: vscode.Uri;
  /** Of the bundled log worker. */
  readonly workerPath: string;
  /** What the worker needs to reach an engine; undefined while the engine is not known. */
  readonly endpointOf: (engineId: string) => unknown;
  /** Calls back whenever the live model may have news of the container; undefined: it is not there. */
  readonly containerChanges: (
    ref: ObjectRef,
    listener: (container: Container | undefined) => void,
  ) => Disposable;
  readonly t: Localize;
  readonly log: Logger;
}

/** The open log panels: one for each container, back in place after the window was reloaded. */
export class LogsPanels implements Disposable {
  private readonly options: LogsPanelsOptions;
  private readonly owned = new DisposableStore();
  private readonly shown = new Map<string, vscode.WebviewPanel>();

  constructor(options: LogsPanelsOptions) {
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

  /** Shows the log; the panel that shows it already is brought to the front. */
  open(target: LogsTarget): void {
    const panel = this.shown.get(printObjectRef(target.ref));
    if (panel !== undefined) {
      panel.reveal();
      return;
    }
    const column = vscode.ViewColumn.Active;
    this.adopt(vscode.window.createWebviewPanel(viewType, this.title(target), column, {}), target);
  }

  dispose(): void {
    this.owned.dispose();
  }

  /** The state comes from a page: what can't be read is no panel. */
  private restore(panel: vscode.WebviewPanel, state: unknown): void {
    const ref = isLogsPageState(state) ? parseObjectRef(state.target.ref) : undefined;
    if (ref?.kind !== 'container' || !isLogsPageState(state) || this.shown.has(printObjectRef(ref))) {
      panel.dispose();
      return;
    }
    this.adopt(panel, { ref, name: state.target.name });
  }

  private adopt(panel: vscode.WebviewPanel, target: LogsTarget): void {
    const { extensionUri, workerPath, endpointOf, containerChanges, t, log } = this.options;
    const { webview } = panel;
    const key = printObjectRef(target.ref);
    const life = this.owned.add(new DisposableStore());
    this.shown.set(key, panel);
    // The panel itself outlives a reload of the extension: the editor hands it back to the serializer.
    panel.onDidDispose(() => {
      this.shown.delete(key);
      this.owned.delete(life);
    });
    const host = life.add(
      new LogsHost({
        port: {
          post: (message) => void webview.postMessage(message),
          onMessage: (listener) => webview.onDidReceiveMessage(listener),
        },
        target: { ref: key, name: target.name },
        strings: logsStrings(t),
        startReader: ({ isRestart, onUpdate, onBroken }) => {
          const endpoint = endpointOf(target.ref.engineId);
          if (endpoint === undefined) return undefined;
          const start = { endpoint, containerId: target.ref.id, isRestart };
          return new LogWorker({ path: workerPath, start, onUpdate, onBroken });
        },
        log,
      }),
    );
    let known: Container | undefined;
    life.add(
      containerChanges(target.ref, (container) => {
        // The engine's state changes for many reasons; a record that is the same object did not change.
        if (container !== undefined && container === known) return;
        known = container;
        host.containerChanged();
      }),
    );
    life.add(
      panel.onDidChangeViewState(() => {
        if (!panel.visible) host.hide();
      }),
    );
    const title = this.title(target);
    panel.title = title;
    webview.options = { enableScripts: true, localResourceRoots: [pagesFolder(extensionUri)] };
    webview.html = panelHtml(webview, extensionUri, { name: 'logs', title });
  }

  private title({ name }: LogsTarget): string {
    return this.options.t('{name} (log)', { name });
  }
}
