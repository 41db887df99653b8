import { joinShellWords } from './shellWords.ts';
import { printMemorySize } from './memorySize.ts';
import type { MountType, PortProtocol, RestartName, RunOptions } from './runOptions.ts';

/** The form as it stands: texts as they are typed, whether they can be read or not. */
export interface RunForm {
  readonly image: string;
  readonly name: string;
  readonly platform: string;
  readonly entrypoint: string;
  readonly command: string;
  readonly ports: readonly PortRow[];
  readonly publishesAll: boolean;
  readonly mounts: readonly MountRow[];
  readonly env: readonly PairRow[];
  readonly envFiles: readonly FileRow[];
  readonly networks: readonly NetworkRow[];
  readonly cpus: string;
  readonly memory: string;
  readonly pids: string;
  readonly restart: RestartName;
  readonly retries: string;
  readonly labels: readonly PairRow[];
  readonly user: string;
  readonly workingDir: string;
  readonly hostname: string;
  readonly hasTerminal: boolean;
  readonly isInteractive: boolean;
  readonly isRemovedAtEnd: boolean;
}

export interface PortRow {
  /** `[ip:]port`, or empty. */
  readonly host: string;
  readonly container: string;
  readonly protocol: PortProtocol;
}

export interface MountRow {
  readonly type: MountType;
  readonly source: string;
  readonly target: string;
  readonly isReadOnly: boolean;
  readonly extra: string;
}

export interface PairRow {
  readonly name: string;
  readonly value: string;
}

export interface FileRow {
  readonly path: string;
}

export interface NetworkRow {
  readonly name: string;
  /** Separated by spaces or commas. */
  readonly aliases: string;
  readonly ipAddress: string;
}

/** The lists of the form. */
export type RowsOf = Pick<RunForm, 'ports' | 'mounts' | 'env' | 'envFiles' | 'networks' | 'labels'>;

export const emptyRows: { readonly [K in keyof RowsOf]: RowsOf[K][number] } = {
  ports: { host: '', container: '', protocol: 'tcp' },
  mounts: { type: 'bind', source: '', target: '', isReadOnly: false, extra: '' },
  env: { name: '', value: '' },
  envFiles: { path: '' },
  networks: { name: '', aliases: '', ipAddress: '' },
  labels: { name: '', value: '' },
};

/** The form that stands for these options; what is read from it again are the same. */
export function formOf(options: RunOptions): RunForm {
  const { entrypoint, command, cpus, memoryBytes, pidsLimit, restart } = options;
  return {
    image: options.image,
    name: options.name,
    platform: options.platform,
    entrypoint: entrypoint === undefined ? '' : joinShellWords([entrypoint]),
    command: joinShellWords(command),
    ports: options.ports.map(({ hostIp, hostPort, containerPort, protocol }) => ({
      host: hostIp === '' ? hostPort : `${hostIp.includes(':') ? `[${hostIp}]` : hostIp}:${hostPort}`,
      container: String(containerPort),
      protocol,
    })),
    publishesAll: options.publishesAll,
    mounts: options.mounts,
    env: toPairs(options.env),
    envFiles: options.envFiles.map((path) => ({ path })),
    networks: options.networks.map(({ name, aliases, ipAddress }) => ({
      name,
      aliases: aliases.join(', '),
      ipAddress,
    })),
    cpus: cpus === undefined ? '' : String(cpus),
    memory: memoryBytes === undefined ? '' : printMemorySize(memoryBytes),
    pids: pidsLimit === undefined ? '' : String(pidsLimit),
    restart: restart.name,
    retries: restart.maxRetries === 0 ? '' : String(restart.maxRetries),
    labels: toPairs(options.labels),
    user: options.user,
    workingDir: options.workingDir,
    hostname: options.hostname,
    hasTerminal: options.hasTerminal,
    isInteractive: options.isInteractive,
    isRemovedAtEnd: options.isRemovedAtEnd,
  };
}

function toPairs(record: Readonly<Record<string, string>>): readonly PairRow[] {
  return Object.entries(record).map(([name, value]) => ({ name, value }));
}
