import { isRecord } from '../base/record.ts';
import type { Logger } from '../base/logger.ts';
import type { FoundAuth, LoginStore, RegistryAuth } from '../model/registryAuth.ts';
import {
  askHelper,
  eraseFromHelper,
  type HelperOptions,
  listHelper,
  storeInHelper,
} from './credentialHelper.ts';
import {
  authFor,
  type DockerConfig,
  emptyDockerConfig,
  helperFor,
  readDockerConfig,
} from './dockerConfig.ts';
import { writeDockerLogin } from './dockerConfigFile.ts';
import { registryOf, serverKey } from './serverKeys.ts';

/** The editor's secret storage, as far as it is used here. */
export interface Secrets {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
}

/** Logins at registries: those of the docker CLI (its config and its helpers), and those that the editor keeps. */
export class RegistryCredentials {
  private readonly secrets: Secrets;
  private readonly log: Logger;
  private readonly options: HelperOptions;

  constructor(secrets: Secrets, log: Logger, options: HelperOptions) {
    this.secrets = secrets;
    this.log = log;
    this.options = options;
  }

  /**
   * What there is for a registry, best first; each is looked for when it is asked for. Never rejects: most images need
   * no login, so what can't be read is left out, and the log says why.
   */
  async *find(registry: string, signal: AbortSignal): AsyncGenerator<FoundAuth> {
    const config = await this.readConfig();
    const helper = helperFor(config, registry);
    const fromHelper = helper === undefined ? undefined : await this.askHelper(helper, registry, signal);
    if (fromHelper !== undefined) yield { auth: { registry, credential: fromHelper }, isKept: false };
    const fromConfig = authFor(config, registry);
    if (fromConfig !== undefined) yield { auth: { registry, credential: fromConfig }, isKept: false };
    const kept = await this.readKept(registry);
    if (kept !== undefined) yield { auth: { registry, credential: kept }, isKept: true };
  }

  async keep({ registry, credential }: RegistryAuth): Promise<void> {
    await this.secrets.store(secretKey(registry), JSON.stringify(credential));
  }

  async forget(registry: string): Promise<void> {
    await this.secrets.delete(secretKey(registry));
  }

  /**
   * Keeps a login where `docker login` would: with the registry's helper, so that CLI and editor share it. Without one
   * the CLI would write the password into its config, in plain text; the editor's secret storage is encrypted, so it
   * goes there. Only where the config has this registry's password already is it replaced in there: left as it is, the
   * old one would be tried first for ever, and the file is no more secret without it.
   */
  async signIn(auth: RegistryAuth, signal: AbortSignal): Promise<LoginStore> {
    const { registry, credential } = auth;
    const config = await readDockerConfig(this.options.env);
    const helper = helperFor(config, registry);
    if (helper !== undefined) {
      await storeInHelper(helper, serverKey(registry), credential, signal, this.options);
      await this.forget(registry);
      return 'helper';
    }
    if (authFor(config, registry) !== undefined) {
      await writeDockerLogin(this.options.env, registry, credential);
      await this.forget(registry);
      return 'dockerConfig';
    }
    await this.keep(auth);
    return 'editor';
  }

  /** Takes the logins of a registry away, wherever they are; says where there was one. */
  async signOut(registry: string, signal: AbortSignal): Promise<readonly LoginStore[]> {
    const config = await readDockerConfig(this.options.env);
    const emptied: LoginStore[] = [];
    const helper = helperFor(config, registry);
    const key = serverKey(registry);
    if (helper !== undefined && (await askHelper(helper, key, signal, this.options)) !== undefined) {
      await eraseFromHelper(helper, key, signal, this.options);
      emptied.push('helper');
    }
    if (authFor(config, registry) !== undefined) {
      await writeDockerLogin(this.options.env, registry, undefined);
      emptied.push('dockerConfig');
    }
    if ((await this.readKept(registry)) !== undefined) {
      await this.forget(registry);
      emptied.push('editor');
    }
    return emptied;
  }

  /** Registries that the docker config names; nothing is asked about them. */
  async servers(): Promise<readonly string[]> {
    return (await this.readConfig()).servers;
  }

  /** Registries whose logins the helper of all others keeps, as far as it tells. Never rejects. */
  async storedServers(signal: AbortSignal): Promise<readonly string[]> {
    const { store = '' } = await this.readConfig();
    if (store === '') return [];
    try {
      return [...new Set((await listHelper(store, signal, this.options)).map(registryOf))];
    } catch (error) {
      if (!signal.aborted) this.log.warn(`the credential helper’s list is left out: ${messageOf(error)}`);
      return [];
    }
  }

  private async readConfig(): Promise<DockerConfig> {
    return readDockerConfig(this.options.env).catch((error: unknown) => {
      this.log.warn(`the docker config is left out: ${messageOf(error)}`);
      return emptyDockerConfig;
    });
  }

  private async readKept(registry: string): Promise<RegistryAuth['credential'] | undefined> {
    try {
      return parseKept(await this.secrets.get(secretKey(registry)));
    } catch (error) {
      this.log.warn(`the editor’s secret storage is left out: ${messageOf(error)}`);
      return undefined;
    }
  }

  private async askHelper(
    helper: string,
    registry: string,
    signal: AbortSignal,
  ): Promise<RegistryAuth['credential'] | undefined> {
    try {
      return await askHelper(helper, serverKey(registry), signal, this.options);
    } catch (error) {
      if (!signal.aborted) this.log.warn(`no login for ${registry} from its helper: ${messageOf(error)}`);
      return undefined;
    }
  }
}

function secretKey(registry: string): string {
  return `quayside.registry/${registry}`;
}

/** Undefined for what was written by nobody, or by a later version. */
function parseKept(text: string | undefined): RegistryAuth['credential'] | undefined {
  if (text === undefined) return undefined;
  let kept: unknown;
  try {
    kept = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(kept) || kept['kind'] !== 'password') return undefined;
  const { username, password } = kept;
  return typeof username === 'string' && typeof password === 'string'
    ? { kind: 'password', username, password }
    : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
