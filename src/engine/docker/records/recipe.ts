import { type JsonObject, number, object, text, textRecord, texts } from '../../../base/json.ts';
import { plainRun, type RunOptions } from '../../../model/runOptions.ts';
import type { KeptSettings } from './createBody.ts';
import { nanosPerCpu, positive, restartOf } from './hostConfig.ts';
import { mountsOf } from './recipeMounts.ts';
import { endpointOf, networksOf } from './recipeNetworks.ts';
import { portsOf } from './recipePorts.ts';

/** Of `Config` and `HostConfig`, what the run options say, and what the engine says by itself. */
const saidConfig = new Set([
  'Hostname',
  'User',
  'AttachStdin',
  'AttachStdout',
  'AttachStderr',
  'Tty',
  'OpenStdin',
  'StdinOnce',
  'Env',
  'Cmd',
  'Image',
  'WorkingDir',
  'Entrypoint',
  'Labels',
  'ArgsEscaped',
  'OnBuild',
  'ExposedPorts',
  'Volumes',
]);
const saidHostConfig = new Set([
  'Binds',
  'Tmpfs',
  'PortBindings',
  'PublishAllPorts',
  'NetworkMode',
  'NanoCpus',
  'Memory',
  'PidsLimit',
  'RestartPolicy',
  'AutoRemove',
  'ContainerIDFile',
]);

/**
 * Reads the answers of the inspection of a container and of its image. What the container has from its image is left
 * to the image: so that another image brings its own.
 */
export function recipeOf(
  rawContainer: unknown,
  rawImage: unknown,
): { readonly options: RunOptions; readonly kept: KeptSettings } {
  const container = object(rawContainer);
  const config = object(container['Config']);
  const host = object(container['HostConfig']);
  const image = object(object(rawImage)['Config']);
  const { shown: mounts, kept: keptMounts } = mountsOf(container);
  const networks = networksOf(container);
  const options: RunOptions = {
    ...plainRun,
    name: text(container['Name']).replace(/^\//, ''),
    image: text(config['Image']),
    ...processOf(config, image),
    ports: portsOf(host),
    publishesAll: host['PublishAllPorts'] === true,
    mounts,
    env: Object.fromEntries(entries(withoutThose(texts(config['Env']), texts(image['Env'])))),
    networks,
    cpus: positive(number(host['NanoCpus']) / nanosPerCpu),
    memoryBytes: positive(number(host['Memory'])),
    pidsLimit: positive(number(host['PidsLimit'])),
    restart: restartOf(object(host['RestartPolicy'])),
    labels: differing(textRecord(config['Labels']), textRecord(image['Labels'])),
    user: unlessSame(config, image, 'User'),
    workingDir: unlessSame(config, image, 'WorkingDir'),
    hostname: hostnameOf(container, config, host),
    hasTerminal: config['Tty'] === true,
    isInteractive: config['OpenStdin'] === true,
    isRemovedAtEnd: host['AutoRemove'] === true,
  };
  const exposed = withoutKeys(object(config['ExposedPorts']), [
    ...Object.keys(object(image['ExposedPorts'])),
    ...options.ports.map(({ containerPort, protocol }) => `${String(containerPort)}/${protocol}`),
  ]);
  return {
    options,
    kept: {
      config: {
        ...unsaid(config, saidConfig, image),
        ...(Object.keys(exposed).length === 0 ? {} : { ExposedPorts: exposed }),
      },
      hostConfig: {
        ...withoutDefaultSwap(unsaid(host, saidHostConfig, {}), options.memoryBytes),
        ...(keptMounts.length === 0 ? {} : { Mounts: keptMounts }),
      },
      endpoints: Object.fromEntries(networks.map(({ name }) => [name, endpointOf(container, name)])),
    },
  };
}

/** The words of an entrypoint of several belong before the command: one word is what `docker run` takes. */
function processOf(config: JsonObject, image: JsonObject): Pick<RunOptions, 'entrypoint' | 'command'> {
  const entrypoint = texts(config['Entrypoint']);
  const command = texts(config['Cmd']);
  const isOwn = isEqual(entrypoint, texts(image['Entrypoint']));
  if (isOwn) return { entrypoint: undefined, command: isEqual(command, texts(image['Cmd'])) ? [] : command };
  const [first = '', ...others] = entrypoint;
  return { entrypoint: first, command: [...others, ...command] };
}

/** By default it is the container's id; of another network's owner it can't be asked for. */
function hostnameOf({ Id: id }: JsonObject, config: JsonObject, host: JsonObject): string {
  const hostname = text(config['Hostname']);
  const mode = text(host['NetworkMode']);
  const isGiven = hostname !== '' && !text(id).startsWith(hostname);
  return isGiven && mode !== 'host' && !mode.startsWith('container:') ? hostname : '';
}

/** The engine allows twice the memory by itself; kept, it would hold for another limit too. */
function withoutDefaultSwap(host: JsonObject, memoryBytes: number | undefined): JsonObject {
  const isDefault = memoryBytes !== undefined && number(host['MemorySwap']) === 2 * memoryBytes;
  return isDefault ? withoutKeys(host, ['MemorySwap']) : host;
}

/** What is set and nobody has said yet; settings like the image's are left to the image. */
function unsaid(settings: JsonObject, said: ReadonlySet<string>, image: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(settings).filter(
      ([key, value]) => !said.has(key) && key !== 'Mounts' && isSet(value) && !isEqual(value, image[key]),
    ),
  );
}

function isSet(value: unknown): boolean {
  if (value === null || value === undefined || value === '' || value === 0 || value === false) return false;
  if (Array.isArray(value)) return value.length > 0;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}

function unlessSame(config: JsonObject, image: JsonObject, key: string): string {
  const value = text(config[key]);
  return value === text(image[key]) ? '' : value;
}

function withoutThose(all: readonly string[], those: readonly string[]): readonly string[] {
  return all.filter((each) => !those.includes(each));
}

function withoutKeys(record: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));
}

function differing(
  own: Readonly<Record<string, string>>,
  other: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(Object.entries(own).filter(([key, value]) => other[key] !== value));
}

function entries(variables: readonly string[]): readonly (readonly [string, string])[] {
  return variables.map((each) => {
    const at = each.indexOf('=');
    return at < 0 ? [each, ''] : [each.slice(0, at), each.slice(at + 1)];
  });
}

/** Of JSON values; an absent one is like an empty list. */
function isEqual(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? []) === JSON.stringify(b ?? []);
}
