import { expect, test } from 'vitest';
import { limitsFromInspect, updateBody } from '../../../../src/engine/docker/records/limitRecords.ts';
import { type ContainerLimits, type LimitChanges, withSwap } from '../../../../src/model/containerLimits.ts';

const unlimited: ContainerLimits = {
  memoryBytes: undefined,
  memoryAndSwapBytes: undefined,
  cpus: undefined,
  pids: undefined,
  restart: { name: 'no', maxRetries: 0 },
};

test.each<[string, object, Partial<ContainerLimits>]>([
  ['nobody limited', { Memory: 0, MemorySwap: 0, NanoCpus: 0, PidsLimit: null }, {}],
  ['unlimited swap', { Memory: 5, MemorySwap: -1 }, { memoryBytes: 5, memoryAndSwapBytes: 'unlimited' }],
  ['CPUs by number', { NanoCpus: 1_500_000_000 }, { cpus: 1.5 }],
  ['CPUs by quota', { CpuQuota: 25_000, CpuPeriod: 50_000 }, { cpus: 0.5 }],
  ['CPUs by quota of the usual period', { CpuQuota: 200_000 }, { cpus: 2 }],
  ['processes taken away again', { PidsLimit: -1 }, {}],
  [
    'a policy',
    { PidsLimit: 9, RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 } },
    { pids: 9, restart: { name: 'on-failure', maxRetries: 3 } },
  ],
])('limits are read: %s', (_what, host, expected) => {
  expect(limitsFromInspect({ HostConfig: host })).toEqual({ ...unlimited, ...expected });
});

test('a change says nothing of what stays', () => {
  expect(updateBody({})).toEqual({});
  expect(updateBody({ memoryAndSwapBytes: 'unlimited', pids: 'unlimited', cpus: 0.1 })).toEqual({
    MemorySwap: -1,
    PidsLimit: -1,
    NanoCpus: 100_000_000,
  });
});

test.each<[Partial<ContainerLimits>, LimitChanges, LimitChanges['memoryAndSwapBytes']]>([
  [{}, { memoryBytes: 10 }, 20],
  [{ memoryBytes: 5, memoryAndSwapBytes: 10 }, { memoryBytes: 10 }, 20],
  [{ memoryBytes: 5, memoryAndSwapBytes: 'unlimited' }, { memoryBytes: 10 }, 'unlimited'],
  [{ memoryBytes: 5, memoryAndSwapBytes: 5 }, { memoryBytes: 10 }, 5],
  [{ memoryBytes: 5, memoryAndSwapBytes: 10 }, { memoryBytes: 10, memoryAndSwapBytes: 11 }, 11],
  [{ memoryBytes: 5, memoryAndSwapBytes: 10 }, { cpus: 1 }, undefined],
])('of %j, %j makes the swap %j', (now, changes, expected) => {
  expect(withSwap({ ...unlimited, ...now }, changes).memoryAndSwapBytes).toBe(expected);
});
