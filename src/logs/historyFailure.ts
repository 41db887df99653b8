import { oneLine } from '../base/format.ts';
import { asEngineError } from '../model/engineError.ts';
import type { LogHistory } from '../model/log.ts';
import { DiskFullError } from './spool/spoolWriteError.ts';

/** What is said of older lines when reading them failed. */
export function historyFailure(error: unknown): LogHistory {
  if (error instanceof DiskFullError) return { phase: 'diskFull', pendingLines: 0 };
  const { reason, message } = asEngineError(error);
  switch (reason) {
    case 'notFound':
      return { phase: 'gone', pendingLines: 0 };
    case 'unreachable':
    case 'timeout':
      return { phase: 'unreachable', pendingLines: 0 };
    default:
      return { phase: 'failed', pendingLines: 0, reason: oneLine(message) };
  }
}
