import { showBuilds } from './build/show.ts';
import { commitContainer } from './container/commit.ts';
import { copyContainerId } from './container/copyId.ts';
import { copyContainerIp } from './container/copyIp.ts';
import { copyContainerName } from './container/copyName.ts';
import { exportContainer } from './container/export.ts';
import { attachContainer } from './container/attach.ts';
import { showContainerChanges } from './container/changes.ts';
import { detachContainer } from './container/detach.ts';
import { debugContainer } from './container/debug.ts';
import { copyContainerComposeService, copyContainerRunCommand } from './container/copyRecipe.ts';
import { inspectContainer } from './container/inspect.ts';
import { killContainer } from './container/kill.ts';
import { openComposeLogs } from './compose/logs.ts';
import { openComposeStats } from './compose/stats.ts';
import { openContainerStats } from './container/stats.ts';
import { showStats } from './stats/show.ts';
import { openContainerLogs } from './container/logs.ts';
import { openContainerChange } from './container/openChange.ts';
import { openContainerFile } from './container/openFile.ts';
import { openContainerOverview } from './container/overview.ts';
import { openContainerPort } from './container/openPort.ts';
import { pauseContainer } from './container/pause.ts';
import { pruneContainers } from './container/prune.ts';
import { recreateContainer } from './container/recreate.ts';
import { removeContainer } from './container/remove.ts';
import { renameContainer } from './container/rename.ts';
import { revealContainer } from './container/reveal.ts';
import { runContainerForm } from './container/run.ts';
import { restartContainer } from './container/restart.ts';
import { openContainerShell } from './container/shell.ts';
import { openContainerShellWithOptions } from './container/shellWithOptions.ts';
import { startContainer } from './container/start.ts';
import { stopContainer } from './container/stop.ts';
import { unpauseContainer } from './container/unpause.ts';
import { updateContainer } from './container/update.ts';
import { waitHealthy } from './container/waitHealthy.ts';
import { connectEngine } from './engine/connect.ts';
import { copyEngineAddress } from './engine/copyAddress.ts';
import { daemonAction } from './engine/daemon.ts';
import { disconnectEngine } from './engine/disconnect.ts';
import { refreshEngines } from './engine/refresh.ts';
import { runHelloWorld } from './engine/runHelloWorld.ts';
import { showEngineVersion } from './engine/version.ts';
import { addFilesToWorkspace } from './files/addToWorkspace.ts';
import { copyFilePath } from './files/copyPath.ts';
import { deleteFiles } from './files/delete.ts';
import { downloadFiles } from './files/download.ts';
import { newFile } from './files/newFile.ts';
import { newFolder } from './files/newFolder.ts';
import { openFileByPath } from './files/openPath.ts';
import { refreshFiles } from './files/refresh.ts';
import { renameFile } from './files/rename.ts';
import { searchFiles } from './files/search.ts';
import { uploadFiles, uploadFolder } from './files/upload.ts';
import type { CommandId } from './ids.ts';
import { compareImages } from './image/compare.ts';
import { buildImage } from './image/build.ts';
import { copyImageDigest } from './image/copyDigest.ts';
import { copyImageId } from './image/copyId.ts';
import { copyImageReference } from './image/copyReference.ts';
import { showImageHistory } from './image/history.ts';
import { checkForNewerImages } from './image/checkForNewer.ts';
import { importImage } from './image/import.ts';
import { inspectImage } from './image/inspect.ts';
import { openImageLayers } from './image/layers.ts';
import { loadImages } from './image/load.ts';
import { pruneImages } from './image/prune.ts';
import { pullImages, pullImagesForPlatform } from './image/pull.ts';
import { pushImages } from './image/push.ts';
import { removeImage } from './image/remove.ts';
import { runImages } from './image/run.ts';
import { runImageInteractive } from './image/runInteractive.ts';
import { saveImages } from './image/save.ts';
import { tagImage } from './image/tag.ts';
import { actOnLayers } from './layers/menu.ts';
import { actOnLog } from './logs/menu.ts';
import { copyNetworkName } from './network/copyName.ts';
import { inspectNetwork } from './network/inspect.ts';
import { pruneNetworks } from './network/prune.ts';
import { removeNetwork } from './network/remove.ts';
import { addRegistry, addRepository } from './registry/add.ts';
import { copyDigest, copyReference } from './registry/copy.ts';
import { deleteTag } from './registry/deleteTag.ts';
import { openInBrowser } from './registry/openInBrowser.ts';
import { removeRegistry } from './registry/remove.ts';
import { signIn } from './registry/signIn.ts';
import { signOut } from './registry/signOut.ts';
import { loadMore, refreshRegistries, refreshRow } from './registry/view.ts';
import { showLog } from './system/showLog.ts';
import type { Action, AnyVerb } from './verb.ts';
import { groupView, sortView } from './view/arrange.ts';
import { clearFilter, filterView } from './view/filter.ts';
import { refreshViews } from './view/refresh.ts';
import { setSwitch } from './view/toggle.ts';
import { copyVolumeName } from './volume/copyName.ts';
import { inspectVolume } from './volume/inspect.ts';
import { pruneVolumes } from './volume/prune.ts';
import { removeVolume } from './volume/remove.ts';
import { revealVolume } from './volume/reveal.ts';

/** What each command does; one that is missing does not compile. */
export const commandTable: Readonly<Record<CommandId, AnyVerb | Action>> = {
  'quayside.container.start': startContainer,
  'quayside.container.stop': stopContainer,
  'quayside.container.restart': restartContainer,
  'quayside.container.pause': pauseContainer,
  'quayside.container.unpause': unpauseContainer,
  'quayside.container.kill': killContainer,
  'quayside.container.rename': renameContainer,
  'quayside.container.run': runContainerForm,
  'quayside.container.recreate': recreateContainer,
  'quayside.container.update': updateContainer,
  'quayside.container.waitHealthy': waitHealthy,
  'quayside.container.commit': commitContainer,
  'quayside.container.export': exportContainer,
  'quayside.container.remove': removeContainer,
  'quayside.container.prune': pruneContainers,
  'quayside.container.overview': openContainerOverview,
  'quayside.container.logs': openContainerLogs,
  'quayside.container.stats': openContainerStats,
  'quayside.container.shell': openContainerShell,
  'quayside.container.shellWithOptions': openContainerShellWithOptions,
  'quayside.container.attach': attachContainer,
  'quayside.container.detach': detachContainer,
  'quayside.container.debug': debugContainer,
  'quayside.container.changes': showContainerChanges,
  'quayside.container.openChange': openContainerChange,
  'quayside.container.inspect': inspectContainer,
  'quayside.container.openPort': openContainerPort,
  'quayside.container.openFile': openContainerFile,
  'quayside.container.reveal': revealContainer,
  'quayside.container.copyId': copyContainerId,
  'quayside.container.copyName': copyContainerName,
  'quayside.container.copyIp': copyContainerIp,
  'quayside.container.copyRunCommand': copyContainerRunCommand,
  'quayside.container.copyComposeService': copyContainerComposeService,
  'quayside.container.filter': filterView('containers'),
  'quayside.container.clearFilter': clearFilter('containers'),
  'quayside.container.showRunningOnly': setSwitch('containers', 'runningOnly', true),
  'quayside.container.showAll': setSwitch('containers', 'runningOnly', false),
  'quayside.container.showThisWorkspaceOnly': setSwitch('containers', 'thisWorkspaceOnly', true),
  'quayside.container.showEverywhere': setSwitch('containers', 'thisWorkspaceOnly', false),
  'quayside.container.groupBy': groupView('containers'),
  'quayside.container.sortBy': sortView('containers'),
  'quayside.container.refresh': refreshViews,
  'quayside.files.newFile': newFile,
  'quayside.files.newFolder': newFolder,
  'quayside.files.rename': renameFile,
  'quayside.files.delete': deleteFiles,
  'quayside.files.copyPath': copyFilePath,
  'quayside.files.refresh': refreshFiles,
  'quayside.files.download': downloadFiles,
  'quayside.files.upload': uploadFiles,
  'quayside.files.uploadFolder': uploadFolder,
  'quayside.files.addToWorkspace': addFilesToWorkspace,
  'quayside.files.openPath': openFileByPath,
  'quayside.files.search': searchFiles,
  'quayside.compose.logs': openComposeLogs,
  'quayside.compose.stats': openComposeStats,
  'quayside.stats.show': showStats,
  'quayside.logs.copy': actOnLog('copy'),
  'quayside.logs.copyLine': actOnLog('copyLine'),
  'quayside.logs.copyLink': actOnLog('copyLink'),
  'quayside.logs.save': actOnLog('save'),
  'quayside.logs.openDocument': actOnLog('openDocument'),
  'quayside.layers.open': actOnLayers('open'),
  'quayside.layers.openFile': actOnLayers('openFile'),
  'quayside.layers.copyPath': actOnLayers('copyPath'),
  'quayside.image.pull': pullImages,
  'quayside.image.pullForPlatform': pullImagesForPlatform,
  'quayside.image.push': pushImages,
  'quayside.image.run': runImages,
  'quayside.image.runInteractive': runImageInteractive,
  'quayside.image.build': buildImage,
  'quayside.image.tag': tagImage,
  'quayside.image.remove': removeImage,
  'quayside.image.prune': pruneImages,
  'quayside.image.checkForNewer': checkForNewerImages,
  'quayside.image.save': saveImages,
  'quayside.image.load': loadImages,
  'quayside.image.import': importImage,
  'quayside.image.inspect': inspectImage,
  'quayside.image.history': showImageHistory,
  'quayside.image.layers': openImageLayers,
  'quayside.image.compare': compareImages,
  'quayside.image.copyReference': copyImageReference,
  'quayside.image.copyDigest': copyImageDigest,
  'quayside.image.copyId': copyImageId,
  'quayside.image.filter': filterView('images'),
  'quayside.image.clearFilter': clearFilter('images'),
  'quayside.image.groupBy': groupView('images'),
  'quayside.image.sortBy': sortView('images'),
  'quayside.image.refresh': refreshViews,
  'quayside.build.show': showBuilds,
  'quayside.volume.remove': removeVolume,
  'quayside.volume.prune': pruneVolumes,
  'quayside.volume.inspect': inspectVolume,
  'quayside.volume.copyName': copyVolumeName,
  'quayside.volume.reveal': revealVolume,
  'quayside.volume.filter': filterView('volumes'),
  'quayside.volume.clearFilter': clearFilter('volumes'),
  'quayside.volume.groupBy': groupView('volumes'),
  'quayside.volume.sortBy': sortView('volumes'),
  'quayside.volume.refresh': refreshViews,
  'quayside.network.remove': removeNetwork,
  'quayside.network.prune': pruneNetworks,
  'quayside.network.inspect': inspectNetwork,
  'quayside.network.copyName': copyNetworkName,
  'quayside.network.filter': filterView('networks'),
  'quayside.network.clearFilter': clearFilter('networks'),
  'quayside.network.groupBy': groupView('networks'),
  'quayside.network.sortBy': sortView('networks'),
  'quayside.network.refresh': refreshViews,
  'quayside.registry.add': addRegistry,
  'quayside.registry.addRepository': addRepository,
  'quayside.registry.remove': removeRegistry,
  'quayside.registry.signIn': signIn,
  'quayside.registry.signOut': signOut,
  'quayside.registry.loadMore': loadMore,
  'quayside.registry.copyReference': copyReference,
  'quayside.registry.copyDigest': copyDigest,
  'quayside.registry.deleteTag': deleteTag,
  'quayside.registry.openInBrowser': openInBrowser,
  'quayside.registry.filter': filterView('registries'),
  'quayside.registry.clearFilter': clearFilter('registries'),
  'quayside.registry.refresh': refreshRegistries,
  'quayside.registry.refreshRow': refreshRow,
  'quayside.engine.connect': connectEngine,
  'quayside.engine.disconnect': disconnectEngine,
  'quayside.engine.version': showEngineVersion,
  'quayside.engine.runHelloWorld': runHelloWorld,
  'quayside.engine.start': daemonAction('start'),
  'quayside.engine.stop': daemonAction('stop'),
  'quayside.engine.restart': daemonAction('restart'),
  'quayside.engine.copyAddress': copyEngineAddress,
  'quayside.engine.refresh': refreshEngines,
  'quayside.system.showLog': showLog,
};
