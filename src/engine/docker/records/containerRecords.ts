import {
  type Container,
  type ContainerState,
  composeIdentity,
  containerStates,
  type Health,
  maxLabelLength,
  type Mount,
  type NetworkAttachment,
  type PortBinding,
} from '../../../model/container.ts';
import { type JsonObject, list, number, object, text, textRecord, texts, time } from '../../../base/json.ts';

/** A record of `GET /containers/json`. `now` anchors the rounded words of its status, in milliseconds. */
export function containerFromList(raw: unknown, now: number): Container {
  const record = object(raw);
  const labels = textRecord(record['Labels'], maxLabelLength);
  const state = toState(text(record['State']));
  const status = parseStatus(text(record['Status']), now);
  return {
    id: text(record['Id']),
    name: displayName(texts(record['Names'])) || text(record['Id']).slice(0, 12),
    image: text(record['Image']),
    imageId: text(record['ImageID']),
    command: text(record['Command']),
    createdAt: number(record['Created']) * 1000,
    state,
    stateSince: status.since,
    exitCode: hasExitCode(state) ? status.exitCode : undefined,
    oomKilled: false,
    health: status.health,
    ports: sortPorts(list(record['Ports']).map(portFromList)),
    mounts: toMounts(record['Mounts']),
    networks: toNetworks(object(record['NetworkSettings'])),
    labels,
    compose: composeIdentity(labels),
  };
}

/** The answer of `GET /containers/{id}/json`: the same container with exact times, the OOM flag and failed probes. */
export function containerFromInspect(raw: unknown): Container {
  const record = object(raw);
  const config = object(record['Config']);
  const state = object(record['State']);
  const settings = object(record['NetworkSettings']);
  const labels = textRecord(config['Labels'], maxLabelLength);
  const stateName = toState(text(state['Status']));
  return {
    id: text(record['Id']),
    name: text(record['Name']).replace(/^\//, ''),
    image: text(config['Image']) || text(record['ImageName']),
    imageId: text(record['Image']),
    command: [text(record['Path']), ...texts(record['Args']).map(quoteAsList)].join(' ').trim(),
    // The list has whole seconds: a row must not move when it is read exactly.
    createdAt: Math.floor((time(record['Created']) ?? 0) / 1000) * 1000,
    state: stateName,
    stateSince: isOver(stateName) ? time(state['FinishedAt']) : time(state['StartedAt']),
    exitCode: hasExitCode(stateName) ? number(state['ExitCode']) : undefined,
    oomKilled: state['OOMKilled'] === true,
    health: isOver(stateName) ? undefined : toHealth(object(state['Health'])),
    ports: sortPorts(Object.entries(object(settings['Ports'])).flatMap(portsFromInspect)),
    mounts: toMounts(record['Mounts']),
    networks: toNetworks(settings),
    labels,
    compose: composeIdentity(labels),
  };
}

/** A linked container has names with more slashes; its own is the one with a single one. */
function displayName(names: readonly string[]): string {
  const own = names.find((name) => name.lastIndexOf('/') === 0) ?? names[0] ?? '';
  return own.replace(/^\//, '');
}

function toState(word: string): ContainerState {
  const known = containerStates.find((state) => state === word.toLowerCase());
  // Podman's other words: configured and initialized are before the start, stopped and stopping at the end.
  if (known !== undefined) return known;
  return /^(configured|initialized)$/i.test(word) ? 'created' : 'exited';
}

/** A container that restarts for ever tells how its last run ended, too. */
function hasExitCode(state: ContainerState): boolean {
  return isOver(state) || state === 'restarting';
}

function isOver(state: ContainerState): boolean {
  return state === 'exited' || state === 'dead';
}

interface Status {
  readonly since: number | undefined;
  readonly exitCode: number;
  readonly health: Health | undefined;
}

/** Reads `Up 3 minutes (healthy)`, `Exited (137) 5 seconds ago`, `Restarting (1) 2 seconds ago` and the like. */
export function parseStatus(status: string, now: number): Status {
  const exit = /\((\d+)\)/.exec(status);
  const health = /\((?:health: )?(starting|healthy|unhealthy)\)/.exec(status);
  const ago = parseSpan(status);
  return {
    since: ago === undefined ? undefined : now - ago,
    exitCode: Number(exit?.[1] ?? 0),
    health: health === null ? undefined : { status: health[1] as Health['status'] },
  };
}

const spanMs: Readonly<Record<string, number>> = {
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
  month: 2_592_000_000,
  year: 31_536_000_000,
};

function parseSpan(status: string): number | undefined {
  if (/less than a second/i.test(status)) return 0;
  const span = /(\d+|an?) (second|minute|hour|day|week|month|year)s?\b/i.exec(status);
  if (span === null) return undefined;
  const count = /^an?$/i.test(span[1] ?? '') ? 1 : Number(span[1]);
  return count * (spanMs[span[2]?.toLowerCase() ?? ''] ?? 0);
}

function toHealth(health: JsonObject): Health | undefined {
  const status = text(health['Status']);
  if (status !== 'starting' && status !== 'healthy' && status !== 'unhealthy') return undefined;
  return { status, failingStreak: number(health['FailingStreak']) };
}

function portFromList(raw: unknown): PortBinding {
  const port = object(raw);
  const hostPort = number(port['PublicPort']);
  return {
    containerPort: number(port['PrivatePort']),
    protocol: text(port['Type']) || 'tcp',
    ...(hostPort === 0 ? {} : { host: { ip: text(port['IP']) || '0.0.0.0', port: hostPort } }),
  };
}

function portsFromInspect([name, bindings]: [string, unknown]): readonly PortBinding[] {
  const [port = '0', protocol = 'tcp'] = name.split('/');
  const exposed = { containerPort: Number(port), protocol };
  const published = list(bindings).map((raw) => {
    const binding = object(raw);
    return {
      ...exposed,
      host: { ip: text(binding['HostIp']) || '0.0.0.0', port: Number(text(binding['HostPort'])) },
    };
  });
  return published.length === 0 ? [exposed] : published;
}

/** By container port; the two wildcard bindings of one port (IPv4 and IPv6) are one line to a person. */
function sortPorts(ports: readonly PortBinding[]): readonly PortBinding[] {
  const isRepeated = (port: PortBinding): boolean =>
    port.host?.ip === '::' &&
    ports.some(
      (other) =>
        other.host?.ip === '0.0.0.0' &&
        other.containerPort === port.containerPort &&
        other.protocol === port.protocol &&
        other.host.port === port.host?.port,
    );
  return ports
    .filter((port) => !isRepeated(port))
    .sort(
      (a, b) =>
        a.containerPort - b.containerPort ||
        a.protocol.localeCompare(b.protocol) ||
        (a.host?.port ?? 0) - (b.host?.port ?? 0),
    );
}

/** The list's own way of showing an argument with spaces. */
function quoteAsList(argument: string): string {
  return argument.includes(' ') ? `'${argument}'` : argument;
}

/** By target: the engine gives them in another order each time. */
function toMounts(raw: unknown): readonly Mount[] {
  return list(raw)
    .map(toMount)
    .sort((a, b) => (a.target < b.target ? -1 : 1));
}

function toMount(raw: unknown): Mount {
  const mount = object(raw);
  const type = text(mount['Type']) || 'bind';
  return {
    type,
    source: type === 'volume' ? text(mount['Name']) : text(mount['Source']),
    target: text(mount['Destination']),
    readOnly: mount['RW'] === false,
  };
}

function toNetworks(settings: JsonObject): readonly NetworkAttachment[] {
  return Object.entries(object(settings['Networks']))
    .map(([name, raw]) => {
      const network = object(raw);
      return { name, networkId: text(network['NetworkID']), ipAddress: text(network['IPAddress']) };
    })
    .sort((a, b) => a.name.localeCompare(b.name));
}
