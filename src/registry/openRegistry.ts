import type { Clock } from '../base/async.ts';
import { kindOfRegistry, type Platform, type RegistryPlace } from '../model/registry.ts';
import type { RegistryAuth } from '../model/registryAuth.ts';
import { DistributionClient } from './distributionClient.ts';
import type { Exchange } from './http.ts';
import { HubClient } from './hubClient.ts';
import type { RegistryClient } from './registryClient.ts';
import { RegistryConnection } from './registryConnection.ts';

export interface RegistryParts {
  readonly exchange: Exchange;
  readonly clock: Clock;
  /** Of this machine's engine, as far as that can be told. */
  readonly preferred: Platform;
}

/** A client of a registry, as one person or as nobody. Nothing is asked before its first request. */
export function openRegistry(
  place: RegistryPlace,
  auth: RegistryAuth | undefined,
  { exchange, clock, preferred }: RegistryParts,
): RegistryClient {
  const connection = new RegistryConnection({ place, auth, exchange, clock });
  const registry = new DistributionClient(connection, preferred);
  return kindOfRegistry(place.host) === 'hub'
    ? new HubClient({ exchange, clock, preferred, registry, credential: auth?.credential })
    : registry;
}

/** Containers are Linux's also where the editor is not. */
export function preferredPlatform(nodeArchitecture: string): Platform {
  const architecture = nodeArchitecture === 'x64' ? 'amd64' : nodeArchitecture;
  return { os: 'linux', architecture, variant: '' };
}
