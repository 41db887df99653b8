import type { StatsSample } from '../../src/model/stats.ts';

/** What a container uses, of which a test says what it is about. */
export function sample(parts: Partial<StatsSample> = {}): StatsSample {
  return {
    cpuPercent: 1,
    memoryBytes: 1024,
    memoryLimitBytes: 4096,
    netInBytes: 0,
    netOutBytes: 0,
    blockReadBytes: 0,
    blockWriteBytes: 0,
    pids: 1,
    ...parts,
  };
}
