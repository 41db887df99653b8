import { hasReason } from '../model/engineError.ts';
import type { HistoryPhase } from '../model/log.ts';
import { DiskFullError } from './spool/diskFull.ts';

/** What is said of older lines when reading them failed. */
export function failedPhase(error: unknown): HistoryPhase {
  if (error instanceof DiskFullError) return 'diskFull';
  return hasReason(error, 'notFound') ? 'gone' : 'failed';
}
