import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/lifecycle.ts';
import type { Localize } from '../../base/localize.ts';
import type { Logger } from '../../base/logger.ts';
import type { Workspace } from '../../commands/deps.ts';
import { explainBuild } from '../../commands/explainBuild.ts';
import type { Build } from '../../model/build.ts';
import { type BuildSummary, isBuildPageState } from '../../protocol/build.ts';
import { BuildHost, type ShownBuilds } from './buildHost.ts';
import { buildStrings } from './buildStrings.ts';
import { panelHtml, panelOptions } from './panelHtml.ts';

const viewType = 'quayside.build';

export interface BuildPanelOptions {
  readonly extensionUri: vscode.Uri;
  readonly builds: ShownBuilds;
  readonly workspace: Pick<Workspace, 'label'>;
  readonly t: Localize;
  readonly log: Logger;
}

/** The panel of the workspace's builds: one for all of them, back in place after the window was reloaded. */
export class BuildPanel implements Disposable {
  private readonly options: BuildPanelOptions;
  private readonly owned = new DisposableStore();
  private shown: { readonly panel: vscode.WebviewPanel; readonly host: BuildHost } | undefined;

  constructor(options: BuildPanelOptions) {
    this.options = options;
    this.owned.add(
      vscode.window.registerWebviewPanelSerializer(viewType, {
        deserializeWebviewPanel: (panel, state) => {
          if (this.shown !== undefined) panel.dispose();
          else this.adopt(panel, isBuildPageState(state) ? state.buildId : undefined);
          return Promise.resolve();
        },
      }),
    );
  }

  /** Shows a build, or the newest one, beside what is being written. */
  open(buildId: string | undefined): void {
    if (this.shown !== undefined) {
      this.shown.host.show(buildId);
      this.shown.panel.reveal(undefined, true);
      return;
    }
    const viewColumn =
      vscode.window.activeTextEditor === undefined ? vscode.ViewColumn.Active : vscode.ViewColumn.Beside;
    const place = { viewColumn, preserveFocus: true };
    this.adopt(
      vscode.window.createWebviewPanel(viewType, this.options.t('Builds'), place, panelOptions),
      buildId,
    );
  }

  dispose(): void {
    this.owned.dispose();
  }

  private adopt(panel: vscode.WebviewPanel, buildId: string | undefined): void {
    const { extensionUri, builds, t, log } = this.options;
    const { webview } = panel;
    panel.title = t('Builds');
    webview.options = panelOptions;
    const life = this.owned.add(new DisposableStore());
    panel.onDidDispose(() => {
      this.shown = undefined;
      this.owned.delete(life);
    });
    const host = life.add(
      new BuildHost({
        port: {
          post: (message) => void webview.postMessage(message),
          onMessage: (listener) => webview.onDidReceiveMessage(listener),
        },
        builds,
        strings: buildStrings(t, vscode.env.language),
        log,
        buildId,
        actions: {
          rebuild: ({ spec, engineId }) =>
            void vscode.commands.executeCommand('quayside.image.build', spec, { engine: engineId }),
          openLine: (build, line) => void openLine(build, line, panel),
          summarize: (build) => this.summarize(build),
        },
      }),
    );
    this.shown = { panel, host };
    life.add(
      panel.onDidChangeViewState(() => {
        if (!panel.visible) host.hide();
      }),
    );
    webview.html = panelHtml(extensionUri, { name: 'build', title: panel.title });
  }

  private summarize(build: Build): BuildSummary {
    const { t, workspace } = this.options;
    const { id, spec, engineName, builder, startedAt, endedAt, outcome, problem } = build;
    const dockerfile = workspace.label(spec.dockerfile);
    return {
      id,
      name: spec.tags[0] ?? dockerfile,
      dockerfile,
      context: workspace.label(spec.context),
      engineName,
      builder: builder === 'buildkit' ? 'BuildKit' : t('classic builder'),
      startedAt,
      endedAt,
      outcome,
      explanation: problem === undefined ? '' : explainBuild(problem, t),
      problemLine: problem?.line,
    };
  }
}

/** Beside the panel, which has something to say about it. */
async function openLine(
  { spec }: Build,
  line: number | undefined,
  panel: vscode.WebviewPanel,
): Promise<void> {
  const uri = vscode.Uri.file(spec.dockerfile);
  const shown = vscode.window.visibleTextEditors.find(({ document }) => document.uri.fsPath === uri.fsPath);
  const other = panel.viewColumn === vscode.ViewColumn.One ? vscode.ViewColumn.Two : vscode.ViewColumn.One;
  const at = new vscode.Position(line ?? 0, 0);
  await vscode.window.showTextDocument(uri, {
    selection: new vscode.Range(at, at),
    viewColumn: shown?.viewColumn ?? other,
  });
}
