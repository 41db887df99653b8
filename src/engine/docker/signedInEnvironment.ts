import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { isRecord } from '../../base/record.ts';
import type { RegistryAuth } from '../../model/registryAuth.ts';
import { serverOf } from './registryAuthHeader.ts';

const configFile = 'config.json';

/**
 * The environment of a docker CLI that is signed in at these registries too: a docker config of its own, which is the
 * user's with the logins added. Its folder, made below `folder`, is the caller's to delete; nothing is written to the user's.
 */
export async function signedInEnvironment(
  env: NodeJS.ProcessEnv,
  auths: readonly RegistryAuth[],
  folder: string,
): Promise<NodeJS.ProcessEnv> {
  if (auths.length === 0) return env;
  const given = env['DOCKER_CONFIG'] ?? '';
  const own = given === '' ? join(homedir(), '.docker') : given;
  const made = join(folder, 'config');
  await mkdir(made, { recursive: true, mode: 0o700 });
  await linkFolders(own, made);
  const config = withLogins(await readFile(join(own, configFile), 'utf8').catch(() => '{}'), auths);
  await writeFile(join(made, configFile), config, { mode: 0o600 });
  // Builders that buildx makes or chooses meanwhile are to stay.
  return { BUILDX_CONFIG: join(own, 'buildx'), ...env, DOCKER_CONFIG: made };
}

/** Contexts, plugins, certificates of registries: whatever the CLI looks for beside its `config.json`. */
async function linkFolders(from: string, to: string): Promise<void> {
  const entries = await readdir(from, { withFileTypes: true }).catch(() => []);
  // Never the file that is written anew, which may itself be a link. Links to other files take rights on Windows that
  // few have, and the CLI can do without.
  for (const entry of entries)
    if (!entry.isFile() && entry.name !== configFile)
      await symlink(join(from, entry.name), join(to, entry.name), 'junction');
}

/** A `config.json` with logins added. For their registries no credential helper is asked: it knows nothing of them. */
export function withLogins(text: string, auths: readonly RegistryAuth[]): string {
  const config = parse(text);
  const entries = auths.map(({ registry, credential }) => [serverOf(registry), entryOf(credential)] as const);
  const unhelped = entries.map(([server]) => [server, ''] as const);
  return JSON.stringify({
    ...config,
    auths: { ...record(config['auths']), ...Object.fromEntries(entries) },
    credHelpers: { ...record(config['credHelpers']), ...Object.fromEntries(unhelped) },
  });
}

function entryOf(credential: RegistryAuth['credential']): object {
  if (credential.kind === 'identityToken') return { identitytoken: credential.token };
  const { username, password } = credential;
  return { auth: Buffer.from(`${username}:${password}`).toString('base64') };
}

/** What is no JSON is the CLI's to complain about in the builds that need no login. */
function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    return record(JSON.parse(text));
  } catch {
    return {};
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}
