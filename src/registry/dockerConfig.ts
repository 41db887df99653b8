import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { isRecord } from '../base/record.ts';
import type { RegistryAuth } from '../model/registryAuth.ts';
import { isKeyOf, registryOf, serverKey } from './serverKeys.ts';

type Credential = RegistryAuth['credential'];

/** The part of the docker CLI's `config.json` that is about logins; all by the CLI's keys of registries. */
export interface DockerConfig {
  /** Registries that somebody has logged in at, also where a helper keeps the login. */
  readonly servers: readonly string[];
  readonly auths: ReadonlyMap<string, Credential>;
  /** Names of helpers, without the `docker-credential-` before them. */
  readonly helpers: ReadonlyMap<string, string>;
  /** The helper of all others. */
  readonly store: string | undefined;
}

export const emptyDockerConfig: DockerConfig = {
  servers: [],
  auths: new Map(),
  helpers: new Map(),
  store: undefined,
};

export function dockerConfigPath(env: Readonly<Record<string, string | undefined>>): string {
  const given = env['DOCKER_CONFIG'] ?? '';
  return join(given === '' ? join(homedir(), '.docker') : given, 'config.json');
}

/** Rejects for a file that can't be read or is no JSON; its content is not in the error. One that is missing is empty. */
export async function readDockerConfig(
  env: Readonly<Record<string, string | undefined>>,
): Promise<DockerConfig> {
  const path = dockerConfigPath(env);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '{}';
    throw error;
  });
  const config = parseDockerConfig(text);
  if (config === undefined) throw new Error(`${path} is not JSON`);
  return config;
}

/** Undefined for what is no JSON; entries that say nothing are left out. */
export function parseDockerConfig(text: string): DockerConfig | undefined {
  let config: unknown;
  try {
    config = JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, and the text has passwords in it.
    return undefined;
  }
  if (!isRecord(config)) return emptyDockerConfig;
  const store = config['credsStore'];
  const servers = [config['auths'], config['credHelpers']].flatMap((map) =>
    Object.keys(isRecord(map) ? map : {}),
  );
  return {
    servers: [...new Set(servers.map(registryOf))],
    auths: entries(config['auths'], toCredential),
    helpers: entries(config['credHelpers'], (name) => (typeof name === 'string' ? name : undefined)),
    store: typeof store === 'string' ? store : undefined,
  };
}

/** The helper to ask about a registry: its own, else that of all. An empty name says that this one has none. */
export function helperFor({ helpers, store }: DockerConfig, registry: string): string | undefined {
  const name = entryFor(helpers, registry) ?? store;
  return name === '' ? undefined : name;
}

export function authFor({ auths }: DockerConfig, registry: string): Credential | undefined {
  return entryFor(auths, registry);
}

/** The key as the CLI writes it now goes before older forms of it. */
function entryFor<T>(map: ReadonlyMap<string, T>, registry: string): T | undefined {
  const key = serverKey(registry);
  return map.get(key) ?? [...map].find(([other]) => isKeyOf(other, registry))?.[1];
}

function entries<T>(value: unknown, read: (item: unknown) => T | undefined): ReadonlyMap<string, T> {
  const map = new Map<string, T>();
  for (const [key, item] of Object.entries(isRecord(value) ? value : {})) {
    const known = read(item);
    if (known !== undefined) map.set(key, known);
  }
  return map;
}

/** `auth` is `user:password` in base 64, and stands for both; the CLI leaves empty entries beside its helpers. */
function toCredential(entry: unknown): Credential | undefined {
  if (!isRecord(entry)) return undefined;
  const token = entry['identitytoken'];
  if (typeof token === 'string' && token !== '') return { kind: 'identityToken', token };
  const auth = entry['auth'];
  const decoded = typeof auth === 'string' ? Buffer.from(auth, 'base64').toString('utf8') : '';
  const colon = decoded.indexOf(':');
  if (colon > 0)
    return {
      kind: 'password',
      username: decoded.slice(0, colon),
      // Some old clients padded with zero bytes.
      password: decoded.slice(colon + 1).replace(/\0+$/, ''),
    };
  const { username, password } = entry;
  return typeof username === 'string' && username !== '' && typeof password === 'string'
    ? { kind: 'password', username, password }
    : undefined;
}
