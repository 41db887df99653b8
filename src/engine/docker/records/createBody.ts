import { type JsonObject, object } from '../../../base/json.ts';
import {
  isSpecialNetwork,
  type MountOption,
  type NetworkOption,
  type RunOptions,
} from '../../../model/runOptions.ts';
import { nanosPerCpu } from './hostConfig.ts';

/** What an existing container was made with beyond the run options, for one that takes its place. */
export interface KeptSettings {
  /** Of `Config`. */
  readonly config: JsonObject;
  readonly hostConfig: JsonObject;
  /** Of each network's endpoint, by the network's name. */
  readonly endpoints: Readonly<Record<string, JsonObject>>;
}

/** What was given out as opaque comes back as it was. */
export function readKept(kept: unknown): KeptSettings {
  const { config, hostConfig, endpoints } = object(kept);
  return {
    config: object(config),
    hostConfig: object(hostConfig),
    endpoints: Object.fromEntries(
      Object.entries(object(endpoints)).map(([name, raw]) => [name, object(raw)]),
    ),
  };
}

/** The body of `POST /containers/create`. It joins the first network; the others are connected afterwards. */
export function createBody(options: RunOptions, kept: KeptSettings): JsonObject {
  const { entrypoint, command, env, labels, user, workingDir, hostname } = options;
  const [network] = options.networks;
  return {
    ...kept.config,
    Image: options.image,
    // To have none, the engine wants one empty word.
    ...(entrypoint === undefined ? {} : { Entrypoint: [entrypoint] }),
    ...(command.length === 0 ? {} : { Cmd: command }),
    Env: Object.entries(env).map(([name, value]) => `${name}=${value}`),
    Labels: labels,
    User: user,
    WorkingDir: workingDir,
    ...(hostname === '' ? {} : { Hostname: hostname }),
    Tty: options.hasTerminal,
    OpenStdin: options.isInteractive,
    // Input ends with whoever sent it, but only for one that is attached: a detached container waits for ever.
    StdinOnce: false,
    ExposedPorts: {
      ...object(kept.config['ExposedPorts']),
      ...Object.fromEntries(options.ports.map((port) => [portKey(port), {}])),
    },
    Volumes: {
      ...object(kept.config['Volumes']),
      ...Object.fromEntries(options.mounts.filter(isAnonymous).map(({ target }) => [target, {}])),
    },
    HostConfig: hostConfig(options, kept.hostConfig),
    ...(network === undefined || isSpecialNetwork(network.name)
      ? {}
      : {
          NetworkingConfig: {
            EndpointsConfig: { [network.name]: endpointConfig(network, kept) },
          },
        }),
  };
}

/** How a container is in a network. */
export function endpointConfig({ name, aliases, ipAddress }: NetworkOption, kept: KeptSettings): JsonObject {
  const endpoint = object(kept.endpoints[name]);
  const addresses = object(endpoint['IPAMConfig']);
  return {
    ...endpoint,
    ...(aliases.length === 0 ? {} : { Aliases: aliases }),
    ...(ipAddress === '' ? {} : { IPAMConfig: { ...addresses, IPv4Address: ipAddress } }),
  };
}

function hostConfig(options: RunOptions, kept: JsonObject): JsonObject {
  const { cpus, memoryBytes, pidsLimit, restart, mounts, networks } = options;
  const tmpfs = mounts.filter(({ type }) => type === 'tmpfs');
  return {
    ...kept,
    Binds: mounts.filter((mount) => mount.type !== 'tmpfs' && !isAnonymous(mount)).map(toBind),
    ...(tmpfs.length === 0
      ? {}
      : { Tmpfs: Object.fromEntries(tmpfs.map((mount) => [mount.target, mountWords(mount)])) }),
    PortBindings: portBindings(options),
    PublishAllPorts: options.publishesAll,
    NetworkMode: networks[0]?.name ?? 'default',
    ...(cpus === undefined ? {} : { NanoCpus: Math.round(cpus * nanosPerCpu) }),
    ...(memoryBytes === undefined ? {} : { Memory: memoryBytes }),
    ...(pidsLimit === undefined ? {} : { PidsLimit: pidsLimit }),
    RestartPolicy: { Name: restart.name, MaximumRetryCount: restart.maxRetries },
    AutoRemove: options.isRemovedAtEnd,
  };
}

/** A port of the container may be published at several of the host. */
function portBindings({ ports }: RunOptions): JsonObject {
  const bindings = new Map<string, JsonObject[]>();
  for (const port of ports) {
    const own = bindings.get(portKey(port)) ?? [];
    bindings.set(portKey(port), [...own, { HostIp: port.hostIp, HostPort: port.hostPort }]);
  }
  return Object.fromEntries(bindings);
}

function portKey({ containerPort, protocol }: RunOptions['ports'][number]): string {
  return `${String(containerPort)}/${protocol}`;
}

/** Nobody named it: the engine does, and removes it with the container where that is asked for. */
function isAnonymous({ type, source }: MountOption): boolean {
  return type === 'volume' && source === '';
}

function toBind(mount: MountOption): string {
  const words = mountWords(mount);
  return [mount.source, mount.target, ...(words === '' ? [] : [words])].join(':');
}

function mountWords({ isReadOnly, extra }: MountOption): string {
  return [isReadOnly ? 'ro' : '', extra].filter(Boolean).join(',');
}
