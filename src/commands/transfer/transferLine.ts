import { formatBytes } from '../../base/format.ts';
import type { Localize } from '../../base/localize.ts';
import type { TransferSummary } from '../../model/transfer.ts';

/** `3 of 7 layers · 45 of 120 MB · 12 MB/s`; empty while there is nothing to tell. */
export function transferLine(summary: TransferSummary, t: Localize): string {
  const { layersMoved, layersDone, layersTotal, currentBytes, totalBytes, bytesPerSecond, isExtracting } =
    summary;
  if (layersTotal === 0) return '';
  return [
    t('{done} of {total} layers', { done: layersMoved, total: layersTotal }),
    ...(currentBytes > 0 ? [bytesLine(currentBytes, totalBytes, t)] : []),
    ...(isExtracting ? [t('{done} of {total} extracted', { done: layersDone, total: layersTotal })] : []),
    ...(!isExtracting && bytesPerSecond !== undefined && bytesPerSecond > 0
      ? [t('{size}/s', { size: formatBytes(bytesPerSecond) })]
      : []),
  ].join(' · ');
}

/** `45 of 120 MB`: the unit once where both have the same. */
export function bytesLine(currentBytes: number, totalBytes: number | undefined, t: Localize): string {
  const current = formatBytes(currentBytes);
  if (totalBytes === undefined) return current;
  const total = formatBytes(totalBytes);
  const [number = '', unit] = current.split(' ');
  return t('{done} of {total}', { done: total.endsWith(` ${unit ?? ''}`) ? number : current, total });
}
