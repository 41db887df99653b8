import * as vscode from 'vscode';
import { systemClock } from '../../base/async.ts';
import { type Disposable, DisposableStore } from '../../base/lifecycle.ts';
import type { Localize } from '../../base/localize.ts';
import type { Logger } from '../../base/logger.ts';
import type { Desktop, Prompts } from '../../commands/deps.ts';
import type { EngineSet } from '../../engine/engineSet.ts';
import { LogThreads } from '../../logs/logThreads.ts';
import { LogWorker } from '../../logs/logWorker.ts';
import type { WorkerSource } from '../../logs/messages.ts';
import { newSpoolFolder, removeLeftSpools } from '../../logs/spool/spoolFolder.ts';
import type { LogAct } from '../../model/log.ts';
import type { LogPermalink } from '../../model/logPermalink.ts';
import type { LinePlace } from '../../model/logQuestions.ts';
import { type ContainerScope, parseContainerScope, printContainerScope } from '../../model/containerScope.ts';
import { isLogsPageState } from '../../protocol/logs.ts';
import { getSetting } from '../settings.ts';
import type { FilesProvider } from '../files/filesProvider.ts';
import { createLogActions } from './logActions.ts';
import { LogsHost } from './logsHost.ts';
import { ScopeWatch } from './logsScope.ts';
import { logsStrings } from './logsStrings.ts';
import { panelHtml, panelOptions } from './panelHtml.ts';
import { SavedFilters } from './savedFilters.ts';

const viewType = 'quayside.logs';

export interface LogsTarget {
  readonly scope: ContainerScope;
  readonly name: string;
}

export interface LogsPanelsOptions {
  readonly extensionUri: vscode.Uri;
  /** Of the bundled log worker. */
  readonly workerPath: string;
  /** A folder for what logs have read; made when it is needed. */
  readonly spoolRoot: string;
  /** Of the workspace. */
  readonly storage: vscode.Memento;
  readonly engines: EngineSet;
  readonly files: FilesProvider;
  readonly prompts: Prompts;
  readonly desktop: Pick<Desktop, 'copy'>;
  /** A link to a line, for the clipboard. */
  readonly linkTo: (link: LogPermalink) => string;
  readonly t: Localize;
  readonly log: Logger;
}

interface Shown {
  readonly panel: vscode.WebviewPanel;
  readonly host: LogsHost;
}

/** The open log panels: one for each scope, back in place after the window was reloaded. */
export class LogsPanels implements Disposable {
  private readonly options: LogsPanelsOptions;
  private readonly owned = new DisposableStore();
  private readonly filters: SavedFilters;
  private readonly threads: LogThreads;
  private readonly shown = new Map<string, Shown>();
  /** Once, before the first log needs room. */
  private tidied: Promise<void> | undefined;

  constructor(options: LogsPanelsOptions) {
    this.options = options;
    this.filters = this.owned.add(new SavedFilters(options.storage));
    this.threads = this.owned.add(new LogThreads(options.workerPath, systemClock));
    this.owned.add(
      vscode.window.registerWebviewPanelSerializer(viewType, {
        deserializeWebviewPanel: (panel, state) => {
          this.restore(panel, state);
          return Promise.resolve();
        },
      }),
    );
  }

  /** Shows the log, and a line of it; the panel that shows it already is brought to the front. */
  open(target: LogsTarget, line?: LinePlace): void {
    const known = this.shown.get(printContainerScope(target.scope));
    known?.panel.reveal();
    const { host } = known ?? this.create(target);
    if (line !== undefined) host.reveal(line);
  }

  /** Something was chosen from the menu of a log. */
  act(act: LogAct, ref: string, row: number | undefined): void {
    this.shown.get(ref)?.host.act(act, row);
  }

  dispose(): void {
    this.owned.dispose();
  }

  /** The state comes from a page: what can't be read is no panel. */
  private restore(panel: vscode.WebviewPanel, state: unknown): void {
    const scope = isLogsPageState(state) ? parseContainerScope(state.target.ref) : undefined;
    if (scope === undefined || !isLogsPageState(state) || this.shown.has(printContainerScope(scope))) {
      panel.dispose();
      return;
    }
    panel.title = this.title({ scope, name: state.target.name });
    panel.webview.options = panelOptions;
    this.adopt(panel, { scope, name: state.target.name });
  }

  private create(target: LogsTarget): Shown {
    const column = vscode.ViewColumn.Active;
    const shown = this.adopt(
      vscode.window.createWebviewPanel(viewType, this.title(target), column, panelOptions),
      target,
    );
    shown.host.push();
    return shown;
  }

  private adopt(panel: vscode.WebviewPanel, target: LogsTarget): Shown {
    const { extensionUri, spoolRoot, engines, t, log } = this.options;
    const { webview } = panel;
    const key = printContainerScope(target.scope);
    this.tidied ??= removeLeftSpools(spoolRoot);
    const life = this.owned.add(new DisposableStore());
    // The panel itself outlives a reload of the extension: the editor hands it back to the serializer.
    panel.onDidDispose(() => {
      this.shown.delete(key);
      this.owned.delete(life);
    });
    let worker: LogWorker | undefined;
    const watch = life.add(
      new ScopeWatch(target.scope, engines, {
        joined: (sources: readonly WorkerSource[]) => {
          if (worker === undefined) host.begin();
          else worker.join(sources);
        },
        changed: (ref) => {
          host.containerChanged(ref);
        },
        happened: (ref, event, at) => {
          worker?.tell(ref, event, at);
        },
        engineChanged: (engineId, isThere) => {
          worker?.engineChanged(engineId, isThere);
        },
      }),
    );
    const host: LogsHost = life.add(
      new LogsHost({
        port: {
          post: (message) => void webview.postMessage(message),
          onMessage: (listener) => webview.onDidReceiveMessage(listener),
        },
        target: { ref: key, name: target.name },
        strings: logsStrings(t),
        startReader: ({ isRestart, onUpdate, onBroken }) => {
          worker = undefined;
          const { sources } = watch;
          if (sources.length === 0) return undefined;
          const start = {
            sources,
            spoolFolder: newSpoolFolder(spoolRoot),
            maxSpoolBytes: getSetting('quayside.logs.diskBudget') * 1_000_000,
            isRestart,
          };
          worker = new LogWorker({ thread: this.threads.take(), start, onUpdate, onBroken });
          return worker;
        },
        filters: this.filters,
        actions: createLogActions({ ...this.options, ...target, sources: () => watch.sources }),
        log,
      }),
    );
    const shown = { panel, host };
    this.shown.set(key, shown);
    watch.begin();
    life.add(
      panel.onDidChangeViewState(() => {
        if (!panel.visible) host.hide();
      }),
    );
    webview.html = panelHtml(extensionUri, { name: 'logs', title: panel.title });
    return shown;
  }

  private title({ name }: LogsTarget): string {
    return this.options.t('{name} (log)', { name });
  }
}
