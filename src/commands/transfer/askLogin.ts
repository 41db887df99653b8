import type { RegistryAuth } from '../../model/registryAuth.ts';
import type { Deps } from '../deps.ts';

/** Who asks at a registry, as the user types it; undefined when they turned away. */
export async function askLogin(
  { t, prompts }: Deps,
  registry: string,
  isRefused: boolean,
): Promise<RegistryAuth | undefined> {
  const username = await prompts.input({
    title: t('User name at {registry}', { registry }),
    value: '',
    ...(isRefused
      ? { prompt: t('{registry} refused access: it wants a login that may do this.', { registry }) }
      : {}),
  });
  if (username === undefined || username === '') return undefined;
  const password = await prompts.input({
    title: t('Password or access token of {username} at {registry}', { username, registry }),
    value: '',
    isPassword: true,
  });
  if (password === undefined || password === '') return undefined;
  return { registry, credential: { kind: 'password', username, password } };
}
