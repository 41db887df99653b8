import type { RegistryAuth } from '../../model/registryAuth.ts';
import { TransferError } from '../../model/transferError.ts';
import type { Deps } from '../deps.ts';

interface Login {
  readonly auth: RegistryAuth;
  readonly isToKeep: boolean;
}

/** The logins of one run of a command, which asks about a registry once, however many images it moves. */
export class Logins {
  private readonly deps: Deps;
  private readonly asked = new Map<string, Promise<Login | undefined>>();
  private lastQuestion: Promise<unknown> = Promise.resolve();

  constructor(deps: Deps) {
    this.deps = deps;
  }

  /**
   * Does something at a registry with the logins that are known, each until it is not refused; nameless where there is
   * none. When all are refused, or `asksFirst`, the user is asked, and what was typed is kept once it has worked.
   */
  async use<T>(
    registry: string,
    signal: AbortSignal,
    attempt: (auth: RegistryAuth | undefined) => Promise<T>,
    asksFirst = false,
  ): Promise<T> {
    const known = asksFirst
      ? { refusal: undefined }
      : await tryKnownLogins(this.deps, registry, signal, attempt);
    if ('result' in known) return known.result;
    const login = await this.ask(registry, known.refusal !== undefined);
    if (login === undefined) throw known.refusal ?? new TransferError('denied', registry, 'nobody signed in');
    const result = await attempt(login.auth);
    if (login.isToKeep) await this.keep(login.auth);
    return result;
  }

  /** One question at a time: the editor has one box for all. */
  private ask(registry: string, isRefused: boolean): Promise<Login | undefined> {
    const before = this.asked.get(registry);
    if (before !== undefined) return before;
    const login = this.lastQuestion.then(() => this.question(registry, isRefused));
    this.lastQuestion = login.catch(() => undefined);
    this.asked.set(registry, login);
    return login;
  }

  private async question(registry: string, isRefused: boolean): Promise<Login | undefined> {
    const { t, prompts } = this.deps;
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
    const isToKeep = await prompts.pickOne(
      t('Keep it in the editor’s secret storage for {registry}?', { registry }),
      [
        { value: true, label: t('Keep') },
        { value: false, label: t('Only This Time') },
      ],
    );
    return {
      auth: { registry, credential: { kind: 'password', username, password } },
      isToKeep: isToKeep ?? false,
    };
  }

  /** What was to be done is done: that the login is not kept is no failure of it. */
  private async keep(auth: RegistryAuth): Promise<void> {
    const { t, prompts, credentials, log } = this.deps;
    try {
      await credentials.keep(auth);
    } catch (error) {
      log.error(`the login for ${auth.registry} could not be kept`, error);
      prompts.tell(
        t('The editor could not keep the login for {registry}; the log has the reason.', {
          registry: auth.registry,
        }),
      );
    }
  }
}

/** Each of those that are known until one is not refused; nameless where there is none. Asks nobody. */
export async function tryKnownLogins<T>(
  { credentials }: Pick<Deps, 'credentials'>,
  registry: string,
  signal: AbortSignal,
  attempt: (auth: RegistryAuth | undefined) => Promise<T>,
): Promise<{ readonly result: T } | { readonly refusal: TransferError }> {
  let refusal: TransferError | undefined;
  for await (const { auth, isKept } of credentials.find(registry, signal)) {
    const tried = await unlessRefused(() => attempt(auth));
    if ('result' in tried) return tried;
    refusal = tried.refusal;
    if (isKept) await credentials.forget(registry);
  }
  return refusal === undefined ? unlessRefused(() => attempt(undefined)) : { refusal };
}

async function unlessRefused<T>(
  attempt: () => Promise<T>,
): Promise<{ readonly result: T } | { readonly refusal: TransferError }> {
  try {
    return { result: await attempt() };
  } catch (error) {
    if (error instanceof TransferError && error.problem === 'denied') return { refusal: error };
    throw error;
  }
}
