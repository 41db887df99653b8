import { isCancelled } from '../base/cancellation.ts';

/** What code may branch on. The message is for people and the log only. */
export type EngineErrorReason =
  | 'unreachable'
  | 'unauthorized'
  | 'notFound'
  | 'conflict'
  | 'timeout'
  | 'unsupported'
  | 'cancelled'
  | 'unexpected';

export interface EngineErrorOptions {
  readonly cause?: unknown;
  /** Finer than the reason where the next step differs, for example `permission` beside `unauthorized`. */
  readonly hint?: EngineErrorHint;
}

/**
 * `permission`: the socket is there but this user may not open it; `missing`: no socket there; `refused`: nothing
 * listens; `garbage`: what answers is not an engine; `silent`: it accepts and never answers; `endpoint`: the address
 * can't be read; `tls`: the certificate is the trouble.
 */
export type EngineErrorHint =
  | 'permission'
  | 'missing'
  | 'refused'
  | 'garbage'
  | 'silent'
  | 'endpoint'
  | 'tls';

/** Every failure of an engine, converted once, at the adapter. `message` is the engine's own sentence where it gave one. */
export class EngineError extends Error {
  readonly reason: EngineErrorReason;
  readonly hint: EngineErrorHint | undefined;

  constructor(reason: EngineErrorReason, message: string, options: EngineErrorOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.name = 'EngineError';
    this.reason = reason;
    this.hint = options.hint;
  }
}

/** Also of an error that another bundle has made, whose class is another one. */
export function hasReason(error: unknown, reason: EngineErrorReason): boolean {
  return error instanceof Error && 'reason' in error && error.reason === reason;
}

/** Any thrown value as an `EngineError`; those that are one already pass through. */
export function asEngineError(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  if (isCancelled(error)) return new EngineError('cancelled', 'cancelled', { cause: error });
  return new EngineError('unexpected', error instanceof Error ? error.message : String(error), {
    cause: error,
  });
}
