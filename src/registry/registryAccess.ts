import { isRefusal, tryKnownLogins } from '../model/knownLogins.ts';
import type { RegistryPlace } from '../model/registry.ts';
import type { FoundAuth, RegistryAuth } from '../model/registryAuth.ts';
import type { RegistryClient } from './registryClient.ts';

interface AccessOptions {
  readonly find: (registry: string, signal: AbortSignal) => AsyncIterable<FoundAuth> | Iterable<FoundAuth>;
  readonly open: (place: RegistryPlace, auth: RegistryAuth | undefined) => RegistryClient;
}

interface Good {
  readonly auth: RegistryAuth | undefined;
  readonly client: RegistryClient;
}

/**
 * Asks registries with the logins that are known, and remembers which one was taken: to look for logins again for every
 * row would start a credential helper for each. Never asks the user: a row that is opened by itself, after a restart,
 * may not open a box.
 */
export class RegistryAccess {
  private readonly options: AccessOptions;
  private readonly good = new Map<string, Good>();

  constructor(options: AccessOptions) {
    this.options = options;
  }

  isSignedIn(host: string): boolean {
    return this.good.get(host)?.auth !== undefined;
  }

  forget(host: string): void {
    this.good.delete(host);
  }

  async use<T>(
    place: RegistryPlace,
    signal: AbortSignal,
    attempt: (client: RegistryClient) => Promise<T>,
  ): Promise<T> {
    const { find, open } = this.options;
    const { host } = place;
    const good = this.good.get(host);
    if (good !== undefined) {
      try {
        return await attempt(good.client);
      } catch (error) {
        if (!isRefusal(error)) throw error;
      }
    }
    const tried = await tryKnownLogins(find(host, signal), async (auth) => {
      const client = open(place, auth);
      const result = await attempt(client);
      this.good.set(host, { auth, client });
      return result;
    });
    if ('result' in tried) return tried.result;
    throw tried.refusal;
  }
}
