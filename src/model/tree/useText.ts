import { formatBinaryBytes } from '../../base/format.ts';
import type { StatsSample } from '../stats.ts';

/** What a container uses now, for its row: rounded, so that a row is not drawn again for nothing. */
export function useText({
  cpuPercent,
  memoryBytes,
}: Pick<StatsSample, 'cpuPercent' | 'memoryBytes'>): string {
  return [
    ...(cpuPercent === undefined ? [] : [`${cpuPercent.toFixed(cpuPercent < 10 ? 1 : 0)} %`]),
    ...(memoryBytes === undefined ? [] : [formatBinaryBytes(rounded(memoryBytes))]),
  ].join(' · ');
}

/** To whole units, or tenths where there are few. */
function rounded(bytes: number): number {
  let unit = 1;
  while (bytes >= unit * 1024) unit *= 1024;
  const step = unit === 1 || bytes >= unit * 10 ? unit : unit / 10;
  return Math.round(bytes / step) * step;
}
