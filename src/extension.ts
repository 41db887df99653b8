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
import { ContainerHistories } from './engine/containerHistories.ts';
import { EngineSet } from './engine/engineSet.ts';
import { removeLeftovers } from './files/leftovers.ts';
import { printObjectRef } from './model/identity.ts';
import { exchange } from './registry/http.ts';
import { openRegistry, preferredPlatform } from './registry/openRegistry.ts';
import { PlainLogins } from './registry/plainLogins.ts';
import { Registries } from './registry/registries.ts';
import { RegistryCredentials } from './registry/registryCredentials.ts';
import { createApi } from './ui/api.ts';
import { ContextKeys } from './ui/contextKeys.ts';
import { createDesktop } from './ui/desktop.ts';
import { ChangeDocuments } from './ui/documents/changeDocuments.ts';
import { EngineDocuments } from './ui/documents/engineDocuments.ts';
import { Reports } from './ui/documents/reports.ts';
import { registerBuildProblems } from './ui/editor/buildProblems.ts';
import { registerDockerfileLenses } from './ui/editor/dockerfileLenses.ts';
import { locateFiles } from './files/locateFiles.ts';
import { VolumeHelpers } from './files/volumeHelpers.ts';
import { PlaceFiles } from './files/placeFiles.ts';
import { FilesProvider } from './ui/files/filesProvider.ts';
import { EngineChoice } from './ui/engineChoice.ts';
import { registerIndicators } from './ui/engineIndicators.ts';
import { createLogger } from './ui/log.ts';
import { printLogUri, registerLogLinks } from './ui/logLinks.ts';
import { LayersPanels } from './ui/panels/layersPanel.ts';
import { BuildPanel } from './ui/panels/buildPanel.ts';
import { LogsPanels } from './ui/panels/logsPanel.ts';
import { StatsPanels } from './ui/panels/statsPanel.ts';
import { OverviewPanels } from './ui/panels/overviewPanel.ts';
import { RunPanels } from './ui/panels/runPanel.ts';
import { createPanels } from './ui/panels/panels.ts';
import { createPrompts } from './ui/prompts.ts';
import { registerNewerCheck } from './ui/newerImages.ts';
import { registerCommands } from './ui/registerCommands.ts';
import { createSettings, getSetting, onDidChangeSetting } from './ui/settings.ts';
import { Sidebar } from './ui/sidebar.ts';
import { createShellMemory } from './ui/terminals/shellMemory.ts';
import { registerShellProfile } from './ui/terminals/shellProfile.ts';
import { Terminals } from './ui/terminals/terminals.ts';
import { registerChangeColours } from './ui/tree/changeColours.ts';
import { readFileRows, rereadChangedFolders } from './ui/tree/fileRows.ts';
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
  const prompts = createPrompts();
  let isToldOfHelper = false;
  const helpers = owned.add(
    new VolumeHelpers({
      clock: systemClock,
      onMade: (volume, image) => {
        log.info(`the files of volume ${volume} are read through a helper container of ${image}`);
        if (!isToldOfHelper)
          prompts.tell(
            t(
              'The files of {volume} are read through a helper container of {image}, for as long as they are looked at.',
              { volume, image },
            ),
          );
        isToldOfHelper = true;
      },
    }),
  );
  const files = owned.add(
    new PlaceFiles(
      (place, signal) => locateFiles(engines, helpers, place, signal),
      (engineId, volume) => helpers.release(engineId, volume),
    ),
  );
  const contextKeys = new ContextKeys();
  const sidebar = owned.add(
    new Sidebar({
      engines,
      registries,
      storage: context.workspaceState,
      contextKeys,
      t,
      readFiles: (place, folder) => readFileRows({ files, prompts, t }, place, folder),
      rediscover,
      searched,
    }),
  );
  owned.add(rereadChangedFolders(files, engines, sidebar));
  owned.add(registerDimmedRows());
  owned.add(registerChangeColours(t));
  owned.add(removeLeftovers(engines));
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

  const desktop = createDesktop();
  const documents = owned.add(new EngineDocuments(engines, t));
  const filesProvider = owned.add(new FilesProvider({ files, engines, prompts, searched, t }));
  const logs = owned.add(
    new LogsPanels({
      extensionUri: context.extensionUri,
      spoolRoot: vscode.Uri.joinPath(context.globalStorageUri, 'logs').fsPath,
      workerPath: vscode.Uri.joinPath(context.extensionUri, 'dist', 'logsWorker.cjs').fsPath,
      storage: context.workspaceState,
      engines,
      files: filesProvider,
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
  const histories = owned.add(new ContainerHistories(engines, () => systemClock.now()));
  const overviews = owned.add(
    new OverviewPanels({ extensionUri: context.extensionUri, histories, deps: () => deps }),
  );
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
  const terminals = owned.add(new Terminals(engines, contextKeys, context.workspaceState, t));
  const deps: Deps = {
    t,
    log,
    clock: systemClock,
    engines,
    prompts,
    views: sidebar,
    panels: createPanels({
      logs,
      runs,
      overviews,
      stats,
      layers,
      builds: buildPanel,
      documents,
      changes: owned.add(new ChangeDocuments(engines, t)),
      files: filesProvider,
      reports: owned.add(new Reports()),
      terminals,
      channel,
    }),
    desktop,
    settings: createSettings(),
    credentials,
    builds,
    workspace,
    registries,
    shellMemory: createShellMemory(context.globalState),
    files,
  };
  owned.add(registerCommands(deps));
  owned.add(registerShellProfile(deps, terminals));
  owned.add(registerNewerCheck(deps, sidebar.onDidShowImages, context.globalState));
  return createApi(engines);
}
