/** Docker's own words for a container's state. */
export const containerStates = [
  'created',
  'running',
  'paused',
  'restarting',
  'removing',
  'exited',
  'dead',
] as const;
export type ContainerState = (typeof containerStates)[number];

export type HealthStatus = 'starting' | 'healthy' | 'unhealthy';

export interface Health {
  readonly status: HealthStatus;
  /** Failed probes in a row; known after an inspect only. */
  readonly failingStreak?: number;
}

export interface PortBinding {
  readonly containerPort: number;
  readonly protocol: string;
  /** Absent when the port is exposed but not published. */
  readonly host?: { readonly ip: string; readonly port: number };
}

export interface Mount {
  readonly type: string;
  /** Volume name, host path, or empty for tmpfs. */
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
}

export interface NetworkAttachment {
  readonly name: string;
  readonly networkId: string;
  /** Empty while the container is not running. */
  readonly ipAddress: string;
}

export interface ComposeIdentity {
  readonly project: string;
  readonly service: string;
  /** Replica number, from 1; 0 when the label is missing. */
  readonly number: number;
  readonly workingDir: string;
  readonly configFiles: readonly string[];
}

/** One container as the sidebar and the commands see it. Times are milliseconds since the epoch. */
export interface Container {
  readonly id: string;
  readonly name: string;
  /** The reference it was created from, as the engine prints it. */
  readonly image: string;
  readonly imageId: string;
  readonly command: string;
  readonly createdAt: number;
  readonly state: ContainerState;
  /** Since when it runs, or since when it is over; from a list it is a reading of the engine's rounded words. */
  readonly stateSince: number | undefined;
  /** Of the last run, for `exited`, `dead` and `restarting`. */
  readonly exitCode: number | undefined;
  /** Known after an inspect or an `oom` event only. */
  readonly oomKilled: boolean;
  readonly health: Health | undefined;
  readonly ports: readonly PortBinding[];
  readonly mounts: readonly Mount[];
  readonly networks: readonly NetworkAttachment[];
  /** Values longer than `maxLabelLength` are cut: the live model is bounded, inspect has the whole. */
  readonly labels: Readonly<Record<string, string>>;
  readonly compose: ComposeIdentity | undefined;
}

/** On containers of ours that are a door to files of a volume or an image. Its value: the machine and the process that made it. */
export const helperLabel = 'quayside.helper';

/** They are nobody's, go by themselves, and are in nobody's way. */
export function isHelper({ labels }: Pick<Container, 'labels'>): boolean {
  return labels[helperLabel] !== undefined;
}

export const maxLabelLength = 256;

const composeLabel = 'com.docker.compose.';

/** What Docker Compose wrote on the container, if it did. Podman's compose uses the same labels. */
export function composeIdentity(labels: Readonly<Record<string, string>>): ComposeIdentity | undefined {
  const project = labels[`${composeLabel}project`];
  if (project === undefined || project === '') return undefined;
  return {
    project,
    service: labels[`${composeLabel}service`] ?? '',
    number: Number.parseInt(labels[`${composeLabel}container-number`] ?? '0', 10) || 0,
    workingDir: labels[`${composeLabel}project.working_dir`] ?? '',
    configFiles: (labels[`${composeLabel}project.config_files`] ?? '')
      .split(',')
      .filter((file) => file !== ''),
  };
}

/** The verbs a container's state allows. One table for menus, pickers and the commands themselves. */
export type ContainerVerb =
  | 'start'
  | 'stop'
  | 'restart'
  | 'pause'
  | 'unpause'
  | 'kill'
  | 'remove'
  | 'rename'
  | 'recreate'
  | 'shell'
  | 'stats'
  | 'commit'
  | 'export'
  | 'update'
  | 'waitHealthy';

const anyTime = ['rename', 'remove', 'commit', 'export', 'update'] as const;

const verbsByState: Readonly<Record<ContainerState, readonly ContainerVerb[]>> = {
  created: ['start', 'recreate', ...anyTime],
  running: ['stop', 'restart', 'pause', 'kill', 'recreate', 'shell', 'stats', 'waitHealthy', ...anyTime],
  paused: ['stop', 'unpause', 'kill', 'stats', ...anyTime],
  restarting: ['stop', 'restart', 'kill', 'recreate', 'stats', ...anyTime],
  removing: [],
  exited: ['start', 'restart', 'recreate', ...anyTime],
  dead: ['remove'],
};

export function allowsVerb({ state, health }: Container, verb: ContainerVerb): boolean {
  // Where nothing checks, or the checks have come to an end, there is nothing to wait for.
  if (verb === 'waitHealthy' && health?.status !== 'starting') return false;
  return verbsByState[state].includes(verb);
}

/** Counts for badge and headings: a paused or restarting container is up. */
export function isUp({ state }: Pick<Container, 'state'>): boolean {
  return state === 'running' || state === 'paused' || state === 'restarting';
}

export function shortId(id: string): string {
  return id.replace(/^sha256:/, '').slice(0, 12);
}
