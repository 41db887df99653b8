import { dockerHub } from '../model/imageReference.ts';

/** What the docker CLI files Docker Hub's logins under, from the time of the first registry's API. */
const hubKey = 'https://index.docker.io/v1/';
const hubHosts: readonly string[] = [dockerHub, 'index.docker.io', 'registry-1.docker.io'];

/** A registry's name for credential helpers and for the docker config. */
export function serverKey(registry: string): string {
  return registry === dockerHub ? hubKey : registry;
}

/** Whether an entry of the docker config is about a registry: old logins wrote addresses with a scheme and a path. */
export function isKeyOf(key: string, registry: string): boolean {
  return registryOf(key) === registry;
}

/** The registry, as in references, that an entry of the docker config is about. */
export function registryOf(key: string): string {
  const host = key.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
  return hubHosts.includes(host) ? dockerHub : host;
}
