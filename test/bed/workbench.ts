import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './command.ts';
import { forgetPidFile, launchDaemon, logTail, processOfPidFile, savedProcess } from './daemonProcess.ts';
import { withoutDockerSettings } from './dockerCli.ts';
import { makeFolder, removeFolder, runFolder } from './folders.ts';
import { freePort } from './freePort.ts';
import { writeEmptyLanguagePack } from './languagePack.ts';
import { commandLine, descendants, endProcesses, isAlive, processesOfSession } from './processes.ts';
import { waitFor } from './waitFor.ts';
import { ensureWorkbench, workbenchInstall } from './workbenchInstall.ts';

export interface WorkbenchOptions {
  /** The run it belongs to. */
  readonly name: string;
  /** Tells several workbenches of one run apart. Default: `workbench`. */
  readonly id?: string;
  /** The folder the workbench opens. */
  readonly folder: string;
  /** HOME of the workbench and all it starts; made when it is missing. */
  readonly home: string;
  /** Added to the environment, which holds nothing about Docker otherwise: DOCKER_HOST, DOCKER_CONFIG, PATH, … */
  readonly env?: Readonly<NodeJS.ProcessEnv>;
  /** User settings, over those that keep a workbench calm. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly vsixPaths?: readonly string[];
  /** A loopback port; a free one when absent. */
  readonly port?: number;
  /** `fresh` (the default) forgets settings, state and extensions of an earlier start under the same name. */
  readonly data?: 'fresh' | 'kept';
  /** A display language such as `zh-cn`. The workbench's own texts stay English, as its language pack is missing. */
  readonly locale?: string;
}

export interface Workbench {
  /** Opens the workbench with its folder. */
  readonly url: string;
  readonly pid: number;
  /** The folder with settings and state. */
  readonly userData: string;
  readonly log: string;
  /** The extension hosts alive now: one for each open page, and for a while for a closed one. */
  extensionHostPids(): number[];
  stop(): Promise<void>;
}

/** Without these a workbench greets, updates, measures, and asks to trust. */
const CALM_SETTINGS: Readonly<Record<string, unknown>> = {
  'workbench.startupEditor': 'none',
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'chat.disableAIFeatures': true,
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'update.showReleaseNotes': false,
  'security.workspace.trust.enabled': false,
  'git.enabled': false,
  'git.openRepositoryInParentFolders': 'never',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
};

/** Installs (the first time) and starts a workbench; resolves when it answers. */
export async function startWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const install = await ensureWorkbench();
  const id = options.id ?? 'workbench';
  const folder = runFolder(options.name, id);
  const pidFile = join(makeFolder(runFolder(options.name, 'pids')), `${id}.json`);
  const log = join(makeFolder(runFolder(options.name, 'logs')), `${id}.log`);
  await stopWorkbench(pidFile);
  if (options.data !== 'kept') removeFolder(folder);
  rmSync(log, { force: true });

  const userData = join(folder, 'data');
  mkdirSync(options.home, { recursive: true });
  writeSettings(userData, options.settings ?? {});
  if (options.locale !== undefined) writeEmptyLanguagePack(userData, options.locale);
  const env: NodeJS.ProcessEnv = { ...workbenchEnvironment(), ...options.env, HOME: options.home };
  const common = [
    install.entry,
    `--user-data-dir=${userData}`,
    `--extensions-dir=${join(makeFolder(folder), 'extensions')}`,
    `--config=${configFile(folder)}`,
    '--disable-telemetry',
    '--disable-update-check',
  ];
  const vsixes = (options.vsixPaths ?? []).flatMap((path) => ['--install-extension', path]);
  if (vsixes.length > 0) await runCommand(install.node, [...common, ...vsixes, '--force'], { env });

  const port = options.port ?? (await freePort());
  const address = `127.0.0.1:${port}`;
  const daemon = await launchDaemon({
    program: install.node,
    args: [
      ...common,
      '--auth=none',
      `--bind-addr=${address}`,
      '--disable-workspace-trust',
      '--disable-getting-started-override',
      ...(options.locale === undefined ? [] : [`--locale=${options.locale}`]),
      options.folder,
    ],
    env,
    logFile: log,
    pidFile,
  });
  const hopeless = (): string | undefined =>
    processOfPidFile(pidFile) === undefined ? `code-server ended: ${logTail(log)}` : undefined;
  await waitFor({ what: 'the workbench', deadlineMs: 60_000, hopeless }, async () => {
    return (await fetch(`http://${address}/healthz`)).status === 200;
  });
  return {
    url: `http://${address}/?folder=${encodeURIComponent(options.folder)}`,
    pid: daemon.pid,
    userData,
    log,
    extensionHostPids: () =>
      descendants(daemon.pid)
        .map(({ pid }) => pid)
        .filter((pid) => commandLine(pid).includes('--type=extensionHost')),
    stop: () => stopWorkbench(pidFile),
  };
}

async function stopWorkbench(pidFile: string): Promise<void> {
  const saved = savedProcess(pidFile);
  if (saved !== undefined) {
    // Extension hosts, language servers and terminals outlive their server for a while when they are not told, and
    // one that was killed has told nobody. The number may be a stranger's by then, but the program is not.
    const program = workbenchInstall().node;
    const session = processesOfSession(saved.pid).filter(({ pid }) => commandLine(pid)[0] === program);
    const below = isAlive(saved) ? descendants(saved.pid) : [];
    await endProcesses([...session, ...below], 3_000);
  }
  forgetPidFile(pidFile);
}

/** Ours without what an editor this runs in, an `npm run`, or a Docker set-up of the machine has put there. */
function workbenchEnvironment(): NodeJS.ProcessEnv {
  const foreign = /^(VSCODE_|ELECTRON_|NODE_OPTIONS$|npm_|CODE_SERVER_|PASSWORD$|HASHED_PASSWORD$|XDG_)/;
  return Object.fromEntries(
    Object.entries(withoutDockerSettings(process.env)).filter(([name]) => !foreign.test(name)),
  );
}

function configFile(folder: string): string {
  const file = join(folder, 'config.yaml');
  if (!existsSync(file)) writeFileSync(file, 'auth: none\n');
  return file;
}

/** On kept data, settings a person has changed in the workbench stay. */
function writeSettings(userData: string, given: Readonly<Record<string, unknown>>): void {
  const file = join(makeFolder(join(userData, 'User')), 'settings.json');
  writeFileSync(file, JSON.stringify({ ...CALM_SETTINGS, ...savedSettings(file), ...given }, undefined, 2));
}

function savedSettings(file: string): object {
  try {
    const saved: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof saved === 'object' && saved !== null ? saved : {};
  } catch {
    return {};
  }
}
