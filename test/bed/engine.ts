import type { DockerCli } from './dockerCli.ts';

/** `new` is the current engine (API 1.45), `old` the lower bound of the API (1.41). */
export type EngineKind = 'new' | 'old';

export interface EngineOptions {
  /** The run this engine belongs to; engines of different runs don't know each other. Default: `test`. */
  readonly name?: string;
  /**
   * `fresh` (the default) starts with an empty data folder and deletes it at the end; `kept` goes on with what is
   * there, also with a daemon that is running already.
   */
  readonly data?: 'fresh' | 'kept';
  /** Further flags for dockerd, such as `--registry-mirror=…`. */
  readonly flags?: readonly string[];
  /** The daemon's settings file, such as `{ features: { 'containerd-snapshotter': true } }`. */
  readonly daemonSettings?: Readonly<Record<string, unknown>>;
  /** Whether to load the bed's images. Default: yes. */
  readonly images?: boolean;
}

export interface StopOptions {
  /** Leaves containers in the data folder, so that they are there after the next start with `kept` data. */
  readonly keepContainers?: boolean;
  /** Deletes kept data too. */
  readonly deleteData?: boolean;
}

export interface KillOptions {
  /**
   * Leaves the containers running without their daemon, as a real crash does. The next start then takes 10 to 20
   * seconds, as the daemon stops them one after the other; so they are killed too unless a test is about that.
   */
  readonly containersLiveOn?: boolean;
}

/** A Docker engine a test may do anything with (or, with `owned: false`, only with what bears the bed's label). */
export interface Engine {
  readonly kind: EngineKind;
  readonly name: string;
  /** Path of the API's socket. */
  readonly socket: string;
  /** The same as DOCKER_HOST wants it. */
  readonly host: string;
  /** A DOCKER_CONFIG folder of this engine's own. */
  readonly config: string;
  /** PATH, DOCKER_HOST and DOCKER_CONFIG, to add to the environment of programs that should find this engine. */
  readonly environment: Readonly<Record<string, string>>;
  /** What the daemon printed. */
  readonly log: string;
  /** The label of everything the bed makes: `quayside.bed=<name>`. */
  readonly label: string;
  /** Whether the bed started this daemon and may stop it. */
  readonly owned: boolean;
  /** The docker CLI against this engine. */
  readonly cli: DockerCli;
  /** The daemon's process, while it runs. */
  pid(): number | undefined;
  /** Starts the daemon again after `kill9` or `stop`; nothing happens when it runs. */
  start(): Promise<void>;
  /** Ends the daemon the friendly way and starts it again; containers and images stay. */
  restart(): Promise<void>;
  /** Kills the daemon as a crash would: nothing is tidied, data and socket file stay. */
  kill9(options?: KillOptions): Promise<void>;
  /** Removes the containers, ends the daemon and clears up after it. */
  stop(options?: StopOptions): Promise<void>;
}
