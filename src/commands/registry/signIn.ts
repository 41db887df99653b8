import type { Localize } from '../../base/localize.ts';
import type { LoginStore, RegistryAuth } from '../../model/registryAuth.ts';
import { RegistryError } from '../../model/registryError.ts';
import { registryKey } from '../../model/registryKeys.ts';
import { CommandFailure } from '../commandFailure.ts';
import type { Deps } from '../deps.ts';
import { askLogin } from '../transfer/askLogin.ts';
import { action } from '../verb.ts';
import { askConsent } from './askRegistry.ts';
import { chooseRegistry } from './chooseRegistry.ts';

/** Keeps a login once the registry has taken it. */
export const signIn = action(async (deps, signal, args) => {
  const registry = await chooseRegistry(deps, args, deps.t('Sign in at which registry?'));
  if (registry !== undefined) await signInAt(deps, registry.host, signal, false);
});

async function signInAt(deps: Deps, host: string, signal: AbortSignal, isRefused: boolean): Promise<void> {
  const { t, prompts, registries, credentials } = deps;
  await askConsent(deps, host);
  const auth = await askLogin(deps, host, isRefused);
  if (auth === undefined) return;
  await prompts.progress(t('Signing in at {registry}', { registry: host }), async (progressSignal) => {
    await check(deps, auth, AbortSignal.any([signal, progressSignal]));
  });
  const store = await credentials.signIn(auth, signal).catch((error: unknown) => {
    const said = error instanceof Error ? error.message : String(error);
    throw new CommandFailure(
      'unexpected',
      t('{registry} took the login, but it could not be kept: {said}. Correct that, then sign in again.', {
        registry: host,
        said,
      }),
      { cause: error },
    );
  });
  await registries.refresh(registryKey(host));
  prompts.tell(signedIn(host, store, t));
}

async function check(deps: Deps, auth: RegistryAuth, signal: AbortSignal): Promise<void> {
  const { t, registries } = deps;
  const { registry } = auth;
  try {
    await registries.client(registry, auth).ping(signal);
  } catch (error) {
    if (!(error instanceof RegistryError) || error.problem !== 'denied') throw error;
    throw new CommandFailure(
      'unauthorized',
      t(
        '{registry} does not take this user name and password. Many want an access token in place of a password.',
        {
          registry,
        },
      ),
      {
        cause: error,
        nextSteps: [{ label: t('Sign In…'), run: (again) => signInAt(deps, registry, again, true) }],
      },
    );
  }
}

function signedIn(registry: string, store: LoginStore, t: Localize): string {
  switch (store) {
    case 'helper':
      return t('Signed in at {registry}. The docker config’s credential helper keeps the login.', {
        registry,
      });
    case 'dockerConfig':
      return t('Signed in at {registry}. The login took the place of the old one in the docker config.', {
        registry,
      });
    case 'editor':
      return t('Signed in at {registry}. The editor’s secret storage keeps the login.', { registry });
  }
}
