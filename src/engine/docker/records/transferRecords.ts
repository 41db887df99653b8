import { EngineError } from '../../../model/engineError.ts';
import type { TransferPhase, TransferStep } from '../../../model/transfer.ts';
import { number, object, text } from '../../../base/json.ts';

/** The engine's words for what happens to a layer, in lower case. Mounted: the registry had it under another name. */
const phases: Readonly<Record<string, TransferPhase>> = {
  'pulling fs layer': 'waiting',
  preparing: 'waiting',
  waiting: 'waiting',
  downloading: 'transferring',
  pushing: 'transferring',
  'verifying checksum': 'transferred',
  'download complete': 'transferred',
  extracting: 'extracting',
  'already exists': 'existing',
  'layer already exists': 'existing',
  'pull complete': 'done',
  pushed: 'done',
};

/** One line of the stream of a pull or a push. Throws what the line says went wrong: the stream's status was 200. */
export function transferFromRecord(record: unknown): TransferStep {
  const line = object(record);
  const failure = text(object(line['errorDetail'])['message']) || text(line['error']);
  if (failure !== '') throw new EngineError('unexpected', failure);
  const status = text(line['status']);
  // Old engines only warn that they have brought an image of another platform than was asked for.
  const warning = /^WARNING: (.* does not match the specified platform.*)$/.exec(status)?.[1];
  if (warning !== undefined) throw new EngineError('unexpected', warning);
  const layerId = text(line['id']);
  const phase = layerId === '' ? undefined : phaseOf(status.toLowerCase());
  const detail = object(line['progressDetail']);
  return {
    layerId,
    status,
    ...(phase === undefined ? {} : { phase }),
    ...('current' in detail ? { currentBytes: number(detail['current']) } : {}),
    ...('total' in detail ? { totalBytes: number(detail['total']) } : {}),
    ...(status.startsWith('Status: Image is up to date') ? { isUpToDate: true } : {}),
  };
}

function phaseOf(status: string): TransferPhase | undefined {
  if (status.startsWith('mounted from')) return 'existing';
  return status.startsWith('retrying in') ? 'waiting' : phases[status];
}
