import { type JsonObject, number, object } from '../../../base/json.ts';
import type { ContainerLimits, LimitChanges } from '../../../model/containerLimits.ts';
import { nanosPerCpu, positive, restartOf } from './hostConfig.ts';

/** Of the `HostConfig` of a container that was inspected. */
export function limitsFromInspect(raw: unknown): ContainerLimits {
  const host = object(object(raw)['HostConfig']);
  const swap = number(host['MemorySwap']);
  return {
    memoryBytes: positive(number(host['Memory'])),
    memoryAndSwapBytes: swap < 0 ? 'unlimited' : positive(swap),
    cpus: positive(number(host['NanoCpus']) / nanosPerCpu) ?? quotaCpus(host),
    pids: positive(number(host['PidsLimit'])),
    restart: restartOf(object(host['RestartPolicy'])),
  };
}

/** Compose and older clients say it as time in a period. */
function quotaCpus(host: JsonObject): number | undefined {
  const period = number(host['CpuPeriod']) || 100_000;
  return positive(number(host['CpuQuota']) / period);
}

/** The body of `POST /containers/ID/update`: what is not in it stays as it is. */
export function updateBody(changes: LimitChanges): JsonObject {
  const { memoryBytes, memoryAndSwapBytes, cpus, pids, restart } = changes;
  return {
    ...(memoryBytes === undefined ? {} : { Memory: memoryBytes }),
    ...(memoryAndSwapBytes === undefined ? {} : { MemorySwap: orUnlimited(memoryAndSwapBytes) }),
    ...(cpus === undefined ? {} : { NanoCpus: Math.round(cpus * nanosPerCpu) }),
    ...(pids === undefined ? {} : { PidsLimit: orUnlimited(pids) }),
    ...(restart === undefined
      ? {}
      : { RestartPolicy: { Name: restart.name, MaximumRetryCount: restart.maxRetries } }),
  };
}

function orUnlimited(bound: number | 'unlimited'): number {
  return bound === 'unlimited' ? -1 : bound;
}
