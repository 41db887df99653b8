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

/** Sums that only grow while a container runs. */
export const sumMetrics: ReadonlySet<StatsMetric> = new Set<StatsMetric>([
  'netInBytes',
  'netOutBytes',
  'blockReadBytes',
  'blockWriteBytes',
]);

/** A value at a moment; null where nothing was measured. Times in milliseconds. */
export interface MeasuredSum {
  readonly at: number;
  readonly sum: number | null;
}

/**
 * A sum that only grows as a rate per second: null where it is not known on either side, and where it began anew because
 * the container was started again.
 */
export function rateOf(before: MeasuredSum, now: MeasuredSum): number | null {
  const seconds = (now.at - before.at) / 1000;
  return before.sum === null || now.sum === null || seconds <= 0 || now.sum < before.sum
    ? null
    : (now.sum - before.sum) / seconds;
}

/** The rate at each moment; nothing is known at the first. */
export function ratesOf(
  times: readonly number[],
  sums: readonly (number | null)[],
): readonly (number | null)[] {
  return times.map((at, index) =>
    rateOf({ at: times[index - 1] ?? at, sum: sums[index - 1] ?? null }, { at, sum: sums[index] ?? null }),
  );
}
