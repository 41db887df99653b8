import { printPort } from './dockerRunLineWriter.ts';
import { printMemorySize } from './memorySize.ts';
import { type Healthcheck, printGoDuration, type RunExtras, withoutUsual } from './runExtras.ts';
import { isSpecialNetwork, type MountOption, type RunOptions } from './runOptions.ts';
import { writeYaml, type YamlValue } from './yaml.ts';

type Fields = Readonly<Record<string, YamlValue | undefined>>;

const composeLabel = 'com.docker.compose.';

/**
 * A Compose file with one service that makes the same container. Networks and volumes with a name are those that are
 * there already. Compose reads `$` in values, so that it is doubled.
 */
export function writeComposeFile(options: RunOptions, extras: RunExtras): string {
  const volumes = options.mounts.filter(({ type, source }) => type === 'volume' && source !== '');
  const networks = ownNetworks(options);
  return writeYaml(
    given({
      services: { [serviceName(options)]: escape(service(options, extras)) },
      networks: external(networks.map(({ name }) => name)),
      volumes: external(volumes.map(({ source }) => source)),
    }),
  );
}

/** What such a file can't say of a container. */
export function unsaidByCompose({ isRemovedAtEnd, publishesAll, networks }: RunOptions): readonly string[] {
  const hasDefaultBridge = networks.length > 1 && networks.some(({ name }) => isSpecialNetwork(name));
  return [
    ...(isRemovedAtEnd ? ['--rm'] : []),
    ...(publishesAll ? ['--publish-all'] : []),
    ...(hasDefaultBridge ? ['--network bridge'] : []),
  ];
}

function serviceName({ name, labels, image }: RunOptions): string {
  const known = labels[`${composeLabel}service`] ?? name;
  return known === ''
    ? (image
        .split('/')
        .at(-1)
        ?.replace(/[:@].*$/, '') ?? 'app')
    : known;
}

function service(options: RunOptions, asked: RunExtras): YamlValue {
  const { entrypoint, restart, memoryBytes, labels } = options;
  const isOfCompose = `${composeLabel}project` in labels;
  const extras = withoutUsual(asked);
  return given({
    image: options.image,
    // Compose gives its own containers their names.
    container_name: isOfCompose ? undefined : text(options.name),
    platform: text(options.platform),
    // Of an image that has one, an empty list is none.
    entrypoint: entrypoint === undefined ? undefined : entrypoint === '' ? [] : [entrypoint],
    command: some(options.command),
    restart: restart.name === 'no' ? undefined : printRestart(restart),
    ports: some(options.ports.map(printPort)),
    ...mountFields(options.mounts),
    environment: someOf(options.env),
    ...networkFields(options),
    hostname: text(options.hostname),
    domainname: text(extras.domainname),
    cpus: options.cpus,
    mem_limit: memoryBytes === undefined ? undefined : printMemorySize(memoryBytes),
    pids_limit: options.pidsLimit,
    user: text(options.user),
    working_dir: text(options.workingDir),
    tty: options.hasTerminal || undefined,
    stdin_open: options.isInteractive || undefined,
    ...extraFields(extras),
    labels: someOf(
      Object.fromEntries(Object.entries(labels).filter(([label]) => !label.startsWith(composeLabel))),
    ),
  });
}

function extraFields(extras: RunExtras): Fields {
  const { ulimits, devices, memorySwapBytes, stopSeconds, logDriver, logOptions } = extras;
  return {
    privileged: extras.isPrivileged || undefined,
    read_only: extras.isReadOnly || undefined,
    cap_add: some(extras.capAdd),
    cap_drop: some(extras.capDrop),
    security_opt: some(extras.securityOptions),
    group_add: some(extras.groups),
    devices: some(
      devices.map(({ onHost, inContainer, permissions }) =>
        [onHost, inContainer, permissions].filter((part) => part !== '').join(':'),
      ),
    ),
    ulimits: someOf(Object.fromEntries(ulimits.map(({ name, soft, hard }) => [name, { soft, hard }]))),
    sysctls: someOf(extras.sysctls),
    pid: text(extras.pidMode),
    ipc: text(extras.ipcMode),
    uts: text(extras.utsMode),
    userns_mode: text(extras.usernsMode),
    mem_reservation: size(extras.memoryReservationBytes),
    memswap_limit:
      memorySwapBytes === undefined || memorySwapBytes < 0 ? memorySwapBytes : size(memorySwapBytes),
    shm_size: size(extras.shmBytes),
    cpu_shares: extras.cpuShares,
    cpu_quota: extras.cpuQuotaMicros,
    cpu_period: extras.cpuPeriodMicros,
    cpuset: text(extras.cpuset),
    oom_score_adj: extras.oomScoreAdj,
    oom_kill_disable: extras.isOomKillDisabled || undefined,
    dns: some(extras.dns),
    dns_opt: some(extras.dnsOptions),
    dns_search: some(extras.dnsSearch),
    extra_hosts: some(extras.extraHosts),
    expose: some(extras.exposedPorts),
    init: extras.hasInit || undefined,
    runtime: text(extras.runtime),
    stop_signal: text(extras.stopSignal),
    stop_grace_period: stopSeconds === undefined ? undefined : `${String(stopSeconds)}s`,
    healthcheck: health(extras.healthcheck),
    logging: logDriver === '' ? undefined : given({ driver: logDriver, options: someOf(logOptions) }),
  };
}

function health(check: Healthcheck | undefined): YamlValue | undefined {
  if (check === undefined) return undefined;
  if (check.test[0] === 'NONE') return { disable: true };
  const span = (ms: number | undefined): string | undefined =>
    ms === undefined ? undefined : printGoDuration(ms);
  return given({
    test: check.test,
    interval: span(check.intervalMs),
    timeout: span(check.timeoutMs),
    start_period: span(check.startPeriodMs),
    retries: check.retries,
  });
}

function mountFields(mounts: readonly MountOption[]): Fields {
  const words = ({ isReadOnly, extra }: MountOption): string =>
    [isReadOnly ? 'ro' : '', extra].filter((word) => word !== '').join(',');
  const print = (mount: MountOption, ...parts: readonly string[]): string =>
    [...parts, mount.target, words(mount)].filter((part) => part !== '').join(':');
  return {
    volumes: some(mounts.filter(({ type }) => type !== 'tmpfs').map((mount) => print(mount, mount.source))),
    tmpfs: some(mounts.filter(({ type }) => type === 'tmpfs').map((mount) => print(mount))),
  };
}

/** Those that are more than a mode; a service without any is put into one of its project. */
function networkFields(options: RunOptions): Fields {
  const [first] = options.networks;
  if (first === undefined) return { network_mode: 'bridge' };
  if (options.networks.length === 1 && isSpecialNetwork(first.name))
    return { network_mode: first.name === 'default' ? 'bridge' : first.name };
  const name = serviceName(options);
  const networks = ownNetworks(options).map(({ name: network, aliases, ipAddress }) => {
    // Compose gives its name to the service by itself.
    const others = aliases.filter((alias) => alias !== name && alias !== options.name);
    return [network, given({ aliases: some(others), ipv4_address: text(ipAddress) })] as const;
  });
  return { networks: Object.fromEntries(networks) };
}

function ownNetworks({ networks }: RunOptions): RunOptions['networks'] {
  return networks.filter(({ name }) => !isSpecialNetwork(name));
}

function external(names: readonly string[]): YamlValue | undefined {
  return someOf(Object.fromEntries(names.map((name) => [name, { external: true }])));
}

function printRestart({ name, maxRetries }: RunOptions['restart']): string {
  return name === 'on-failure' && maxRetries > 0 ? `${name}:${String(maxRetries)}` : name;
}

/** Compose puts variables in place of `$NAME`, in values only. */
function escape(value: YamlValue): YamlValue {
  if (typeof value === 'string') return value.replaceAll('$', '$$$$');
  if (typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(escape);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, escape(inner)]));
}

function given(fields: Fields): YamlValue {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}

function text(value: string): string | undefined {
  return value === '' ? undefined : value;
}

function some(values: readonly string[]): readonly string[] | undefined {
  return values.length === 0 ? undefined : values;
}

function someOf(record: Readonly<Record<string, YamlValue>>): YamlValue | undefined {
  return Object.keys(record).length === 0 ? undefined : record;
}

function size(bytes: number | undefined): string | undefined {
  return bytes === undefined ? undefined : printMemorySize(bytes);
}
