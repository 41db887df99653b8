import { formatBinaryBytes, formatBytes } from '../../base/format.ts';
import { memoryPercent } from '../../model/stats.ts';
import type { StatsRow } from '../../protocol/stats.ts';

/** What `docker stats` prints, cell by cell; a dash where nothing is measured. */
const nothing = '–';

export function cpuText({ cpuPercent }: StatsRow): string {
  return percentText(cpuPercent);
}

export function memoryText({ memoryBytes, memoryLimitBytes }: StatsRow): string {
  if (memoryBytes === undefined) return nothing;
  const used = formatBinaryBytes(memoryBytes);
  return memoryLimitBytes === 0 ? used : `${used} / ${formatBinaryBytes(memoryLimitBytes)}`;
}

export function memoryPercentText(row: StatsRow): string {
  return percentText(memoryPercent(row));
}

export function netText({ netInBytes, netOutBytes }: StatsRow): string {
  return pairText(netInBytes, netOutBytes);
}

export function blockText({ blockReadBytes, blockWriteBytes }: StatsRow): string {
  return pairText(blockReadBytes, blockWriteBytes);
}

export function pidsText({ pids }: StatsRow): string {
  return pids === undefined ? nothing : String(pids);
}

export function percentText(percent: number | undefined): string {
  return percent === undefined ? nothing : `${percent.toFixed(2)} %`;
}

function pairText(one: number | undefined, other: number | undefined): string {
  return one === undefined || other === undefined ? nothing : `${formatBytes(one)} / ${formatBytes(other)}`;
}
