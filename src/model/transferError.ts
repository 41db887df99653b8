import { EngineError, type EngineErrorReason } from './engineError.ts';

/**
 * `denied`: the registry wants to know who asks, or this one may not; `missingOrPrivate`: it does not say which;
 * `missing`: no such repository or tag; `platform`: the image is not made for the one asked for; `plainHttp`: the
 * registry has no TLS and the engine wants it; `tls`: the engine does not trust the certificate; `unreachable`: the
 * engine can't reach the registry; `limited`: asked too often; `corrupt`: what came is not what its digest says; `diskFull`:
 * the engine's.
 */
export type TransferProblem =
  | 'denied'
  | 'missingOrPrivate'
  | 'missing'
  | 'platform'
  | 'plainHttp'
  | 'tls'
  | 'unreachable'
  | 'limited'
  | 'corrupt'
  | 'diskFull';

const reasons: Readonly<Record<TransferProblem, EngineErrorReason>> = {
  denied: 'unauthorized',
  missingOrPrivate: 'notFound',
  missing: 'notFound',
  platform: 'notFound',
  // The engine itself is well: these are no reasons to doubt it.
  plainHttp: 'unexpected',
  tls: 'unexpected',
  unreachable: 'unexpected',
  limited: 'unexpected',
  corrupt: 'unexpected',
  diskFull: 'unexpected',
};

/** Why a pull or a push did not come about, where the engine is not to blame. `message` is the engine's own sentence. */
export class TransferError extends EngineError {
  readonly problem: TransferProblem;
  readonly registry: string;

  constructor(problem: TransferProblem, registry: string, message: string, cause?: unknown) {
    super(reasons[problem], message, { cause });
    this.problem = problem;
    this.registry = registry;
  }
}
