import { formatBytes, oneLine } from '../base/format.ts';
import { isRecord } from '../base/record.ts';

export interface EngineReportInput {
  readonly name: string;
  readonly address: string;
  /** The engine's own answers to `/version` and `/info`. */
  readonly version: unknown;
  readonly info: unknown;
}

type Json = Readonly<Record<string, unknown>>;

/** `docker version` and `docker info` as aligned YAML: the field's words, most asked first, nothing empty. */
export function describeEngine({ name, address, version, info }: EngineReportInput): readonly string[] {
  const v = record(version);
  const i = record(info);
  const components = items(v['Components']).map((raw) => {
    const component = record(raw);
    return [text(component['Name']), text(component['Version'])] as const;
  });
  const plugins = record(i['Plugins']);
  return [
    ...section('Engine', [
      ['Name', name],
      ['Address', address],
      ['Host', text(i['Name'])],
      ['Product', text(record(v['Platform'])['Name'])],
      ['Version', text(v['Version'])],
      ['API version', `${text(v['ApiVersion'])} (from ${text(v['MinAPIVersion'])})`],
      ['Go version', text(v['GoVersion'])],
      ['Git commit', text(v['GitCommit'])],
      ['Built', text(v['BuildTime'])],
      ['OS/Arch', `${text(v['Os'])}/${text(v['Arch'])}`],
      ['Experimental', yesNo(v['Experimental'])],
    ]),
    ...section('Components', components),
    ...section('Objects', [
      ['Containers', count(i['Containers'])],
      ['Running', count(i['ContainersRunning'])],
      ['Paused', count(i['ContainersPaused'])],
      ['Stopped', count(i['ContainersStopped'])],
      ['Images', count(i['Images'])],
    ]),
    ...section('Machine', [
      ['Operating system', text(i['OperatingSystem'])],
      ['Kernel', text(i['KernelVersion'])],
      ['CPUs', count(i['NCPU'])],
      ['Memory', typeof i['MemTotal'] === 'number' ? formatBytes(i['MemTotal']) : ''],
      ['Data folder', text(i['DockerRootDir'])],
    ]),
    ...section('Isolation and limits', [
      ['Cgroup version', text(i['CgroupVersion'])],
      ['Cgroup driver', text(i['CgroupDriver'])],
      ['Security options', texts(i['SecurityOptions'])],
      ['Memory limit', yesNo(i['MemoryLimit'])],
      ['Swap limit', yesNo(i['SwapLimit'])],
      ['CPU quota (CFS)', yesNo(i['CpuCfsQuota'])],
      ['CPU set', yesNo(i['CPUSet'])],
      ['Pids limit', yesNo(i['PidsLimit'])],
      ['OOM kill disable', yesNo(i['OomKillDisable'])],
    ]),
    ...section('Drivers', [
      ['Storage', text(i['Driver'])],
      ['Logging', text(i['LoggingDriver'])],
      ['Default runtime', text(i['DefaultRuntime'])],
      ['Runtimes', Object.keys(record(i['Runtimes'])).join(', ')],
      ['Network plugins', texts(plugins['Network'])],
      ['Volume plugins', texts(plugins['Volume'])],
    ]),
    ...section('Network', [
      ['IPv4 forwarding', yesNo(i['IPv4Forwarding'])],
      ['HTTP proxy', text(i['HttpProxy']) === '' ? '' : 'set'],
      ['Insecure registries', texts(record(i['RegistryConfig'])['InsecureRegistryCIDRs'])],
    ]),
    ...section('Swarm', [
      ['State', text(record(i['Swarm'])['LocalNodeState'])],
      ['Nodes', count(record(i['Swarm'])['Nodes'])],
    ]),
    ...section(
      'Warnings',
      items(i['Warnings']).map((warning) => ['-', text(warning)] as const),
    ),
  ];
}

function section(title: string, rows: readonly (readonly [string, string])[]): readonly string[] {
  const filled = rows.filter(([, value]) => value !== '' && value !== '/');
  if (filled.length === 0) return [];
  const width = Math.max(...filled.map(([label]) => label.length)) + 1;
  return [
    `${title}:`,
    ...filled.map(([label, value]) =>
      label === '-' ? `  - ${oneLine(value, 300)}` : `  ${`${label}:`.padEnd(width)} ${oneLine(value, 300)}`,
    ),
    '',
  ];
}

function record(value: unknown): Json {
  return isRecord(value) ? value : {};
}

function items(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function texts(value: unknown): string {
  return items(value).map(text).join(', ');
}

function count(value: unknown): string {
  return typeof value === 'number' ? String(value) : '';
}

function yesNo(value: unknown): string {
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : '';
}
