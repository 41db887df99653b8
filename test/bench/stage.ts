import { copyFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  type Engine,
  type FaultProxy,
  type Workbench,
  runFolder,
  socketFolder,
  startEngine,
  startFaultProxy,
  startWorkbench,
} from '../bed/bed.ts';
import { makeFolder } from '../bed/folders.ts';
import { Daemon } from './daemon.ts';
import { packFloorExtension } from './floorExtension.ts';
import { Session } from './session.ts';

/**
 * `direct`: Quayside on the engine's own socket. `counted`: Quayside through a proxy that notes its requests.
 * `bare`: the same workbench and settings without Quayside, to know what is not ours. `floor`: with the smallest
 * extension that has a view, to know what any view costs. `floorRows`: with a thousand rows drawn anew each second.
 */
export type WorkbenchKind = 'direct' | 'counted' | 'bare' | 'floor' | 'floorRows';

const FLOOR_ROWS = 1_000;

/** Runs of the bench leave every other bed alone. */
const NAME = 'bench';

/**
 * In a remote workbench, which code-server is, the extension host looks through /proc for opened ports all the time
 * and burns more CPU than most extensions. On a desktop it doesn't, so it is told not to, with us and without us.
 */
const SETTINGS = {
  'remote.autoForwardPortsSource': 'output',
  // Drawn as text, terminals can be read from the page.
  'terminal.integrated.gpuAcceleration': 'off',
};

/** The filters that a key sets: a command's argument can't be given from the palette. */
export const FILTER_KEYS = {
  'Control+Alt+1': 'load-4321',
  'Control+Alt+2': 'load-43',
  'Control+Alt+3': '',
} as const;

/** Opens the log of this compose project: with a name, as the palette would ask. */
export const MERGED_LOG_KEY = 'Control+Alt+4';
export const MERGED_PROJECT = 'merged';

/** Opens the stats of all that run. */
export const STATS_KEY = 'Control+Alt+5';

export type FilterKey = keyof typeof FILTER_KEYS;

/** Everything the figures share: an engine, a proxy before it, and workbenches with and without Quayside. */
export class Stage {
  readonly engine: Engine;
  readonly daemon: Daemon;
  readonly proxy: FaultProxy;
  readonly #vsix: string;
  readonly #workbenches = new Map<WorkbenchKind, Workbench>();
  readonly #sessions = new Set<Session>();

  private constructor(engine: Engine, proxy: FaultProxy, vsix: string) {
    this.engine = engine;
    this.daemon = new Daemon(engine.socket, engine.label);
    this.proxy = proxy;
    this.#vsix = vsix;
  }

  static async start(vsix: string): Promise<Stage> {
    // A copy: the file may be built anew while this runs.
    const copy = join(makeFolder(runFolder(NAME)), 'quayside.vsix');
    copyFileSync(vsix, copy);
    const engine = await startEngine('new', { name: NAME });
    const proxy = await startFaultProxy(
      engine.socket,
      join(makeFolder(socketFolder(NAME, 'proxy')), 'docker.sock'),
    );
    return new Stage(engine, proxy, copy);
  }

  get vsixBytes(): number {
    return statSync(this.#vsix).size;
  }

  /** The folder into which the workbench has unpacked Quayside. */
  async extensionFolder(): Promise<string> {
    const extensions = join(dirname((await this.#workbench('direct')).userData), 'extensions');
    const own = readdirSync(extensions).find((name) => name.startsWith('quayside.quayside-'));
    if (own === undefined) throw new Error(`${extensions} has no Quayside in it`);
    return join(extensions, own);
  }

  /** A page of its own, with no state of an earlier one; resolves when the workbench can be used. */
  async open(kind: WorkbenchKind): Promise<Session> {
    const session = await Session.open(await this.#workbench(kind), (ended) => this.#sessions.delete(ended));
    this.#sessions.add(session);
    return session;
  }

  /** A page in which everything that starts by itself has started and come to rest. */
  async openSettled(kind: WorkbenchKind): Promise<Session> {
    const session = await this.open(kind);
    await session.settled();
    return session;
  }

  /** Closes pages that a figure which failed has left open. */
  async closeSessions(): Promise<void> {
    for (const session of [...this.#sessions]) await session.close();
  }

  async stop(): Promise<void> {
    await this.closeSessions();
    for (const workbench of this.#workbenches.values()) await workbench.stop();
    this.#workbenches.clear();
    await this.proxy.stop();
    // Thousands of containers need no friendly end.
    if (this.engine.owned) await this.engine.kill9();
    await this.engine.stop();
  }

  /** Tells what was not stopped to end, without waiting: for a process that is about to end itself. */
  abandon(): void {
    const pids = [...this.#workbenches.values()].map(({ pid }) => pid);
    for (const pid of [...pids, this.engine.pid()]) {
      try {
        if (pid !== undefined) process.kill(pid, 'SIGTERM');
      } catch {
        // It has ended.
      }
    }
  }

  async #vsixOf(kind: WorkbenchKind): Promise<string | undefined> {
    switch (kind) {
      case 'bare':
        return undefined;
      case 'floor':
        return await packFloorExtension(NAME, 1);
      case 'floorRows':
        return await packFloorExtension(NAME, FLOOR_ROWS);
      default:
        return this.#vsix;
    }
  }

  async #workbench(kind: WorkbenchKind): Promise<Workbench> {
    const known = this.#workbenches.get(kind);
    if (known !== undefined) return known;
    const vsix = await this.#vsixOf(kind);
    const workbench = await startWorkbench({
      name: NAME,
      id: kind,
      folder: makeFolder(runFolder(NAME, 'project')),
      home: runFolder(NAME, 'home'),
      env: {
        ...this.engine.environment,
        ...(kind === 'counted' ? { DOCKER_HOST: this.proxy.host } : {}),
      },
      settings: SETTINGS,
      vsixPaths: vsix === undefined ? [] : [vsix],
    });
    const bind = (key: string, command: string, args?: string): object => ({
      key: key.replace('Control', 'ctrl').replace('Alt', 'alt'),
      command,
      args,
    });
    const keys = [
      ...Object.entries(FILTER_KEYS).map(([key, text]) => bind(key, 'quayside.container.filter', text)),
      bind(MERGED_LOG_KEY, 'quayside.compose.logs', MERGED_PROJECT),
      bind(STATS_KEY, 'quayside.stats.show'),
    ];
    writeFileSync(join(workbench.userData, 'User', 'keybindings.json'), JSON.stringify(keys));
    this.#workbenches.set(kind, workbench);
    return workbench;
  }
}
