/** Which container to make: all that `docker run` and the form know, in plain data. Empty texts leave it to the image or engine. */
export interface RunOptions {
  readonly name: string;
  readonly image: string;
  /** `os/architecture[/variant]` */
  readonly platform: string;
  /** Undefined: the image's own; empty: none at all. Words behind the program stand in the command. */
  readonly entrypoint: string | undefined;
  /** Empty: the image's own. */
  readonly command: readonly string[];
  readonly ports: readonly PortMapping[];
  /** Every port that the image exposes, at a port of the engine's choice. */
  readonly publishesAll: boolean;
  readonly mounts: readonly MountOption[];
  readonly env: Readonly<Record<string, string>>;
  /** Files of this machine with more of the environment, read when the container is made. */
  readonly envFiles: readonly string[];
  /** The engine's default network when there is none. */
  readonly networks: readonly NetworkOption[];
  readonly cpus: number | undefined;
  readonly memoryBytes: number | undefined;
  readonly pidsLimit: number | undefined;
  readonly restart: RestartPolicy;
  readonly labels: Readonly<Record<string, string>>;
  readonly user: string;
  readonly workingDir: string;
  readonly hostname: string;
  readonly hasTerminal: boolean;
  /** Standard input stays open. */
  readonly isInteractive: boolean;
  readonly isRemovedAtEnd: boolean;
}

export const portProtocols = ['tcp', 'udp', 'sctp'] as const;
export type PortProtocol = (typeof portProtocols)[number];

export interface PortMapping {
  /** Empty: every address. */
  readonly hostIp: string;
  /** A port, a range to choose from (`8000-8010`), or empty: any. */
  readonly hostPort: string;
  readonly containerPort: number;
  readonly protocol: PortProtocol;
}

export const mountTypes = ['bind', 'volume', 'tmpfs'] as const;
export type MountType = (typeof mountTypes)[number];

export interface MountOption {
  readonly type: MountType;
  /** A path of the engine's machine, or a volume's name; empty for an anonymous volume and for tmpfs. */
  readonly source: string;
  readonly target: string;
  readonly isReadOnly: boolean;
  /** What else stands behind the target, separated by commas: `z`, `rslave`, `size=64m`. */
  readonly extra: string;
}

export interface NetworkOption {
  /** Or `host`, `none`, `container:NAME`. */
  readonly name: string;
  readonly aliases: readonly string[];
  /** An IPv4 address that it is to have; empty: the engine's choice. */
  readonly ipAddress: string;
}

export const restartNames = ['no', 'on-failure', 'unless-stopped', 'always'] as const;
export type RestartName = (typeof restartNames)[number];

export interface RestartPolicy {
  readonly name: RestartName;
  /** For `on-failure`; 0: without end. */
  readonly maxRetries: number;
}

/** A container in which nothing is said but its image. */
export const plainRun: RunOptions = {
  name: '',
  image: '',
  platform: '',
  entrypoint: undefined,
  command: [],
  ports: [],
  publishesAll: false,
  mounts: [],
  env: {},
  envFiles: [],
  networks: [],
  cpus: undefined,
  memoryBytes: undefined,
  pidsLimit: undefined,
  restart: { name: 'no', maxRetries: 0 },
  labels: {},
  user: '',
  workingDir: '',
  hostname: '',
  hasTerminal: false,
  isInteractive: false,
  isRemovedAtEnd: false,
};

/** Where the network is not one that has names and addresses of its own. */
export function isSpecialNetwork(name: string): boolean {
  return ['default', 'bridge', 'host', 'none'].includes(name) || name.startsWith('container:');
}
