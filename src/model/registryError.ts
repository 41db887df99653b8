import { EngineError, type EngineErrorReason } from './engineError.ts';

/**
 * `unreachable`: nothing answers at its address; `silent`: it took the connection and did not answer; `tls`: its
 * certificate is not trusted; `denied`: it wants to know who asks, or this one may not; `missing`: no such repository,
 * tag or manifest; `noCatalog`: it does not list its repositories; `limited`: asked too often; `foreign`: what answers
 * is no registry; `oversized`: an answer without an end; `corrupt`: the content is not what its digest says;
 * `unknownManifest`: of a type that is not known here; `undeletable`: it does not let anybody delete; `failed`: it says
 * that it could not.
 */
export type RegistryProblem =
  | 'unreachable'
  | 'silent'
  | 'tls'
  | 'denied'
  | 'missing'
  | 'noCatalog'
  | 'limited'
  | 'foreign'
  | 'oversized'
  | 'corrupt'
  | 'unknownManifest'
  | 'undeletable'
  | 'failed';

/** To the rest of the house a registry's failures are never the engine's: those have reasons of their own. */
function reasonOf(problem: RegistryProblem): EngineErrorReason {
  if (problem === 'denied') return 'unauthorized';
  return problem === 'missing' ? 'notFound' : 'unexpected';
}

interface RegistryErrorOptions {
  readonly cause?: unknown;
  /** When it may be asked again, as it said. */
  readonly retryAfterSeconds?: number | undefined;
}

/** Why a registry did not do what it was asked. `message` is its own sentence, where it gave one. */
export class RegistryError extends EngineError {
  readonly problem: RegistryProblem;
  /** As in references: `docker.io`, `localhost:5000`. */
  readonly registry: string;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    problem: RegistryProblem,
    registry: string,
    message: string,
    options: RegistryErrorOptions = {},
  ) {
    super(reasonOf(problem), message, { cause: options.cause });
    this.name = 'RegistryError';
    this.problem = problem;
    this.registry = registry;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
