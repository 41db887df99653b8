import { addSample, byteRate, type ByteSample } from './byteRate.ts';

/** What happens to a layer on its way between an engine and a registry, in the order in which it can happen. */
export type TransferPhase = 'waiting' | 'transferring' | 'transferred' | 'extracting' | 'existing' | 'done';

/** One line of a pull or a push. */
export interface TransferStep {
  /** Empty for what is said of the transfer as a whole. */
  readonly layerId: string;
  /** Absent where the line is about no layer. */
  readonly phase?: TransferPhase;
  /** In the engine's words. */
  readonly status: string;
  /** Bytes where the engine counts them: on the wire while transferring, on the disk while extracting. */
  readonly currentBytes?: number;
  readonly totalBytes?: number;
  /** The engine has just this image already. */
  readonly isUpToDate?: boolean;
}

interface Layer {
  readonly phase: TransferPhase;
  readonly currentBytes: number;
  /** Undefined until the engine tells. */
  readonly totalBytes: number | undefined;
}

/** All that a transfer has told so far. */
export interface Transfer {
  readonly layers: ReadonlyMap<string, Layer>;
  /** Bytes at moments of the last seconds, oldest first. */
  readonly samples: readonly ByteSample[];
  readonly isUpToDate: boolean;
}

export interface TransferSummary {
  /** Whose bytes are all there: what comes after that, not every engine tells. */
  readonly layersMoved: number;
  /** With which the engine has nothing more to do. */
  readonly layersDone: number;
  readonly layersTotal: number;
  readonly currentBytes: number;
  /** Undefined while a layer has not told its size: layers behind the first few wait for their turn. */
  readonly totalBytes: number | undefined;
  /** Over the last seconds; undefined when nothing was measured. */
  readonly bytesPerSecond: number | undefined;
  readonly isExtracting: boolean;
  /** Of all work, from 0 to 1. */
  readonly fraction: number;
}

export const emptyTransfer: Transfer = { layers: new Map(), samples: [], isUpToDate: false };

/** What is known after one more line. `at` is when it came, in milliseconds. */
export function reduceTransfer(transfer: Transfer, step: TransferStep, at: number): Transfer {
  if (step.isUpToDate === true) return { ...transfer, isUpToDate: true };
  if (step.phase === undefined || step.layerId === '') return transfer;
  const layer = advance(transfer.layers.get(step.layerId), step, step.phase);
  const layers = new Map(transfer.layers).set(step.layerId, layer);
  return { ...transfer, layers, samples: addSample(transfer.samples, { at, bytes: sum(layers) }) };
}

export function summarizeTransfer({ layers, samples }: Transfer): TransferSummary {
  const all = [...layers.values()];
  const layersDone = all.filter(({ phase }) => phase === 'done' || phase === 'existing').length;
  const layersMoved = all.filter(({ phase }) => isMoved(phase)).length;
  const currentBytes = sum(layers);
  const knownBytes = all.reduce((total, layer) => total + (layer.totalBytes ?? 0), 0);
  const isWhole = all.every(({ phase, totalBytes }) => totalBytes !== undefined || isMoved(phase));
  const totalBytes = isWhole && all.length > 0 ? Math.max(knownBytes, currentBytes) : undefined;
  return {
    layersMoved,
    layersDone,
    layersTotal: all.length,
    currentBytes,
    totalBytes,
    bytesPerSecond: byteRate(samples),
    isExtracting: layersMoved === all.length && layersDone < all.length && isUnpacking(all),
    fraction: fraction(layersDone / Math.max(all.length, 1), currentBytes, totalBytes),
  };
}

/** Sizes are told while bytes move; what comes after has moved all of them. */
function advance(before: Layer | undefined, step: TransferStep, phase: TransferPhase): Layer {
  const told = before?.totalBytes;
  switch (phase) {
    case 'waiting':
      return { phase, currentBytes: 0, totalBytes: told };
    case 'transferring': {
      const currentBytes = Math.max(0, step.currentBytes ?? before?.currentBytes ?? 0);
      const totalBytes = positive(step.totalBytes) ?? told;
      // A push counts the bytes of the archive's own headers too, which its total leaves out.
      return { phase, currentBytes: Math.min(currentBytes, totalBytes ?? currentBytes), totalBytes };
    }
    case 'existing':
      return { phase, currentBytes: 0, totalBytes: 0 };
    case 'transferred':
    case 'extracting':
    case 'done':
      return { phase, currentBytes: told ?? before?.currentBytes ?? 0, totalBytes: told };
  }
}

function isMoved(phase: TransferPhase): boolean {
  return phase !== 'waiting' && phase !== 'transferring';
}

/** Layers are unpacked one after the other: between two of them none is, but one was. */
function isUnpacking(layers: readonly Layer[]): boolean {
  return layers.some(({ phase }) => phase === 'extracting' || phase === 'done');
}

function positive(bytes: number | undefined): number | undefined {
  return bytes !== undefined && bytes > 0 ? bytes : undefined;
}

function sum(layers: Transfer['layers']): number {
  let bytes = 0;
  for (const layer of layers.values()) bytes += layer.currentBytes;
  return bytes;
}

/** To move the bytes is most of the work; the rest is what the engine does with them. */
function fraction(layers: number, currentBytes: number, totalBytes: number | undefined): number {
  return totalBytes === undefined || totalBytes === 0
    ? layers
    : (layers + 3 * (currentBytes / totalBytes)) / 4;
}
