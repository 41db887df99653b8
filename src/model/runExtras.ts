/** How a container is cut off from its machine and what it may use: beyond what the form of a run has fields for. */
export interface RunExtras {
  readonly isPrivileged: boolean;
  /** Its root file system can't be written. */
  readonly isReadOnly: boolean;
  readonly capAdd: readonly string[];
  readonly capDrop: readonly string[];
  readonly securityOptions: readonly string[];
  readonly groups: readonly string[];
  readonly devices: readonly DeviceOption[];
  readonly ulimits: readonly Ulimit[];
  readonly sysctls: Readonly<Record<string, string>>;
  /** Empty: one of its own. */
  readonly pidMode: string;
  readonly ipcMode: string;
  readonly utsMode: string;
  readonly usernsMode: string;
  readonly cgroupnsMode: string;
  readonly memoryReservationBytes: number | undefined;
  /** Memory and swap together; -1 without limit. */
  readonly memorySwapBytes: number | undefined;
  readonly shmBytes: number | undefined;
  readonly cpuShares: number | undefined;
  readonly cpuQuotaMicros: number | undefined;
  readonly cpuPeriodMicros: number | undefined;
  /** `0-3`, `1,3` */
  readonly cpuset: string;
  readonly oomScoreAdj: number | undefined;
  readonly isOomKillDisabled: boolean;
  readonly dns: readonly string[];
  readonly dnsOptions: readonly string[];
  readonly dnsSearch: readonly string[];
  /** `name:address` */
  readonly extraHosts: readonly string[];
  /** `7/udp`; beside those that are published. */
  readonly exposedPorts: readonly string[];
  readonly domainname: string;
  readonly hasInit: boolean;
  readonly runtime: string;
  readonly stopSignal: string;
  readonly stopSeconds: number | undefined;
  readonly healthcheck: Healthcheck | undefined;
  readonly logDriver: string;
  readonly logOptions: Readonly<Record<string, string>>;
}

export interface DeviceOption {
  readonly onHost: string;
  readonly inContainer: string;
  /** Of `rwm`. */
  readonly permissions: string;
}

export interface Ulimit {
  readonly name: string;
  readonly soft: number;
  readonly hard: number;
}

/** Undefined times are the engine's own. */
export interface Healthcheck {
  /** `['NONE']`, `['CMD', program, …]` or `['CMD-SHELL', line]`. */
  readonly test: readonly string[];
  readonly intervalMs: number | undefined;
  readonly timeoutMs: number | undefined;
  readonly startPeriodMs: number | undefined;
  readonly retries: number | undefined;
}

export const noExtras: RunExtras = {
  isPrivileged: false,
  isReadOnly: false,
  capAdd: [],
  capDrop: [],
  securityOptions: [],
  groups: [],
  devices: [],
  ulimits: [],
  sysctls: {},
  pidMode: '',
  ipcMode: '',
  utsMode: '',
  usernsMode: '',
  cgroupnsMode: '',
  memoryReservationBytes: undefined,
  memorySwapBytes: undefined,
  shmBytes: undefined,
  cpuShares: undefined,
  cpuQuotaMicros: undefined,
  cpuPeriodMicros: undefined,
  cpuset: '',
  oomScoreAdj: undefined,
  isOomKillDisabled: false,
  dns: [],
  dnsOptions: [],
  dnsSearch: [],
  extraHosts: [],
  exposedPorts: [],
  domainname: '',
  hasInit: false,
  runtime: '',
  stopSignal: '',
  stopSeconds: undefined,
  healthcheck: undefined,
  logDriver: '',
  logOptions: {},
};

const usualShmBytes = 64 * 1024 * 1024;
const usualRuntimes: readonly string[] = ['', 'runc', 'crun', 'oci', 'io.containerd.runc.v2'];
const usualLogDrivers: readonly string[] = ['', 'json-file', 'local', 'journald'];

/** Those alone that somebody has asked for: what engines set in every container says nothing. */
export function withoutUsual(extras: RunExtras): RunExtras {
  const { shmBytes, ipcMode, runtime, logDriver, logOptions } = extras;
  const hasUsualLog = usualLogDrivers.includes(logDriver) && Object.keys(logOptions).length === 0;
  return {
    ...extras,
    shmBytes: shmBytes === usualShmBytes ? undefined : shmBytes,
    ipcMode: ['private', 'shareable'].includes(ipcMode) ? '' : ipcMode,
    // Whether the engine's own is of the host or private can't be told from here.
    cgroupnsMode: '',
    runtime: usualRuntimes.includes(runtime) ? '' : runtime,
    logDriver: hasUsualLog ? '' : logDriver,
  };
}

/** `1m30s`, as Docker and Compose read a time; whole milliseconds. */
export function printGoDuration(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const parts = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'm'],
    [seconds % 60, 's'],
    [Math.round(ms % 1000), 'ms'],
  ] as const;
  return (
    parts
      .filter(([count]) => count > 0)
      .map(([count, unit]) => `${String(count)}${unit}`)
      .join('') || '0s'
  );
}
