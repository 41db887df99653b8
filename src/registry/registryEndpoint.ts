import { dockerHub } from '../model/imageReference.ts';
import { isLoopback, type RegistryPlace } from '../model/registry.ts';

/** The addresses to try for a registry, best first. */
export interface RegistryEndpoint {
  readonly base: URL;
  readonly isUnverified: boolean;
}

/**
 * As the docker daemon does: a registry on this machine may do without TLS, or with a certificate of its own making;
 * any other gets TLS, unless the user said that it has none.
 */
export function endpointsOf({ host, isPlainHttp }: RegistryPlace): readonly RegistryEndpoint[] {
  const server = host === dockerHub ? 'registry-1.docker.io' : host;
  const plain = { base: new URL(`http://${server}/`), isUnverified: false };
  if (isPlainHttp) return [plain];
  const isUnverified = isLoopback(plain.base.hostname);
  const secure = { base: new URL(`https://${server}/`), isUnverified };
  return isUnverified ? [secure, plain] : [secure];
}
