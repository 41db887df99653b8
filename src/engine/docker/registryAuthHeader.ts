import { dockerHub } from '../../model/imageReference.ts';
import type { RegistryAuth } from '../../model/registryAuth.ts';

/** The engine's name for Docker Hub, from the time of the first registry's API. */
const hubServer = 'https://index.docker.io/v1/';

/**
 * What goes into `X-Registry-Auth` of a request about an image of `registry`. Empty, as the engine wants it for a push,
 * without a credential; and also for one of another registry, which this one must never see.
 */
export function registryAuthHeader(
  registry: string,
  auth: RegistryAuth | undefined,
): Readonly<Record<string, string>> {
  if (auth?.registry !== registry) return {};
  const serveraddress = serverOf(registry);
  const { credential } = auth;
  return credential.kind === 'password'
    ? { username: credential.username, password: credential.password, serveraddress }
    : { identitytoken: credential.token, serveraddress };
}

/** What goes into `X-Registry-Config` of a build, which may need several registries: each with its own by its server. */
export function registryConfigHeader(
  auths: readonly RegistryAuth[],
): Readonly<Record<string, Readonly<Record<string, string>>>> {
  return Object.fromEntries(
    auths.map((auth) => [serverOf(auth.registry), registryAuthHeader(auth.registry, auth)]),
  );
}

/** A registry's name in logins, for the engine and for the docker CLI. */
export function serverOf(registry: string): string {
  return registry === dockerHub ? hubServer : registry;
}
