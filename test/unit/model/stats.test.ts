import { expect, test } from 'vitest';
import { memoryPercent, ratesOf, statsMetrics, type StatsMetric } from '../../../src/model/stats.ts';
import { statsCsv } from '../../../src/model/statsCsv.ts';
import { isInStatsScope, parseStatsScope, printStatsScope } from '../../../src/model/statsScope.ts';
import { container, stopped } from '../../support/builders.ts';

test('a sum becomes a rate per second, with a gap where it is not known or began anew', () => {
  const times = [0, 1000, 3000, 4000, 5000, 6000];
  expect(ratesOf(times, [10, 20, 60, null, 70, 5])).toEqual([null, 10, 20, null, null, null]);
  expect(ratesOf([], [])).toEqual([]);
});

test('the share of memory is known where there is a limit', () => {
  expect(memoryPercent({ memoryBytes: 1, memoryLimitBytes: 4 })).toBe(25);
  expect(memoryPercent({ memoryBytes: 1, memoryLimitBytes: 0 })).toBeUndefined();
  expect(memoryPercent({ memoryBytes: undefined, memoryLimitBytes: 4 })).toBeUndefined();
});

function values(cpu: readonly (number | null)[]): Readonly<Record<StatsMetric, readonly (number | null)[]>> {
  return Object.fromEntries(
    statsMetrics.map((metric) => [metric, metric === 'cpuPercent' ? cpu : cpu.map(() => null)]),
  ) as Record<StatsMetric, readonly (number | null)[]>;
}

test('CSV has a line for each container at each moment at which something was measured', () => {
  const text = statsCsv(
    [0, 1000],
    [
      { name: 'web', values: values([1.5, null]) },
      { name: 'a "b", c', values: values([null, 2]) },
      { name: '=SUM(A1)', values: values([3, null]) },
    ],
  );
  expect(text.split('\r\n')).toEqual([
    'time,container,cpu_percent,memory_bytes,memory_limit_bytes,net_in_bytes,net_out_bytes,block_read_bytes,block_write_bytes,pids',
    '1970-01-01T00:00:00.000Z,web,1.5,,,,,,,',
    "1970-01-01T00:00:00.000Z,'=SUM(A1),3,,,,,,,",
    '1970-01-01T00:00:01.000Z,"a ""b"", c",2,,,,,,,',
    '',
  ]);
});

test('a scope is one text, also over a reload', () => {
  const compose = { kind: 'compose', engineId: 'e', project: 'shop', service: undefined } as const;
  for (const scope of [{ kind: 'all' } as const, compose])
    expect(parseStatsScope(printStatsScope(scope))).toEqual(scope);
  expect(parseStatsScope('?')).toBeUndefined();
});

test('all are those that run; a chosen one stays when it ends', () => {
  const ended = stopped('ended');
  expect(isInStatsScope({ kind: 'all' }, 'e', container('web'))).toBe(true);
  expect(isInStatsScope({ kind: 'all' }, 'e', ended)).toBe(false);
  const refs = [{ engineId: 'e', kind: 'container', id: ended.id }] as const;
  expect(isInStatsScope({ kind: 'containers', refs }, 'e', ended)).toBe(true);
});
