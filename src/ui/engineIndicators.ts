import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../base/lifecycle.ts';
import type { Localize } from '../base/localize.ts';
import { explain } from '../commands/explain.ts';
import type { EngineSet, KnownEngine } from '../engine/engineSet.ts';
import { isHelper, isUp } from '../model/container.ts';
import type { ContextKeys } from './contextKeys.ts';
import { getSetting, onDidChangeSetting } from './settings.ts';

export interface IndicatorOptions {
  readonly engines: EngineSet;
  readonly contextKeys: ContextKeys;
  readonly t: Localize;
  /** The view whose badge counts the running containers. */
  readonly badgeView: vscode.TreeView<string>;
  /** False until the machine was looked through for engines once. */
  isSearched(): boolean;
}

/** What is told of the engines outside the trees: the badge, the status bar, the context keys of the welcome texts. */
export function registerIndicators(options: IndicatorOptions): Disposable {
  const { engines, contextKeys, t, badgeView } = options;
  const owned = new DisposableStore();
  const status = owned.add(
    vscode.window.createStatusBarItem('quayside.engines', vscode.StatusBarAlignment.Left, 1),
  );
  status.name = t('Container engines');
  status.command = 'quayside.engines.focus';
  let badge = 0;
  // Kept: asking for a setting costs more than all the rest of an update.
  let isBadgeShown = getSetting('quayside.containers.showBadge');

  const update = (): void => {
    const { active } = engines;
    const running = isBadgeShown ? countRunning(active) : 0;
    if (running !== badge) {
      badge = running;
      badgeView.badge =
        running === 0
          ? undefined
          : {
              value: running,
              tooltip:
                running === 1
                  ? t('1 running container')
                  : t('{count} running containers', { count: running }),
            };
    }
    const first = active.find(({ store }) => store.state.connection.phase === 'connected') ?? active[0];
    const connection = first?.store.state.connection;
    contextKeys.set(
      'quayside.engineState',
      connection?.phase ??
        (options.isSearched() ? (engines.all.length === 0 ? 'none' : 'disconnected') : 'searching'),
    );
    contextKeys.set(
      'quayside.engineProblem',
      connection?.phase === 'unreachable' ? (connection.error.hint ?? connection.error.reason) : '',
    );
    showStatus(status, active, t);
  };
  owned.add(engines.onDidChange(update));
  owned.add(
    onDidChangeSetting('quayside.containers.showBadge')(() => {
      isBadgeShown = getSetting('quayside.containers.showBadge');
      update();
    }),
  );
  update();
  return owned;
}

function countRunning(engines: readonly KnownEngine[]): number {
  let count = 0;
  for (const { store } of engines) {
    if (store.state.connection.phase !== 'connected') continue;
    for (const container of store.state.snapshot.container.values())
      if (isUp(container) && !isHelper(container)) count++;
  }
  return count;
}

/** Silent while one engine works: only trouble, or several engines, are worth the room. */
function showStatus(status: vscode.StatusBarItem, active: readonly KnownEngine[], t: Localize): void {
  const broken = active.find(({ store }) => store.state.connection.phase === 'unreachable');
  const connection = broken?.store.state.connection;
  if (broken !== undefined && connection?.phase === 'unreachable') {
    const { name } = broken.description;
    status.text = `$(warning) ${name}`;
    status.tooltip = t('{name} is not reachable: {why}', { name, why: explain(connection.error, t) });
    status.backgroundColor = new vscode.ThemeColor('statusBarItem.warningBackground');
    status.show();
  } else if (active.length > 1) {
    status.text = `$(server-environment) ${active.map(({ description }) => description.name).join(', ')}`;
    status.tooltip = t('{count} engines connected', { count: active.length });
    status.backgroundColor = undefined;
    status.show();
  } else {
    status.hide();
  }
}
