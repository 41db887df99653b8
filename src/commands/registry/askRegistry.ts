import { CancelledError } from '../../base/cancellation.ts';
import { isRefusal } from '../../model/knownLogins.ts';
import type { Deps, RegistryClient } from '../deps.ts';
import type { Logins } from '../transfer/logins.ts';

/**
 * Does something at a registry with the logins that are known, else with one that is asked for. Where a login would be sent
 * in the clear, the registry is asked as nobody first, and the user only when that does not do.
 */
export async function askRegistry<T>(
  deps: Deps,
  logins: Logins,
  host: string,
  signal: AbortSignal,
  attempt: (client: RegistryClient) => Promise<T>,
): Promise<T> {
  const { registries } = deps;
  if (registries.needsConsent(host)) {
    try {
      return await attempt(registries.client(host, undefined));
    } catch (error) {
      if (!isRefusal(error)) throw error;
    }
    await askConsent(deps, host);
  }
  return logins.use(host, signal, (auth) => attempt(registries.client(host, auth)));
}

/** Asks once for each registry, where there is need to. Rejects with `CancelledError` for a no. */
export async function askConsent({ t, prompts, registries }: Deps, host: string): Promise<void> {
  if (!registries.needsConsent(host)) return;
  const isAllowed = await prompts.confirm({
    message: t('Send your login to {registry} without encryption?', { registry: host }),
    detail: t(
      'The registry is listed with http://. Whoever is on the way there can read the user name and the password. This is asked once; signing out takes it back.',
    ),
    action: t('Send Unencrypted'),
  });
  if (!isAllowed) throw new CancelledError();
  await registries.setConsent(host, true);
}
