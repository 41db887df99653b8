import { type StatsMetric, statsMetrics } from './stats.ts';

const columns: Readonly<Record<StatsMetric, string>> = {
  cpuPercent: 'cpu_percent',
  memoryBytes: 'memory_bytes',
  memoryLimitBytes: 'memory_limit_bytes',
  netInBytes: 'net_in_bytes',
  netOutBytes: 'net_out_bytes',
  blockReadBytes: 'block_read_bytes',
  blockWriteBytes: 'block_write_bytes',
  pids: 'pids',
};

export interface CsvSubject {
  readonly name: string;
  readonly values: Readonly<Record<StatsMetric, readonly (number | null)[]>>;
}

/**
 * Comma-separated values (RFC 4180): a line for each container at each moment at which something was measured; what was
 * not is empty. Times in UTC.
 */
export function statsCsv(times: readonly number[], subjects: readonly CsvSubject[]): string {
  const lines = [['time', 'container', ...statsMetrics.map((metric) => columns[metric])].join(',')];
  for (const [moment, at] of times.entries())
    for (const { name, values } of subjects) {
      const cells = statsMetrics.map((metric) => values[metric][moment] ?? null);
      if (cells.every((cell) => cell === null)) continue;
      lines.push([new Date(at).toISOString(), quote(name), ...cells.map((cell) => cell ?? '')].join(','));
    }
  return `${lines.join('\r\n')}\r\n`;
}

/** A spreadsheet would take a name that begins like a formula for one. */
function quote(text: string): string {
  const safe = /^[=+\-@\t]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
