import { type JsonObject, list, maybeNumber, number, object, text } from '../../../base/json.ts';
import type { StatsSample } from '../../../model/stats.ts';

/**
 * One message of `GET /containers/ID/stats`; undefined for the empty one that an engine sends of a container that does
 * not run. All formulas are those of docker/cli, cli/command/container/stats_helpers.go.
 */
export function statsFromRecord(raw: unknown): StatsSample | undefined {
  const record = object(raw);
  // Go's zero time.
  if (text(record['read']).startsWith('0001-')) return undefined;
  const isWindows = object(record['storage_stats'])['read_size_bytes'] !== undefined;
  const shared = {
    ...networkBytes(record),
    memoryLimitBytes: number(object(record['memory_stats'])['limit']),
  };
  return isWindows ? { ...shared, ...windowsUse(record) } : { ...shared, ...unixUse(record) };
}

type Use = Omit<StatsSample, 'netInBytes' | 'netOutBytes' | 'memoryLimitBytes'>;

function unixUse(record: JsonObject): Use {
  return {
    cpuPercent: unixCpuPercent(object(record['cpu_stats']), object(record['precpu_stats'])),
    memoryBytes: unixMemoryBytes(object(record['memory_stats'])),
    ...blockBytes(list(object(record['blkio_stats'])['io_service_bytes_recursive'])),
    pids: maybeNumber(object(record['pids_stats'])['current']),
  };
}

/** calculateCPUPercentUnix; the first message of a stream has nothing to count from. */
function unixCpuPercent(cpu: JsonObject, before: JsonObject): number | undefined {
  const systemBefore = number(before['system_cpu_usage']);
  if (systemBefore === 0) return undefined;
  const usage = object(cpu['cpu_usage']);
  const used = number(usage['total_usage']) - number(object(before['cpu_usage'])['total_usage']);
  const passed = number(cpu['system_cpu_usage']) - systemBefore;
  const cpus = number(cpu['online_cpus']) || list(usage['percpu_usage']).length;
  return passed > 0 && used > 0 ? (used / passed) * cpus * 100 : 0;
}

/** calculateMemUsageUnixNoCache; cgroup v1 has `total_inactive_file`, v2 `inactive_file`. */
function unixMemoryBytes(memory: JsonObject): number | undefined {
  const usage = maybeNumber(memory['usage']);
  if (usage === undefined) return undefined;
  const details = object(memory['stats']);
  const cache = maybeNumber(details['total_inactive_file']) ?? number(details['inactive_file']);
  return cache < usage ? usage - cache : usage;
}

/** calculateBlockIO. */
function blockBytes(entries: readonly unknown[]): Pick<StatsSample, 'blockReadBytes' | 'blockWriteBytes'> {
  let blockReadBytes = 0;
  let blockWriteBytes = 0;
  for (const entry of entries.map(object)) {
    const operation = text(entry['op']).toLowerCase();
    if (operation.startsWith('r')) blockReadBytes += number(entry['value']);
    else if (operation.startsWith('w')) blockWriteBytes += number(entry['value']);
  }
  return { blockReadBytes, blockWriteBytes };
}

/** calculateNetwork; a container on the host's network, or on none, has no numbers of its own. */
function networkBytes(record: JsonObject): Pick<StatsSample, 'netInBytes' | 'netOutBytes'> {
  const networks = Object.values(object(record['networks'])).map(object);
  const sum = (name: string): number => networks.reduce((total, network) => total + number(network[name]), 0);
  return { netInBytes: sum('rx_bytes'), netOutBytes: sum('tx_bytes') };
}

/** calculateCPUPercentWindows: usage counts in 100 ns, and there are no pids. */
function windowsUse(record: JsonObject): Use {
  const cpuOf = (stats: unknown): number => number(object(object(stats)['cpu_usage'])['total_usage']);
  const beforeMs = Date.parse(text(record['preread']));
  const passed = (Date.parse(text(record['read'])) - beforeMs) * 1e4 * number(record['num_procs']);
  const storage = object(record['storage_stats']);
  return {
    cpuPercent:
      beforeMs > 0 && passed > 0
        ? ((cpuOf(record['cpu_stats']) - cpuOf(record['precpu_stats'])) / passed) * 100
        : undefined,
    memoryBytes: number(object(record['memory_stats'])['privateworkingset']),
    blockReadBytes: number(storage['read_size_bytes']),
    blockWriteBytes: number(storage['write_size_bytes']),
    pids: undefined,
  };
}
