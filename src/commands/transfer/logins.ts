import { type Tried, tryKnownLogins } from '../../model/knownLogins.ts';
import type { RegistryAuth } from '../../model/registryAuth.ts';
import { TransferError } from '../../model/transferError.ts';
import type { Deps } from '../deps.ts';
import { askLogin } from './askLogin.ts';

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
      : await useKnownLogins(this.deps, registry, signal, attempt);
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
    const auth = await askLogin(this.deps, registry, isRefused);
    if (auth === undefined) return undefined;
    const isToKeep = await prompts.pickOne(
      t('Keep it in the editor’s secret storage for {registry}?', { registry }),
      [
        { value: true, label: t('Keep') },
        { value: false, label: t('Only This Time') },
      ],
    );
    return { auth, isToKeep: isToKeep ?? false };
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

/** What the user let the editor keep, and is refused, is forgotten. Asks nobody. */
export function useKnownLogins<T>(
  { credentials }: Pick<Deps, 'credentials'>,
  registry: string,
  signal: AbortSignal,
  attempt: (auth: RegistryAuth | undefined) => Promise<T>,
): Promise<Tried<T>> {
  return tryKnownLogins(credentials.find(registry, signal), attempt, async ({ isKept }) => {
    if (isKept) await credentials.forget(registry);
  });
}
