import { isCancelled } from '../base/cancellation.ts';
import { EngineError } from '../model/engineError.ts';
import { ArchiveError } from '../archive/archiveError.ts';
import type { SentError } from './messages.ts';

export function toSentError(error: unknown): SentError {
  if (error instanceof ArchiveError)
    return { kind: 'archive', problem: error.problem, message: error.message };
  if (error instanceof EngineError) {
    const { reason, hint, message } = error;
    return { kind: 'engine', reason, hint, message };
  }
  if (isCancelled(error))
    return { kind: 'engine', reason: 'cancelled', hint: undefined, message: 'cancelled' };
  if (error instanceof Error && 'code' in error && typeof error.code === 'string')
    return { kind: 'file', code: error.code, message: error.message };
  return { kind: 'other', message: error instanceof Error ? error.message : String(error) };
}

export function fromSentError(error: SentError): Error {
  switch (error.kind) {
    case 'archive':
      return new ArchiveError(error.problem, error.message);
    case 'engine': {
      const { reason, hint, message } = error;
      return new EngineError(reason, message, hint === undefined ? {} : { hint });
    }
    case 'file':
      return Object.assign(new Error(error.message), { code: error.code });
    case 'other':
      return new Error(error.message);
  }
}
