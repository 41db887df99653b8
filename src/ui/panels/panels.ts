import type * as vscode from 'vscode';
import type { Panels } from '../../commands/deps.ts';
import type { ChangeDocuments } from '../documents/changeDocuments.ts';
import type { EngineDocuments } from '../documents/engineDocuments.ts';
import type { FilesProvider } from '../files/filesProvider.ts';
import type { Reports } from '../documents/reports.ts';
import type { Terminals } from '../terminals/terminals.ts';
import type { LayersPanels } from './layersPanel.ts';
import type { BuildPanel } from './buildPanel.ts';
import type { LogsPanels } from './logsPanel.ts';
import type { OverviewPanels } from './overviewPanel.ts';
import type { StatsPanels } from './statsPanel.ts';
import type { RunPanels } from './runPanel.ts';

/** Everything that a command can open, behind the interface that the commands know. */
export function createPanels(parts: {
  readonly logs: LogsPanels;
  readonly overviews: OverviewPanels;
  readonly stats: StatsPanels;
  readonly runs: RunPanels;
  readonly layers: LayersPanels;
  readonly builds: BuildPanel;
  readonly documents: EngineDocuments;
  readonly changes: ChangeDocuments;
  readonly files: FilesProvider;
  readonly reports: Reports;
  readonly terminals: Terminals;
  readonly channel: vscode.LogOutputChannel;
}): Panels {
  const {
    logs,
    overviews,
    stats,
    runs,
    layers,
    builds,
    documents,
    changes,
    files,
    reports,
    terminals,
    channel,
  } = parts;
  return {
    openOverview: (target) => {
      overviews.open(target);
    },
    openLogs: (scope, name) => {
      logs.open({ scope, name });
    },
    openStats: (scope, name) => {
      stats.open({ scope, name });
    },
    actOnLog: (act, ref, row) => {
      logs.act(act, ref, row);
    },
    openLayers: (target) => {
      layers.open(target);
    },
    actOnLayers: (act) => {
      layers.act(act);
    },
    openInspect: (ref, name) => documents.openInspect(ref, name),
    openReport: (title, language, lines) => reports.open(title, language, lines),
    openFile: (place, path) => files.open(place, path),
    addFolder: (place, path, name) => {
      files.addFolder(place, path, name);
    },
    openChange: (change) => changes.open(change),
    openShell: (ref, name, choice) => {
      terminals.openShell(ref, name, choice);
    },
    openAttached: (ref, name) => {
      terminals.openAttached(ref, name);
    },
    detach: () => {
      terminals.detach();
    },
    openOwn: (ref, name, greeting) => {
      terminals.openOwn(ref, name, greeting);
    },
    openRunForm: (target) => {
      runs.open(target);
    },
    openBuild: (id) => {
      builds.open(id);
    },
    showLog: () => {
      channel.show();
    },
  };
}
