import { describe, expect, test } from 'vitest';
import { statsFromRecord } from '../../../../src/engine/docker/records/statsRecords.ts';
import { engineFixtures, engineKinds } from '../../../support/fixtures.ts';

describe.each(engineKinds)('what the %s engine says of use', (kind) => {
  const [running, over] = engineFixtures(kind, 'stats.json');

  test('is read as docker stats prints it', () => {
    expect(statsFromRecord(running)).toEqual({
      cpuPercent: expect.closeTo(kind === 'new' ? 100.88 : 99.75, 2) as number,
      memoryBytes: kind === 'new' ? 770_048 : 552_960,
      memoryLimitBytes: 25_276_502_016,
      netInBytes: kind === 'new' ? 846 : 956,
      netOutBytes: 0,
      blockReadBytes: 0,
      blockWriteBytes: 0,
      pids: 1,
    });
  });

  test('is nothing while a container does not run', () => {
    expect(statsFromRecord(over)).toBeUndefined();
  });
});

/** Two busy cores of four. */
const unix = {
  read: '2026-01-01T00:00:02Z',
  cpu_stats: { cpu_usage: { total_usage: 3000 }, system_cpu_usage: 5000, online_cpus: 4 },
  precpu_stats: { cpu_usage: { total_usage: 1000 }, system_cpu_usage: 1000 },
  memory_stats: { usage: 500, limit: 1000, stats: { inactive_file: 100 } },
  networks: { eth0: { rx_bytes: 1, tx_bytes: 10 }, eth1: { rx_bytes: 2, tx_bytes: 20 } },
  blkio_stats: {
    io_service_bytes_recursive: [
      { op: 'Read', value: 4 },
      { op: 'write', value: 8 },
      { op: 'read', value: 16 },
      { op: 'Total', value: 28 },
    ],
  },
  pids_stats: { current: 7 },
};

test('sums count over all networks and devices, whatever the case of a word', () => {
  expect(statsFromRecord(unix)).toEqual({
    cpuPercent: 200,
    memoryBytes: 400,
    memoryLimitBytes: 1000,
    netInBytes: 3,
    netOutBytes: 30,
    blockReadBytes: 20,
    blockWriteBytes: 8,
    pids: 7,
  });
});

test('memory is without the cache that cgroup v1 or v2 tells, unless that is more than all', () => {
  const memoryOf = (stats: object): number | undefined =>
    statsFromRecord({ ...unix, memory_stats: { usage: 500, stats } })?.memoryBytes;
  expect(memoryOf({ total_inactive_file: 200, inactive_file: 100 })).toBe(300);
  expect(memoryOf({ inactive_file: 600 })).toBe(500);
  expect(memoryOf({})).toBe(500);
});

test('the first message of a stream has no CPU yet; an engine that counts no cores has as many as it lists', () => {
  expect(statsFromRecord({ ...unix, precpu_stats: {} })?.cpuPercent).toBeUndefined();
  const cpu = { cpu_usage: { total_usage: 3000, percpu_usage: [1, 2] }, system_cpu_usage: 5000 };
  expect(statsFromRecord({ ...unix, cpu_stats: cpu })?.cpuPercent).toBe(100);
});

test('Windows counts in 100 ns, has a working set and no pids', () => {
  const windows = {
    read: '2026-01-01T00:00:02Z',
    preread: '2026-01-01T00:00:01Z',
    num_procs: 2,
    cpu_stats: { cpu_usage: { total_usage: 15_000_000 } },
    precpu_stats: { cpu_usage: { total_usage: 5_000_000 } },
    memory_stats: { privateworkingset: 1234 },
    storage_stats: { read_size_bytes: 5, write_size_bytes: 6 },
  };
  expect(statsFromRecord(windows)).toMatchObject({
    cpuPercent: 50,
    memoryBytes: 1234,
    blockReadBytes: 5,
    blockWriteBytes: 6,
    pids: undefined,
  });
});

test.each([[undefined], [null], [[]], ['x'], [{ cpu_stats: 'x', memory_stats: [], networks: 3 }]])(
  '%j is read as something that says nothing',
  (record) => {
    expect(statsFromRecord(record)).toMatchObject({ cpuPercent: undefined, memoryBytes: undefined });
  },
);
