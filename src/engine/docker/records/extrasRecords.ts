import {
  type JsonObject,
  list,
  maybeNumber,
  number,
  object,
  text,
  textRecord,
  texts,
} from '../../../base/json.ts';
import type { Healthcheck, RunExtras } from '../../../model/runExtras.ts';
import type { KeptSettings } from './createBody.ts';

/** The engine's words that `RunExtras` has a field for. */
const saidHostConfig = new Set([
  'Privileged',
  'ReadonlyRootfs',
  'CapAdd',
  'CapDrop',
  'SecurityOpt',
  'GroupAdd',
  'Devices',
  'Ulimits',
  'Sysctls',
  'PidMode',
  'IpcMode',
  'UTSMode',
  'UsernsMode',
  'CgroupnsMode',
  'MemoryReservation',
  'MemorySwap',
  'ShmSize',
  'CpuShares',
  'CpuQuota',
  'CpuPeriod',
  'CpusetCpus',
  'OomScoreAdj',
  'OomKillDisable',
  'Dns',
  'DnsOptions',
  'DnsSearch',
  'ExtraHosts',
  'Init',
  'Runtime',
  'LogConfig',
]);
const saidConfig = new Set(['Domainname', 'StopSignal', 'StopTimeout', 'Healthcheck', 'ExposedPorts']);

/** Reads `Config` and `HostConfig`, of a container's inspection or of what is kept of one. */
export function extrasOf(config: JsonObject, host: JsonObject): RunExtras {
  const log = object(host['LogConfig']);
  return {
    isPrivileged: host['Privileged'] === true,
    isReadOnly: host['ReadonlyRootfs'] === true,
    capAdd: texts(host['CapAdd']),
    capDrop: texts(host['CapDrop']),
    securityOptions: texts(host['SecurityOpt']),
    groups: texts(host['GroupAdd']),
    devices: list(host['Devices']).map((raw) => {
      const device = object(raw);
      return {
        onHost: text(device['PathOnHost']),
        inContainer: text(device['PathInContainer']),
        permissions: text(device['CgroupPermissions']),
      };
    }),
    ulimits: list(host['Ulimits']).map((raw) => {
      const limit = object(raw);
      return { name: text(limit['Name']), soft: number(limit['Soft']), hard: number(limit['Hard']) };
    }),
    sysctls: textRecord(host['Sysctls']),
    pidMode: text(host['PidMode']),
    ipcMode: text(host['IpcMode']),
    utsMode: text(host['UTSMode']),
    usernsMode: text(host['UsernsMode']),
    cgroupnsMode: text(host['CgroupnsMode']),
    memoryReservationBytes: unlessZero(host['MemoryReservation']),
    memorySwapBytes: unlessZero(host['MemorySwap']),
    shmBytes: unlessZero(host['ShmSize']),
    cpuShares: unlessZero(host['CpuShares']),
    cpuQuotaMicros: unlessZero(host['CpuQuota']),
    cpuPeriodMicros: unlessZero(host['CpuPeriod']),
    cpuset: text(host['CpusetCpus']),
    oomScoreAdj: unlessZero(host['OomScoreAdj']),
    isOomKillDisabled: host['OomKillDisable'] === true,
    dns: texts(host['Dns']),
    dnsOptions: texts(host['DnsOptions']),
    dnsSearch: texts(host['DnsSearch']),
    extraHosts: texts(host['ExtraHosts']),
    exposedPorts: Object.keys(object(config['ExposedPorts'])),
    domainname: text(config['Domainname']),
    hasInit: host['Init'] === true,
    runtime: text(host['Runtime']),
    stopSignal: text(config['StopSignal']),
    stopSeconds: maybeNumber(config['StopTimeout']),
    healthcheck: healthcheckOf(object(config['Healthcheck'])),
    logDriver: text(log['Type']),
    logOptions: textRecord(log['Config']),
  };
}

/** Of the engine's words for what is kept, those that no extra says either. */
export function unsaidNames(keptNames: readonly string[], { endpoints }: KeptSettings): readonly string[] {
  const hasEndpoint = Object.values(endpoints).some(
    (endpoint) => endpoint['Links'] !== undefined || Object.keys(object(endpoint['DriverOpts'])).length > 0,
  );
  return [
    ...keptNames.filter((name) => !saidHostConfig.has(name) && !saidConfig.has(name)),
    ...(hasEndpoint ? ['EndpointsConfig'] : []),
  ];
}

function healthcheckOf(raw: JsonObject): Healthcheck | undefined {
  const test = texts(raw['Test']);
  if (test.length === 0) return undefined;
  return {
    test,
    intervalMs: fromNanos(raw['Interval']),
    timeoutMs: fromNanos(raw['Timeout']),
    startPeriodMs: fromNanos(raw['StartPeriod']),
    retries: unlessZero(raw['Retries']),
  };
}

function fromNanos(value: unknown): number | undefined {
  const nanos = number(value);
  return nanos > 0 ? nanos / 1e6 : undefined;
}

function unlessZero(value: unknown): number | undefined {
  const read = number(value);
  return read === 0 ? undefined : read;
}
