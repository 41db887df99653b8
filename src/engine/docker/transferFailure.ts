import { EngineError } from '../../model/engineError.ts';
import { TransferError } from '../../model/transferError.ts';
import { transferProblemOf } from '../../model/transferProblem.ts';

/** What the engine says of a registry, as a `TransferError`; what is the engine's own trouble stays what it is. */
export function toTransferError(error: EngineError, registry: string): EngineError {
  if (error instanceof TransferError || error.hint !== undefined) return error;
  if (error.reason === 'unreachable' || error.reason === 'cancelled') return error;
  // Podman's answer for a call that it does not have, without a word of any image.
  if (error.reason === 'notFound' && error.message === 'Not Found')
    return new EngineError('unsupported', `it does not ask ${registry} for its clients`, { cause: error });
  const problem = transferProblemOf(error.message);
  return problem === undefined ? error : new TransferError(problem, registry, error.message, error);
}
