import { type JsonObject, list, number, object, text, textRecord, texts, time } from '../../../base/json.ts';
import type {
  ContainerDetails,
  HealthDetails,
  MountDetails,
  NetworkDetails,
  StateDetails,
} from '../../../model/containerDetails.ts';
import { EngineError } from '../../../model/engineError.ts';
import { RunError } from '../../../model/runError.ts';
import { toRunError } from '../runFailure.ts';
import { containerFromInspect } from './containerRecords.ts';
import { extrasOf } from './extrasRecords.ts';

const nanosPerCpu = 1_000_000_000;

/** Reads the answers of the inspection of a container and of its image; `rawImage` is undefined when that is gone. */
export function detailsOf(rawContainer: unknown, rawImage: unknown): ContainerDetails {
  const container = object(rawContainer);
  const config = object(container['Config']);
  const host = object(container['HostConfig']);
  const image = object(rawImage);
  const { id, name, image: reference, imageId, ports } = containerFromInspect(rawContainer);
  const extras = extrasOf(config, host);
  return {
    id,
    name,
    createdAt: time(container['Created']),
    state: stateOf(container, host),
    image: {
      reference,
      id: imageId,
      digests: texts(image['RepoDigests']),
      platform: [text(image['Os']), text(image['Architecture']), text(image['Variant'])]
        .filter((part) => part !== '')
        .join('/'),
      isGone: rawImage === undefined,
    },
    health: healthOf(object(object(container['State'])['Health']), extras.healthcheck),
    ports,
    mounts: mountsOf(container),
    networks: networksOf(container),
    networkMode: text(host['NetworkMode']),
    env: texts(config['Env']).map((variable) => {
      const at = variable.indexOf('=');
      return at < 0 ? [variable, ''] : [variable.slice(0, at), variable.slice(at + 1)];
    }),
    labels: textRecord(config['Labels']),
    entrypoint: wordsOf(config['Entrypoint']),
    command: wordsOf(config['Cmd']),
    workingDir: text(config['WorkingDir']),
    user: text(config['User']),
    hostname: text(config['Hostname']),
    hasTerminal: config['Tty'] === true,
    limits: {
      memoryBytes: positive(number(host['Memory'])),
      cpus: positive(number(host['NanoCpus']) / nanosPerCpu) ?? quotaOf(extras),
      pids: positive(number(host['PidsLimit'])),
    },
    extras,
  };
}

function stateOf(container: JsonObject, host: JsonObject): StateDetails {
  const state = object(container['State']);
  const policy = object(host['RestartPolicy']);
  const error = text(state['Error']);
  const known = error === '' ? undefined : toRunError(new EngineError('unexpected', error));
  return {
    state: containerFromInspect(container).state,
    startedAt: time(state['StartedAt']),
    finishedAt: time(state['FinishedAt']),
    exitCode: number(state['ExitCode']),
    isOomKilled: state['OOMKilled'] === true,
    error,
    startFailure: known instanceof RunError ? known : undefined,
    pid: number(state['Pid']),
    restartCount: number(container['RestartCount']),
    restartPolicy: { name: text(policy['Name']) || 'no', maxRetries: number(policy['MaximumRetryCount']) },
    isRemovedAtEnd: host['AutoRemove'] === true,
  };
}

function healthOf(raw: JsonObject, check: HealthDetails['check']): HealthDetails | undefined {
  const word = text(raw['Status']);
  const status = word === 'starting' || word === 'healthy' || word === 'unhealthy' ? word : 'none';
  const isOff = check === undefined || check.test[0] === 'NONE';
  if (isOff && status === 'none') return undefined;
  const probes = list(raw['Log']).map((entry) => {
    const probe = object(entry);
    return {
      startedAt: time(probe['Start']),
      endedAt: time(probe['End']),
      exitCode: number(probe['ExitCode']),
      output: text(probe['Output']),
    };
  });
  return { check, status, failingStreak: number(raw['FailingStreak']), probes: probes.reverse() };
}

/** By target: the engine gives them in another order each time. What is only in memory is not among its mounts. */
function mountsOf(container: JsonObject): readonly MountDetails[] {
  const inMemory = Object.entries(textRecord(object(container['HostConfig'])['Tmpfs'])).map(
    ([target, mode]): MountDetails => ({
      type: 'tmpfs',
      name: '',
      source: '',
      target,
      driver: '',
      mode,
      isReadOnly: mode.split(',').includes('ro'),
    }),
  );
  const mounted = list(container['Mounts']).map((raw): MountDetails => {
    const mount = object(raw);
    return {
      type: text(mount['Type']) || 'bind',
      name: text(mount['Name']),
      source: text(mount['Source']),
      target: text(mount['Destination']),
      driver: text(mount['Driver']),
      mode: [text(mount['Mode']), text(mount['Propagation'])].filter((word) => word !== '').join(','),
      isReadOnly: mount['RW'] === false,
    };
  });
  const targets = new Set(mounted.map(({ target }) => target));
  return [...mounted, ...inMemory.filter(({ target }) => !targets.has(target))].sort((a, b) =>
    a.target < b.target ? -1 : 1,
  );
}

function networksOf(container: JsonObject): readonly NetworkDetails[] {
  return Object.entries(object(object(container['NetworkSettings'])['Networks']))
    .map(([name, raw]) => {
      const network = object(raw);
      return {
        name,
        networkId: text(network['NetworkID']),
        ipAddress: text(network['IPAddress']),
        ipv6Address: text(network['GlobalIPv6Address']),
        gateway: text(network['Gateway']),
        macAddress: text(network['MacAddress']),
        aliases: texts(network['Aliases']),
      };
    })
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** Podman says one word as a text. */
function wordsOf(value: unknown): readonly string[] {
  return typeof value === 'string' && value !== '' ? [value] : texts(value);
}

function quotaOf({
  cpuQuotaMicros,
  cpuPeriodMicros = 100_000,
}: ContainerDetails['extras']): number | undefined {
  return cpuQuotaMicros === undefined || cpuQuotaMicros < 0 ? undefined : cpuQuotaMicros / cpuPeriodMicros;
}

function positive(value: number): number | undefined {
  return value > 0 ? value : undefined;
}
