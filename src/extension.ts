import * as vscode from 'vscode';
import type { QuaysideApi } from '../quayside.d.ts';
import { systemClock } from './base/async.ts';
import { DisposableStore } from './base/lifecycle.ts';
import type { Localize } from './base/localize.ts';
import { BuildFiles } from './build/buildFiles.ts';
import { Builds } from './build/builds.ts';
import { BuildWorker } from './build/buildWorker.ts';
import { chooseBuilder } from './build/chooseBuilder.ts';
import type { Deps } from './commands/deps.ts';
import { discoverEngines } from './engine/docker/discover.ts';
import { EngineSet } from './engine/engineSet.ts';
import { printObjectRef } from './model/identity.ts';
import { exchange } from './registry/http.ts';
import { openRegistry, preferredPlatform } from './registry/openRegistry.ts';
import { PlainLogins } from './registry/plainLogins.ts';
import { Registries } from './registry/registries.ts';
import { RegistryCredentials } from './registry/registryCredentials.ts';
import { createApi } from './ui/api.ts';
import { ContextKeys } from './ui/contextKeys.ts';
import { createDesktop } from './ui/desktop.ts';
import { EngineDocuments } from './ui/documents/engineDocuments.ts';
import { Reports } from './ui/documents/reports.ts';
import { registerBuildProblems } from './ui/editor/buildProblems.ts';
import { registerDockerfileLenses } from './ui/editor/dockerfileLenses.ts';
import { EngineChoice } from './ui/engineChoice.ts';
import { registerIndicators } from './ui/engineIndicators.ts';
import { createLogger } from './ui/log.ts';
import { printLogUri, registerLogLinks } from './ui/logLinks.ts';
import { LayersPanels } from './ui/panels/layersPanel.ts';
import { BuildPanel } from './ui/panels/buildPanel.ts';
import { LogsPanels } from './ui/panels/logsPanel.ts';
import { StatsPanels } from './ui/panels/statsPanel.ts';
import { RunPanels } from './ui/panels/runPanel.ts';
import { createPanels } from './ui/panels/panels.ts';
import { createPrompts } from './ui/prompts.ts';
import { registerNewerCheck } from './ui/newerImages.ts';
import { registerCommands } from './ui/registerCommands.ts';
import { createSettings, getSetting, onDidChangeSetting } from './ui/settings.ts';
import { Sidebar } from './ui/sidebar.ts';
import { AttachedTerminals } from './ui/terminals/attachedTerminals.ts';
import { registerDimmedRows } from './ui/tree/dimmedRows.ts';
import { createWorkspace } from './ui/workspace.ts';

/** Composition root: makes each part, hands it what it needs, and owns it. Nothing here waits for an engine. */
export function activate(context: vscode.ExtensionContext): QuaysideApi {
  const owned = new DisposableStore();
  context.subscriptions.push(owned);
  const t: Localize = (message, args) => vscode.l10n.t(message, args ?? {});
  const channel = owned.add(vscode.window.createOutputChannel('Quayside', { log: true }));
  const log = createLogger(channel);

  const engines = owned.add(new EngineSet(log));
  const choice = new EngineChoice(engines, context.workspaceState);
  owned.add(choice.watch());
  let isSearched = false;
  const rediscover = async (): Promise<void> => {
    const address = getSetting('quayside.engine.address');
    const found = await discoverEngines({ env: process.env, address, platform: process.platform });
    isSearched = true;
    if (!owned.isDisposed) choice.apply(found);
  };
  const searched = rediscover();

  const credentials = new RegistryCredentials(context.secrets, log, { env: process.env });
  const registryParts = { exchange, clock: systemClock, preferred: preferredPlatform(process.arch) };
  const registries = owned.add(
    new Registries({
      listed: () => getSetting('quayside.registries.list'),
      servers: () => credentials.servers(),
      storedServers: (signal) => credentials.storedServers(signal),
      plainLogins: new PlainLogins(context.globalState),
      find: (registry, signal) => credentials.find(registry, signal),
      open: (place, auth) => openRegistry(place, auth, registryParts),
      log,
    }),
  );
  owned.add(
    onDidChangeSetting('quayside.registries.list')(() => {
      void registries.readKnown();
    }),
  );
  const contextKeys = new ContextKeys();
  const sidebar = owned.add(
    new Sidebar({
      engines,
      registries,
      storage: context.workspaceState,
      contextKeys,
      t,
      rediscover,
      searched,
    }),
  );
  owned.add(registerDimmedRows());
  owned.add(
    registerIndicators({
      engines,
      contextKeys,
      t,
      badgeView: sidebar.containersView,
      isSearched: () => isSearched,
    }),
  );
  owned.add(
    onDidChangeSetting('quayside.engine.address')(() => {
      void rediscover();
    }),
  );

  const prompts = createPrompts();
  const desktop = createDesktop();
  const documents = owned.add(new EngineDocuments(engines, t));
  const logs = owned.add(
    new LogsPanels({
      extensionUri: context.extensionUri,
      spoolRoot: vscode.Uri.joinPath(context.globalStorageUri, 'logs').fsPath,
      workerPath: vscode.Uri.joinPath(context.extensionUri, 'dist', 'logsWorker.cjs').fsPath,
      storage: context.workspaceState,
      engines,
      documents,
      prompts,
      desktop,
      linkTo: (link) => printLogUri(context.extension.id, link),
      t,
      log,
    }),
  );
  const stats = owned.add(new StatsPanels({ extensionUri: context.extensionUri, engines, prompts, t, log }));
  const layers = owned.add(
    new LayersPanels({
      extensionUri: context.extensionUri,
      workerPath: vscode.Uri.joinPath(context.extensionUri, 'dist', 'layersWorker.cjs').fsPath,
      copyRoot: vscode.Uri.joinPath(context.globalStorageUri, 'layers').fsPath,
      engines,
      searched,
      prompts,
      desktop,
      compare: async ({ ref }) => {
        await vscode.commands.executeCommand('quayside.image.compare', printObjectRef(ref));
      },
      clock: systemClock,
      t,
      log,
    }),
  );
  owned.add(registerLogLinks({ engines, logs, prompts, searched, t }));
  const runs = owned.add(new RunPanels({ extensionUri: context.extensionUri, deps: () => deps }));
  const workspace = createWorkspace();
  const builds = owned.add(
    new Builds({
      files: new BuildFiles(
        vscode.Uri.joinPath(context.storageUri ?? context.globalStorageUri, 'builds').fsPath,
      ),
      clock: systemClock,
      log,
      credentials,
      chooseBuilder: () => chooseBuilder(getSetting('quayside.build.builder'), process.env),
      run: (run) =>
        new BuildWorker({
          path: vscode.Uri.joinPath(context.extensionUri, 'dist', 'buildWorker.cjs').fsPath,
          ...run,
        }),
    }),
  );
  owned.add(registerBuildProblems(builds, t));
  owned.add(registerDockerfileLenses(t));
  const buildPanel = owned.add(
    new BuildPanel({ extensionUri: context.extensionUri, builds, workspace, t, log }),
  );
  const deps: Deps = {
    t,
    log,
    clock: systemClock,
    engines,
    prompts,
    views: sidebar,
    panels: createPanels({
      engines,
      logs,
      runs,
      stats,
      layers,
      builds: buildPanel,
      documents,
      reports: owned.add(new Reports()),
      attached: owned.add(new AttachedTerminals({ engines, storage: context.workspaceState, t })),
      channel,
      t,
    }),
    desktop,
    settings: createSettings(),
    credentials,
    builds,
    workspace,
    registries,
  };
  owned.add(registerCommands(deps));
  owned.add(registerNewerCheck(deps, sidebar.onDidShowImages, context.globalState));
  return createApi(engines);
}
