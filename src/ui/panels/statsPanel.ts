import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { systemClock } from '../../base/async.ts';
import { type Disposable, DisposableStore } from '../../base/lifecycle.ts';
import type { Localize } from '../../base/localize.ts';
import type { Logger } from '../../base/logger.ts';
import type { Prompts } from '../../commands/deps.ts';
import type { EngineSet } from '../../engine/engineSet.ts';
import { StatsFeed } from '../../engine/statsFeed.ts';
import { safeFileName } from '../../logs/saveNames.ts';
import { statsCsv } from '../../model/statsCsv.ts';
import { isInStatsScope, parseStatsScope, printStatsScope, type StatsScope } from '../../model/statsScope.ts';
import { isStatsPageState, type StatsSeries } from '../../protocol/stats.ts';
import { panelHtml, panelOptions } from './panelHtml.ts';
import { StatsHost } from './statsHost.ts';
import { statsStrings } from './statsStrings.ts';

const viewType = 'quayside.stats';

export interface StatsPanelsOptions {
  readonly extensionUri: vscode.Uri;
  readonly engines: EngineSet;
  readonly prompts: Prompts;
  readonly t: Localize;
  readonly log: Logger;
}

/** Whose use is shown, and what they are called together; empty for all that run. */
export interface StatsTarget {
  readonly scope: StatsScope;
  readonly name: string;
}

/** The open panels of stats: one for each scope, back in place after the window was reloaded. */
export class StatsPanels implements Disposable {
  private readonly options: StatsPanelsOptions;
  private readonly owned = new DisposableStore();
  private readonly shown = new Map<string, vscode.WebviewPanel>();

  constructor(options: StatsPanelsOptions) {
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

  /** The panel that shows this scope already is brought to the front. */
  open(target: StatsTarget): void {
    const known = this.shown.get(printStatsScope(target.scope));
    if (known !== undefined) known.reveal();
    else {
      const column = vscode.ViewColumn.Active;
      this.adopt(
        vscode.window.createWebviewPanel(viewType, this.title(target), column, panelOptions),
        target,
      );
    }
  }

  dispose(): void {
    this.owned.dispose();
  }

  /** The state comes from a page: what can't be read is no panel. */
  private restore(panel: vscode.WebviewPanel, state: unknown): void {
    const kept = isStatsPageState(state) ? state : undefined;
    const scope = kept === undefined ? undefined : parseStatsScope(kept.scope);
    if (kept === undefined || scope === undefined || this.shown.has(kept.scope)) {
      panel.dispose();
      return;
    }
    const target = { scope, name: kept.name };
    panel.title = this.title(target);
    panel.webview.options = panelOptions;
    this.adopt(panel, target);
  }

  private adopt(panel: vscode.WebviewPanel, target: StatsTarget): void {
    const { extensionUri, engines, t, log } = this.options;
    const { webview } = panel;
    const key = printStatsScope(target.scope);
    const life = this.owned.add(new DisposableStore());
    // The panel itself outlives a reload of the extension: the editor hands it back to the serializer.
    panel.onDidDispose(() => {
      this.shown.delete(key);
      this.owned.delete(life);
    });
    const feed = life.add(
      new StatsFeed({
        engines,
        includes: (_key, container, engineId) => isInStatsScope(target.scope, engineId, container),
        clock: systemClock,
        onMoment: () => {
          host.onMoment();
        },
      }),
    );
    const host = life.add(
      new StatsHost({
        port: {
          post: (message) => void webview.postMessage(message),
          onMessage: (listener) => webview.onDidReceiveMessage(listener),
        },
        feed,
        scope: target.scope,
        name: target.name,
        strings: statsStrings(t, vscode.env.language),
        now: () => systemClock.now(),
        log,
        actions: {
          save: (series, names) => void this.save(target, series, names),
          openLogs: (ref) => void vscode.commands.executeCommand('quayside.container.logs', ref),
        },
      }),
    );
    this.shown.set(key, panel);
    life.add(
      panel.onDidChangeViewState(() => {
        if (!panel.visible) host.hide();
      }),
    );
    webview.html = panelHtml(extensionUri, { name: 'stats', title: panel.title });
  }

  private async save(
    target: StatsTarget,
    { times, of }: StatsSeries,
    names: ReadonlyMap<string, string>,
  ): Promise<void> {
    const { prompts, t } = this.options;
    const title = this.title(target);
    const path = await prompts.chooseFile(t('Save as CSV…'), `${safeFileName(title)}.csv`);
    if (path === undefined) return;
    const subjects = of.map(({ key, values }) => ({ name: names.get(key) ?? key, values }));
    try {
      await writeFile(path, statsCsv(times, subjects));
      prompts.tell(t('Saved to {file}.', { file: basename(path) }));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      prompts.fail(t('Could not write {file}: {reason}', { file: basename(path), reason }));
    }
  }

  private title({ scope, name }: StatsTarget): string {
    return scope.kind === 'all' ? this.options.t('Stats') : this.options.t('Stats: {name}', { name });
  }
}
