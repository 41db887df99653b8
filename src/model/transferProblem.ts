import type { TransferProblem } from './transferError.ts';

/**
 * Registries' errors reach the engine's client as text alone: there is no code to branch on. The texts are those of the
 * distribution client inside Docker and Podman, of containerd's resolver, of Go's network library and of registries.
 * The first that fits counts: an answer of Docker Hub about a name that is not there speaks of denial too. Names of images
 * stand in them as well, so a word alone does not count where it may be one.
 */
const problems: readonly (readonly [TransferProblem, RegExp])[] = [
  ['denied', /no basic auth credentials/i],
  ['missingOrPrivate', /repository does not exist or may require|pull access denied/i],
  ['limited', /toomanyrequests|too many requests|HTTP 429\b/i],
  ['plainHttp', /server gave HTTP response to HTTPS client/i],
  ['corrupt', /(?:layer|manifest) verification failed|unexpected commit digest/i],
  ['diskFull', /no space left on device/i],
  [
    'unreachable',
    /no such host|connection refused|connection reset|timeout|deadline exceeded|network is unreachable|no route to host|server misbehaving|unexpected EOF|request canceled while waiting/i,
  ],
  ['tls', /x509|tls: /i],
  ['platform', /no match(?:ing manifest)? for|does not match the specified platform/i],
  [
    'denied',
    /unauthorized: |authentication required|denied: |access (?:to the resource )?is denied|incorrect username or password|insufficient_scope|40[13] (?:unauthorized|forbidden)|HTTP 40[13]\b/i,
  ],
  ['missing', /manifest unknown|not found|name unknown|repository name not known/i],
];

/** What stands in the way, by what was said about it; undefined where the text tells of nothing that is known. */
export function transferProblemOf(message: string): TransferProblem | undefined {
  return problems.find(([, pattern]) => pattern.test(message))?.[0];
}
