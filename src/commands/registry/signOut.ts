import { registryKey } from '../../model/registryKeys.ts';
import { action } from '../verb.ts';
import { chooseRegistry } from './chooseRegistry.ts';

/** Takes a registry's logins away, wherever they are: the docker CLI is signed out as well. */
export const signOut = action(async (deps, signal, args) => {
  const { t, prompts, registries, credentials } = deps;
  const registry = await chooseRegistry(
    deps,
    args,
    t('Sign out at which registry?'),
    ({ host, hasLogin }) => hasLogin || registries.state.signedIn.has(host),
  );
  if (registry === undefined) return;
  const { host } = registry;
  const emptied = await credentials.signOut(host, signal);
  await registries.setConsent(host, false);
  await registries.refresh(registryKey(host));
  prompts.tell(
    emptied.length === 0
      ? t('Nobody was signed in at {registry}.', { registry: host })
      : t('Signed out at {registry}.', { registry: host }),
  );
});
