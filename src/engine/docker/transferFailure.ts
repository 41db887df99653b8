import type { EngineError } from '../../model/engineError.ts';
import { TransferError, type TransferProblem } from '../../model/transferError.ts';

/**
 * Registries' errors reach the engine's client as text alone: there is no code to branch on. The texts are those of the
 * distribution client inside Docker and Podman, of containerd's resolver, of Go's network library and of registries.
 * The first that fits counts: an answer of Docker Hub about a name that is not there speaks of denial too. Names of images
 * stand in them as well, so a word alone does not count where it may be one.
 */
const problems: readonly (readonly [TransferProblem, RegExp])[] = [
  ['denied', /no basic auth credentials/i],
  ['missingOrPrivate', /repository does not exist or may require|pull access denied/i],
  ['limited', /toomanyrequests|too many requests/i],
  ['plainHttp', /server gave HTTP response to HTTPS client/i],
  ['diskFull', /no space left on device/i],
  [
    'unreachable',
    /no such host|connection refused|connection reset|timeout|deadline exceeded|network is unreachable|no route to host|server misbehaving|request canceled while waiting/i,
  ],
  ['tls', /x509|tls: /i],
  ['platform', /no match(?:ing manifest)? for|does not match the specified platform/i],
  [
    'denied',
    /unauthorized: |authentication required|denied: |access (?:to the resource )?is denied|incorrect username or password|insufficient_scope|40[13] (?:unauthorized|forbidden)|HTTP 40[13]\b/i,
  ],
  ['missing', /manifest unknown|not found|name unknown|repository name not known/i],
];

/** What the engine says of a registry, as a `TransferError`; what is the engine's own trouble stays what it is. */
export function toTransferError(error: EngineError, registry: string): EngineError {
  if (error instanceof TransferError || error.hint !== undefined) return error;
  if (error.reason === 'unreachable' || error.reason === 'cancelled') return error;
  const problem = problems.find(([, pattern]) => pattern.test(error.message))?.[0];
  return problem === undefined ? error : new TransferError(problem, registry, error.message, error);
}
