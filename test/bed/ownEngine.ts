import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ensureAptPackages } from './aptPackages.ts';
import { forgetPidFile, launchDaemon, logTail, processOfPidFile } from './daemonProcess.ts';
import { debian13, ensureDebian13 } from './debian13.ts';
import { type DockerCli, dockerCli, dockerEnvironment, makeDockerConfig } from './dockerCli.ts';
import type { Engine, EngineKind, EngineOptions, KillOptions, StopOptions } from './engine.ts';
import { answersPing, engineJson, engineRequest, stringsOf } from './engineRequest.ts';
import { makeFolder, removeFolder, runFolder, socketFolder } from './folders.ts';
import { loadImages } from './images.ts';
import { clearLeftovers, containerdOfEngine, processesOfEngine } from './leftovers.ts';
import { withLock } from './lock.ts';
import { ensureNetwork, networkFlags, removeNetwork } from './network.ts';
import { type ProcessIdentity, endProcesses, isAlive, sendSignal } from './processes.ts';
import { waitFor } from './waitFor.ts';

/** Debian 12's engine, and what the new one needs of it too: runc, the tools a daemon calls, a static busybox. */
const PACKAGES = ['docker.io', 'busybox-static', 'iproute2', 'iptables', 'ca-certificates'];

const SYSTEM_PATH = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/** Installs what the engines need, once. */
export async function ensureEngines(): Promise<void> {
  await ensureAptPackages(PACKAGES);
  await ensureDebian13();
}

/** Starts a daemon of our own and loads the images. */
export async function startOwnEngine(kind: EngineKind, options: EngineOptions): Promise<Engine> {
  await ensureEngines();
  const name = options.name ?? 'test';
  const engine = new OwnEngine(kind, options);
  await withLock(runFolder(name, `${kind}.lock`), () => engine.begin());
  return engine;
}

/** An engine that another process has started; undefined when it does not run. */
export async function runningOwnEngine(kind: EngineKind, name: string): Promise<Engine | undefined> {
  const engine = new OwnEngine(kind, { name, data: 'kept' });
  if (engine.pid() === undefined || !(await answersPing(engine.socket))) return undefined;
  return engine;
}

/** Stops an engine another process has started, and clears up after one that ended by itself. */
export async function stopOwnEngine(
  kind: EngineKind,
  name: string,
  options: StopOptions = {},
): Promise<void> {
  await new OwnEngine(kind, { name, data: 'kept' }).stop(options);
}

class OwnEngine implements Engine {
  readonly kind: EngineKind;
  readonly name: string;
  readonly socket: string;
  readonly host: string;
  readonly config: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly log: string;
  readonly label: string;
  readonly owned = true;
  readonly cli: DockerCli;
  readonly #folder: string;
  readonly #options: EngineOptions;

  constructor(kind: EngineKind, options: EngineOptions) {
    this.kind = kind;
    this.name = options.name ?? 'test';
    this.#options = options;
    this.#folder = socketFolder(this.name, kind);
    this.socket = join(this.#folder, 'docker.sock');
    this.host = `unix://${this.socket}`;
    this.config = makeDockerConfig(runFolder(this.name, 'docker-config'));
    this.environment = dockerEnvironment(this.host, this.config);
    this.log = join(makeFolder(runFolder(this.name, 'logs')), `engine-${kind}.log`);
    this.label = `quayside.bed=${this.name}`;
    this.cli = dockerCli(this.host, this.config);
  }

  /** The first start: with the options given, where later ones may come from a process that doesn't know them. */
  async begin(): Promise<void> {
    if (this.#fresh) {
      await this.#clear();
      rmSync(this.log, { force: true });
    }
    const launch = JSON.stringify({
      flags: this.#options.flags ?? [],
      settings: this.#options.daemonSettings ?? {},
    });
    // A daemon that runs with other options is of no use.
    if (launch !== savedText(this.#launchFile)) await this.#end();
    makeFolder(this.#folder);
    writeFileSync(this.#launchFile, launch);
    await this.start();
    if (this.#options.images === false) return;
    await loadImages(this.socket, { label: this.name, spareForeign: false });
  }

  pid(): number | undefined {
    return this.#process()?.pid;
  }

  async start(): Promise<void> {
    if (this.#process() === undefined) await this.#launch();
    await this.#ready();
  }

  async restart(): Promise<void> {
    await this.#end();
    await this.start();
  }

  async kill9(options: KillOptions = {}): Promise<void> {
    const daemon = this.#process();
    if (daemon === undefined) return;
    sendSignal(daemon, 'SIGKILL');
    await waitFor({ what: 'dockerd ending after SIGKILL', deadlineMs: 10_000 }, () => !isAlive(daemon));
    // It gets a SIGKILL of its own when its parent dies; the next dockerd must not find it half gone.
    await endProcesses(containerdOfEngine(this.#folder), 1_000);
    if (options.containersLiveOn !== true) await endProcesses(processesOfEngine(this.#folder), 0);
    forgetPidFile(this.#pidFile);
  }

  async stop(options: StopOptions = {}): Promise<void> {
    if (this.#process() !== undefined && options.keepContainers !== true) await this.#removeContainers();
    await this.#end();
    if (this.#fresh || options.deleteData === true) await this.#clear();
    else await this.#clearProcesses();
  }

  get #fresh(): boolean {
    return (this.#options.data ?? 'fresh') === 'fresh';
  }

  get #launchFile(): string {
    return join(this.#folder, 'launch.json');
  }

  get #pidFile(): string {
    return join(this.#folder, 'pid.json');
  }

  #process(): ProcessIdentity | undefined {
    return processOfPidFile(this.#pidFile);
  }

  async #launch(): Promise<void> {
    makeFolder(this.#folder);
    // Containers of a killed daemon may live on: what becomes of them is the new daemon's to decide.
    await endProcesses(containerdOfEngine(this.#folder), 1_000);
    // dockerd refuses to start when the number in its own pid file is somebody's by now, and waits ten seconds for
    // the containerd of its other one, even when only that one's zombie is left.
    rmSync(join(this.#folder, 'dockerd.pid'), { force: true });
    rmSync(join(this.#folder, 'exec', 'containerd', 'containerd.pid'), { force: true });
    rmSync(this.socket, { force: true });
    const settings = join(this.#folder, 'daemon.json');
    // Without a file of our own dockerd would read the machine's.
    const launch = savedLaunch(this.#launchFile);
    writeFileSync(settings, JSON.stringify(launch.settings));
    const network = await ensureNetwork(this.#folder);
    await launchDaemon({
      program: this.kind === 'new' ? debian13().dockerd : '/usr/sbin/dockerd',
      args: [
        `--config-file=${settings}`,
        `--host=${this.host}`,
        `--data-root=${join(this.#folder, 'data')}`,
        `--exec-root=${join(this.#folder, 'exec')}`,
        `--pidfile=${join(this.#folder, 'dockerd.pid')}`,
        '--shutdown-timeout=3',
        ...networkFlags(network),
        ...launch.flags,
      ],
      env: { ...process.env, PATH: pathOf(this.kind) },
      cwd: this.#folder,
      logFile: this.log,
      pidFile: this.#pidFile,
    });
  }

  async #ready(): Promise<void> {
    const hopeless = (): string | undefined =>
      this.#process() === undefined ? `dockerd ended: ${logTail(this.log)}` : undefined;
    await waitFor({ what: `the ${this.kind} engine's ping`, deadlineMs: 60_000, hopeless }, () =>
      answersPing(this.socket),
    );
  }

  /** A container whose first process ignores SIGTERM would hold up the daemon's end. */
  async #removeContainers(): Promise<void> {
    if (!(await answersPing(this.socket))) return;
    const ids = stringsOf(await engineJson(this.socket, '/containers/json?all=1'), 'Id');
    await Promise.all(
      ids.map(async (id) => {
        await engineRequest(this.socket, `/containers/${id}?force=1&v=1`, { method: 'DELETE' });
      }),
    );
  }

  async #end(): Promise<void> {
    const daemon = this.#process();
    if (daemon !== undefined) await endProcesses([daemon], 20_000);
    forgetPidFile(this.#pidFile);
  }

  async #clearProcesses(): Promise<void> {
    await clearLeftovers(this.#folder);
    await removeNetwork(this.#folder);
  }

  /** Nothing here is worth a friendly end any more. */
  async #clear(): Promise<void> {
    await this.kill9();
    if (!existsSync(this.#folder)) return;
    await this.#clearProcesses();
    removeFolder(this.#folder);
  }
}

/** The new engine's own programs first; runc is Debian 12's for both, as Debian 13's needs a newer C library. */
function pathOf(kind: EngineKind): string {
  const first = kind === 'new' ? debian13().path : [];
  return [...first, ...SYSTEM_PATH].join(delimiter);
}

interface Launch {
  readonly flags: readonly string[];
  readonly settings: object;
}

function savedLaunch(file: string): Launch {
  const saved: unknown = JSON.parse(savedText(file) ?? '{}');
  const none: Launch = { flags: [], settings: {} };
  if (typeof saved !== 'object' || saved === null || !('flags' in saved) || !('settings' in saved))
    return none;
  const { flags, settings } = saved;
  if (!Array.isArray(flags) || typeof settings !== 'object' || settings === null) return none;
  return { flags: flags.filter((flag) => typeof flag === 'string'), settings };
}

function savedText(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
