import type { KnownFlag } from './dockerRunLineFlags.ts';
import { parseMemorySize } from './memorySize.ts';
import { parsePorts } from './portMapping.ts';
import { parseRestart } from './restartPolicy.ts';
import type { MountOption, NetworkOption, RunOptions } from './runOptions.ts';

/**
 * The options with one more flag of a line. Undefined when its value can't be read; a text: the name of a variable
 * whose value only the shell knows.
 */
export function applyFlag(
  options: RunOptions,
  flag: KnownFlag,
  value: string,
): RunOptions | string | undefined {
  switch (flag) {
    case 'name':
    case 'platform':
    case 'user':
    case 'hostname':
    case 'entrypoint':
      return { ...options, [flag]: value };
    case 'workdir':
      return { ...options, workingDir: value };
    case 'interactive':
      return withSwitch(value, (isInteractive) => ({ ...options, isInteractive }));
    case 'tty':
      return withSwitch(value, (hasTerminal) => ({ ...options, hasTerminal }));
    case 'rm':
      return withSwitch(value, (isRemovedAtEnd) => ({ ...options, isRemovedAtEnd }));
    case 'publish-all':
      return withSwitch(value, (publishesAll) => ({ ...options, publishesAll }));
    case 'publish': {
      const ports = parsePorts(value);
      return ports === undefined ? undefined : { ...options, ports: [...options.ports, ...ports] };
    }
    case 'volume':
      return withMount(options, parseVolume(value));
    case 'mount':
      return withMount(options, parseMount(value));
    case 'tmpfs': {
      const [target = '', ...words] = value.split(':');
      return withMount(options, { type: 'tmpfs', source: '', target, ...readWords(words.join(':')) });
    }
    case 'env': {
      const at = value.indexOf('=');
      return at <= 0
        ? value
        : { ...options, env: withEntry(options.env, value.slice(0, at), value.slice(at + 1)) };
    }
    case 'env-file':
      return { ...options, envFiles: [...options.envFiles, value] };
    case 'label': {
      const at = value.indexOf('=');
      const name = at < 0 ? value : value.slice(0, at);
      if (name === '') return undefined;
      return { ...options, labels: withEntry(options.labels, name, at < 0 ? '' : value.slice(at + 1)) };
    }
    case 'network': {
      const network = parseNetwork(value);
      return network === undefined
        ? undefined
        : { ...options, networks: joinNetwork(options.networks, network) };
    }
    case 'network-alias':
      return withFirstNetwork(options, (network) => ({ ...network, aliases: [...network.aliases, value] }));
    case 'ip':
      return withFirstNetwork(options, (network) => ({ ...network, ipAddress: value }));
    case 'restart': {
      const restart = parseRestart(value);
      return restart === undefined ? undefined : { ...options, restart };
    }
    case 'cpus':
      return withNumber(value, (cpus) => ({ ...options, cpus: cpus === 0 ? undefined : cpus }));
    case 'memory': {
      const memoryBytes = parseMemorySize(value);
      return memoryBytes === undefined
        ? undefined
        : { ...options, memoryBytes: memoryBytes === 0 ? undefined : memoryBytes };
    }
    case 'pids-limit':
      // -1 and 0 are Docker's words for none.
      return withNumber(value, (limit) => ({ ...options, pidsLimit: limit > 0 ? limit : undefined }));
  }
}

/** As Docker's program reads a truth. */
function withSwitch(value: string, apply: (isOn: boolean) => RunOptions): RunOptions | undefined {
  if (/^(?:1|t|true)$/i.test(value)) return apply(true);
  return /^(?:0|f|false)$/i.test(value) ? apply(false) : undefined;
}

function withNumber(value: string, apply: (read: number) => RunOptions): RunOptions | undefined {
  return /^-?\d+(?:\.\d+)?$/.test(value) ? apply(Number(value)) : undefined;
}

function withMount(options: RunOptions, mount: MountOption | undefined): RunOptions | undefined {
  return mount === undefined || mount.target === ''
    ? undefined
    : { ...options, mounts: [...options.mounts, mount] };
}

/** Also for names such as `__proto__`. */
function withEntry(
  record: Readonly<Record<string, string>>,
  name: string,
  value: string,
): Record<string, string> {
  return Object.fromEntries([...Object.entries(record), [name, value]]);
}

/** `[source:]target[:words]`; a drive's letter has a colon of its own. */
function parseVolume(value: string): MountOption | undefined {
  const place = String.raw`(?:[A-Za-z]:[\\/])?[^:]*`;
  const found = new RegExp(`^(${place})(?::(${place}))?(?::([^:]*))?$`).exec(value);
  if (found === null) return undefined;
  const [, first = '', second, words = ''] = found;
  if (second === undefined)
    return { type: 'volume', source: '', target: first, isReadOnly: false, extra: '' };
  if (first === '') return undefined;
  const isPath = /^(?:[/\\.~$`]|[A-Za-z]:[\\/])/.test(first);
  return { type: isPath ? 'bind' : 'volume', source: first, target: second, ...readWords(words) };
}

function readWords(words: string): Pick<MountOption, 'isReadOnly' | 'extra'> {
  const all = words.split(',').filter((word) => word !== '' && word !== 'rw');
  return { isReadOnly: all.includes('ro'), extra: all.filter((word) => word !== 'ro').join(',') };
}

/** `type=bind,src=…,dst=…,readonly`; what has no place in `-v` is not read. */
function parseMount(value: string): MountOption | undefined {
  const fields = new Map(
    value.split(',').map((field): [string, string] => {
      const at = field.indexOf('=');
      return at < 0 ? [field, 'true'] : [field.slice(0, at), field.slice(at + 1)];
    }),
  );
  const take = (...names: readonly string[]): string | undefined => {
    const name = names.find((each) => fields.has(each));
    const read = name === undefined ? undefined : fields.get(name);
    if (name !== undefined) fields.delete(name);
    return read;
  };
  const type = take('type') ?? 'volume';
  const source = take('source', 'src') ?? '';
  const target = take('target', 'destination', 'dst') ?? '';
  const isReadOnly = !/^(?:0|false)$/.test(take('readonly', 'ro') ?? 'false');
  const size = type === 'tmpfs' ? take('tmpfs-size') : undefined;
  const propagation = type === 'bind' ? take('bind-propagation') : undefined;
  if (fields.size > 0 || (type !== 'bind' && type !== 'volume' && type !== 'tmpfs')) return undefined;
  if ((type === 'bind') !== (source !== '') && type !== 'volume') return undefined;
  const extra = size !== undefined ? `size=${size}` : (propagation ?? '');
  return { type, source, target, isReadOnly, extra };
}

/** `NAME`, or `name=NAME,alias=…,ip=…`. */
function parseNetwork(value: string): NetworkOption | undefined {
  if (!value.includes('=')) return value === '' ? undefined : { name: value, aliases: [], ipAddress: '' };
  let network: NetworkOption = { name: '', aliases: [], ipAddress: '' };
  for (const field of value.split(',')) {
    const [key = '', text = ''] = field.split('=');
    if (key === 'name') network = { ...network, name: text };
    else if (key === 'alias') network = { ...network, aliases: [...network.aliases, text] };
    else if (key === 'ip') network = { ...network, ipAddress: text };
    else return undefined;
  }
  return network.name === '' ? undefined : network;
}

/** What was said of a network before its name came. */
function joinNetwork(networks: readonly NetworkOption[], network: NetworkOption): readonly NetworkOption[] {
  const [first] = networks;
  if (first?.name !== '') return [...networks, network];
  const joined = { ...network, aliases: [...first.aliases, ...network.aliases] };
  return [{ ...joined, ipAddress: network.ipAddress || first.ipAddress }];
}

function withFirstNetwork(
  options: RunOptions,
  change: (network: NetworkOption) => NetworkOption,
): RunOptions {
  const [first = { name: '', aliases: [], ipAddress: '' }, ...others] = options.networks;
  return { ...options, networks: [change(first), ...others] };
}
