import { CancelledError, isCancelled } from '../../base/cancellation.ts';
import { EngineError, type EngineErrorHint, type EngineErrorReason } from '../../model/engineError.ts';

/** An answer with a status that is no success; `message` is what the engine said. */
export class StatusError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'StatusError';
    this.status = status;
  }
}

const reasonByStatus: Readonly<Record<number, EngineErrorReason>> = {
  401: 'unauthorized',
  403: 'unauthorized',
  404: 'notFound',
  405: 'unsupported',
  408: 'timeout',
  409: 'conflict',
  501: 'unsupported',
  504: 'timeout',
};

const reasonByCode: Readonly<Record<string, readonly [EngineErrorReason, EngineErrorHint?]>> = {
  ENOENT: ['unreachable', 'missing'],
  ECONNREFUSED: ['unreachable', 'refused'],
  ECONNRESET: ['unreachable'],
  EPIPE: ['unreachable'],
  ENOTFOUND: ['unreachable'],
  EAI_AGAIN: ['unreachable'],
  EHOSTUNREACH: ['unreachable'],
  ENETUNREACH: ['unreachable'],
  ENOTSOCK: ['unreachable', 'missing'],
  ETIMEDOUT: ['timeout', 'silent'],
  EACCES: ['unauthorized', 'permission'],
  EPERM: ['unauthorized', 'permission'],
  ERR_STREAM_PREMATURE_CLOSE: ['unreachable'],
};

/** Converts whatever a call threw; the cause is kept. */
export function toEngineError(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  if (isCancelled(error) || error instanceof CancelledError)
    return new EngineError('cancelled', 'cancelled', { cause: error });
  if (error instanceof StatusError)
    return new EngineError(reasonByStatus[error.status] ?? 'unexpected', error.message, { cause: error });
  const message = error instanceof Error ? error.message : String(error);
  const code = errorCode(error);
  if (code.startsWith('HPE_'))
    return new EngineError('unexpected', 'what answers there does not speak HTTP', {
      cause: error,
      hint: 'garbage',
    });
  if (/^(ERR_SSL|ERR_TLS|CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|ERR_OSSL)/.test(code))
    return new EngineError('unauthorized', message, { cause: error, hint: 'tls' });
  const [reason, hint] = reasonByCode[code] ?? ['unexpected'];
  return new EngineError(reason, message, { cause: error, ...(hint === undefined ? {} : { hint }) });
}

function errorCode(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}
