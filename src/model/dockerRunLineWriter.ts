import { extraFlags } from './dockerRunLineExtras.ts';
import { printMemorySize } from './memorySize.ts';
import { printRestart } from './restartPolicy.ts';
import { noExtras, type RunExtras } from './runExtras.ts';
import type { MountOption, NetworkOption, PortMapping, RunOptions } from './runOptions.ts';
import { joinShellWords } from './shellWords.ts';

/** The line that makes the same container with Docker's own program, in the background. */
export function writeDockerRunLine(options: RunOptions, extras: RunExtras = noExtras): string {
  const all = [...flags(options), ...extraFlags(extras)];
  return joinShellWords(['docker', 'run', '-d', ...all, options.image, ...options.command]);
}

function flags(options: RunOptions): readonly string[] {
  const { env, labels, restart, cpus, memoryBytes, pidsLimit, entrypoint } = options;
  return [
    ...given('--name', options.name),
    ...given('--platform', options.platform),
    ...(options.isInteractive ? ['-i'] : []),
    ...(options.hasTerminal ? ['-t'] : []),
    ...(options.isRemovedAtEnd ? ['--rm'] : []),
    ...(restart.name === 'no' ? [] : ['--restart', printRestart(restart)]),
    ...options.ports.flatMap((port) => ['-p', printPort(port)]),
    ...(options.publishesAll ? ['-P'] : []),
    ...options.mounts.flatMap(mountFlags),
    ...options.envFiles.flatMap((file) => ['--env-file', file]),
    ...Object.entries(env).flatMap(([name, value]) => ['-e', `${name}=${value}`]),
    ...networkFlags(options.networks),
    ...given('--hostname', options.hostname),
    ...(cpus === undefined ? [] : ['--cpus', String(cpus)]),
    ...(memoryBytes === undefined ? [] : ['--memory', printMemorySize(memoryBytes)]),
    ...(pidsLimit === undefined ? [] : ['--pids-limit', String(pidsLimit)]),
    ...Object.entries(labels).flatMap(([name, value]) => [
      '--label',
      value === '' ? name : `${name}=${value}`,
    ]),
    ...given('--user', options.user),
    ...given('--workdir', options.workingDir),
    ...(entrypoint === undefined ? [] : ['--entrypoint', entrypoint]),
  ];
}

function given(flag: string, value: string): readonly string[] {
  return value === '' ? [] : [flag, value];
}

export function printPort({ hostIp, hostPort, containerPort, protocol }: PortMapping): string {
  const ip = hostIp.includes(':') ? `[${hostIp}]` : hostIp;
  const host = ip !== '' ? `${ip}:${hostPort}:` : hostPort !== '' ? `${hostPort}:` : '';
  return `${host}${String(containerPort)}${protocol === 'tcp' ? '' : `/${protocol}`}`;
}

function mountFlags({ type, source, target, isReadOnly, extra }: MountOption): readonly string[] {
  const words = [isReadOnly ? 'ro' : '', extra].filter(Boolean).join(',');
  if (type === 'tmpfs') return ['--tmpfs', words === '' ? target : `${target}:${words}`];
  const place = source === '' ? target : `${source}:${target}`;
  return ['-v', words === '' ? place : `${place}:${words}`];
}

/** What belongs to one of several networks can only be said together with its name. */
function networkFlags(networks: readonly NetworkOption[]): readonly string[] {
  const [only] = networks;
  if (only === undefined) return [];
  if (networks.length === 1)
    return [
      '--network',
      only.name,
      ...only.aliases.flatMap((alias) => ['--network-alias', alias]),
      ...given('--ip', only.ipAddress),
    ];
  return networks.flatMap(({ name, aliases, ipAddress }) => [
    '--network',
    [
      `name=${name}`,
      ...aliases.map((alias) => `alias=${alias}`),
      ...(ipAddress === '' ? [] : [`ip=${ipAddress}`]),
    ].join(','),
  ]);
}
