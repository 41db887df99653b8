import { requireAvailability, usesHostEngine } from './availability.ts';
import { ensureBrowser } from './browser.ts';
import type { Engine, EngineKind, EngineOptions, StopOptions } from './engine.ts';
import { useHostEngine } from './hostEngine.ts';
import { ensureEngines, runningOwnEngine, startOwnEngine, stopOwnEngine } from './ownEngine.ts';
import { ensureRegistry } from './registry.ts';
import { ensureWorkbench } from './workbenchInstall.ts';

/*
 * The test bed: real engines, a real registry and a real workbench, for tests, for `npm start` and for the bench.
 * Everything a caller needs is exported from here.
 */

export { type Availability, availability, requireAvailability, usesHostEngine } from './availability.ts';
export {
  type BrowserOptions,
  type WorkbenchPageOptions,
  launchBrowser,
  openWorkbenchPage,
} from './browser.ts';
export { type CommandOptions, CommandError, runCommand, tryCommand } from './command.ts';
export { type ComposeProject, startComposeProject } from './composeProject.ts';
export { type DockerCli, dockerCli, dockerEnvironment, makeDockerConfig } from './dockerCli.ts';
export type { Engine, EngineKind, EngineOptions, KillOptions, StopOptions } from './engine.ts';
export { type EngineAnswer, answersPing, engineJson, engineRequest } from './engineRequest.ts';
export { type FaultMode, type FaultProxy, type RecordedRequest, startFaultProxy } from './faultProxy.ts';
export { cacheFolder, runFolder, socketFolder } from './folders.ts';
export { freePort } from './freePort.ts';
export type { BedImage } from './imageRecipes.ts';
export {
  type Registry,
  type RegistryOptions,
  pushImage,
  runningRegistry,
  startRegistry,
} from './registry.ts';
export { type FilledImage, RegistryFill } from './registryFill.ts';
export { type RegistryGate, startRegistryGate } from './registryGate.ts';
export { type TokenServer, startTokenServer } from './tokenServer.ts';
export { type Patience, waitFor } from './waitFor.ts';
export { type Workbench, type WorkbenchOptions, startWorkbench } from './workbench.ts';

/** Starts an engine (installing it the first time) and loads the bed's images into it. */
export async function startEngine(kind: EngineKind, options: EngineOptions = {}): Promise<Engine> {
  requireAvailability();
  return usesHostEngine() ? await useHostEngine(kind, options) : await startOwnEngine(kind, options);
}

/** An engine of the run `name` that another process started, or undefined: for the workers of a test run. */
export async function runningEngine(kind: EngineKind, name = 'test'): Promise<Engine | undefined> {
  requireAvailability();
  return usesHostEngine()
    ? await useHostEngine(kind, { name, images: false })
    : await runningOwnEngine(kind, name);
}

/** Stops an engine of the run `name`, whoever started it, and clears up after one that ended by itself. */
export async function stopEngine(kind: EngineKind, name = 'test', options: StopOptions = {}): Promise<void> {
  requireAvailability();
  if (usesHostEngine()) await (await useHostEngine(kind, { name, images: false })).stop();
  else await stopOwnEngine(kind, name, options);
}

/** Installs everything there is to install, so that later starts are quick: engines, registry, workbench, browser. */
export async function installEverything(): Promise<void> {
  requireAvailability();
  if (!usesHostEngine()) {
    await ensureEngines();
    await ensureRegistry();
  }
  await ensureBrowser();
  await ensureWorkbench();
}
