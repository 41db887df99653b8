import type * as vscode from 'vscode';
import type { Localize } from '../../base/localize.ts';
import type { Panels } from '../../commands/deps.ts';
import type { EngineSet } from '../../engine/engineSet.ts';
import type { EngineDocuments } from '../documents/engineDocuments.ts';
import type { Reports } from '../documents/reports.ts';
import type { AttachedTerminals } from '../terminals/attachedTerminals.ts';
import { openShell } from '../terminals/shell.ts';
import type { LayersPanels } from './layersPanel.ts';
import type { BuildPanel } from './buildPanel.ts';
import type { LogsPanels } from './logsPanel.ts';
import type { StatsPanels } from './statsPanel.ts';
import type { RunPanels } from './runPanel.ts';

/** Everything that a command can open, behind the interface that the commands know. */
export function createPanels(parts: {
  readonly engines: EngineSet;
  readonly logs: LogsPanels;
  readonly stats: StatsPanels;
  readonly runs: RunPanels;
  readonly layers: LayersPanels;
  readonly builds: BuildPanel;
  readonly documents: EngineDocuments;
  readonly reports: Reports;
  readonly attached: AttachedTerminals;
  readonly channel: vscode.LogOutputChannel;
  readonly t: Localize;
}): Panels {
  const { engines, logs, stats, runs, layers, builds, documents, reports, attached, channel, t } = parts;
  return {
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
    openFile: (ref, containerName, path) => documents.openFile(ref, containerName, path),
    openShell: (ref, name) => {
      const engine = engines.get(ref.engineId)?.store.engine;
      if (engine !== undefined) openShell(engine, ref.id, name, t);
    },
    openAttached: ({ engineId, id }, name) => {
      attached.start({ engineId, id, name });
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
