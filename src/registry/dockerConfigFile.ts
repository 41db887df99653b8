import { readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { isRecord } from '../base/record.ts';
import type { RegistryAuth } from '../model/registryAuth.ts';
import { dockerConfigPath } from './dockerConfig.ts';
import { isKeyOf, serverKey } from './serverKeys.ts';

/** Replaces or takes away a registry's login in the docker config. The file is whole at any time, and no more open. */
export async function writeDockerLogin(
  env: Readonly<Record<string, string | undefined>>,
  registry: string,
  credential: RegistryAuth['credential'] | undefined,
): Promise<void> {
  // A config may be a link into somebody's dotfiles.
  const path = await realpath(dockerConfigPath(env));
  const changed = replaceLogin(await readFile(path, 'utf8'), registry, credential);
  if (changed === undefined) throw new Error(`${path} is not JSON`);
  const { mode } = await stat(path);
  const beside = `${path}.quayside-${String(process.pid)}`;
  try {
    await writeFile(beside, changed, { mode: mode & 0o777, flag: 'wx' });
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

/** The config's text with another login, all else as it was; undefined for what is no JSON object. */
export function replaceLogin(
  text: string,
  registry: string,
  credential: RegistryAuth['credential'] | undefined,
): string | undefined {
  let config: unknown;
  try {
    config = JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, and the text has passwords in it.
    return undefined;
  }
  if (!isRecord(config)) return undefined;
  const before = isRecord(config['auths']) ? config['auths'] : {};
  const others = Object.entries(before).filter(([key]) => !isKeyOf(key, registry));
  const own = credential === undefined ? [] : [[serverKey(registry), toEntry(credential)]];
  const auths: unknown = Object.fromEntries([...others, ...own]);
  // As the CLI writes it.
  return JSON.stringify({ ...config, auths }, undefined, '\t');
}

function toEntry(credential: RegistryAuth['credential']): object {
  if (credential.kind === 'identityToken') return { identitytoken: credential.token };
  const { username, password } = credential;
  return { auth: Buffer.from(`${username}:${password}`, 'utf8').toString('base64') };
}
