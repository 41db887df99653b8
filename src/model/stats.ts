/**
 * What a container uses at one moment, as `docker stats` prints it. What an engine does not tell is undefined; the sums
 * of network and block devices count since the container was started.
 */
export interface StatsSample {
  /** Of one core: 200 are two busy ones. */
  readonly cpuPercent: number | undefined;
  /** Without what the kernel would give up: its cache of files that nobody reads just now. */
  readonly memoryBytes: number | undefined;
  /** The container's own limit, or what the engine's machine has; 0 when not told. */
  readonly memoryLimitBytes: number;
  readonly netInBytes: number | undefined;
  readonly netOutBytes: number | undefined;
  readonly blockReadBytes: number | undefined;
  readonly blockWriteBytes: number | undefined;
  readonly pids: number | undefined;
}

/** What is kept of each sample, in this order. */
export const statsMetrics = [
  'cpuPercent',
  'memoryBytes',
  'memoryLimitBytes',
  'netInBytes',
  'netOutBytes',
  'blockReadBytes',
  'blockWriteBytes',
  'pids',
] as const satisfies readonly (keyof StatsSample)[];

export type StatsMetric = (typeof statsMetrics)[number];

export function memoryPercent({
  memoryBytes,
  memoryLimitBytes,
}: Pick<StatsSample, 'memoryBytes' | 'memoryLimitBytes'>): number | undefined {
  return memoryBytes === undefined || memoryLimitBytes === 0
    ? undefined
    : (memoryBytes / memoryLimitBytes) * 100;
}

/**
 * A sum that only grows as a rate per second, a value for each moment: null for the first, where something is not known
 * on either side, and where the sum began anew because the container was started again. Times in milliseconds.
 */
export function ratesOf(
  times: readonly number[],
  sums: readonly (number | null)[],
): readonly (number | null)[] {
  return times.map((at, index) => {
    const before = sums[index - 1] ?? null;
    const now = sums[index] ?? null;
    const seconds = (at - (times[index - 1] ?? at)) / 1000;
    return before === null || now === null || seconds <= 0 || now < before ? null : (now - before) / seconds;
  });
}
