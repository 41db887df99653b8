import { createHash } from 'node:crypto';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { toEngineId } from '../../model/identity.ts';
import type { EngineDescription } from '../engineSet.ts';
import { DockerEngine } from './dockerEngine.ts';
import { type Endpoint, parseEndpoint, printEndpoint, type TlsMaterial } from './endpoint.ts';
import { object, text } from '../../base/json.ts';

export interface DiscoveryInput {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** An address from the settings; empty when there is none. */
  readonly address: string;
  readonly platform: NodeJS.Platform;
}

interface Candidate {
  readonly name: string;
  readonly endpoint: Endpoint;
}

/**
 * Every engine that this machine knows of, best first: the setting, `DOCKER_HOST`, the chosen context, the other
 * contexts, then sockets that the usual products leave. Reads files only; nothing is dialled. Never rejects.
 */
export async function discoverEngines(input: DiscoveryInput): Promise<readonly EngineDescription[]> {
  const candidates = await findCandidates(input);
  const seen = new Set<string>();
  const found: EngineDescription[] = [];
  for (const { name, endpoint } of candidates) {
    const address = printEndpoint(endpoint);
    const place =
      endpoint.kind === 'socket' ? await realpath(endpoint.path).catch(() => endpoint.path) : address;
    if (seen.has(place)) continue;
    seen.add(place);
    const id = uniqueId(toEngineId(name), found);
    found.push({
      id,
      name,
      address,
      isLocal: isLocal(endpoint),
      endpoint,
      open: () => new DockerEngine(endpoint),
    });
  }
  return found;
}

async function findCandidates({ env, address, platform }: DiscoveryInput): Promise<readonly Candidate[]> {
  const configDir = given(env['DOCKER_CONFIG']) ?? join(homedir(), '.docker');
  const fromSetting = address.trim() === '' ? [] : [{ name: 'settings', endpoint: parseEndpoint(address) }];
  const host = env['DOCKER_HOST'] ?? '';
  const fromEnvironment =
    host.trim() === ''
      ? []
      : [{ name: 'DOCKER_HOST', endpoint: parseEndpoint(host, await environmentTls(env, configDir)) }];
  const contexts = await readContexts(configDir);
  const chosen = given(env['DOCKER_CONTEXT']) ?? (await currentContext(configDir));
  const byDefault: Candidate = {
    name: 'default',
    endpoint: { kind: 'socket', path: defaultSocket(platform) },
  };
  const named = [byDefault, ...contexts];
  const preferred = named.filter(({ name }) => name === chosen);
  // A chosen context that is not there is an error to say, not a reason to use another engine silently.
  const missing: Candidate[] =
    chosen === '' || preferred.length > 0
      ? []
      : [
          {
            name: chosen,
            endpoint: { kind: 'invalid', text: chosen, problem: 'no docker context has this name' },
          },
        ];
  const sockets = await existingSockets(env, platform);
  return [...fromSetting, ...fromEnvironment, ...missing, ...preferred, ...named, ...sockets];
}

/** An empty variable is as good as none: so the docker CLI reads them. */
function given(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}

function defaultSocket(platform: NodeJS.Platform): string {
  return platform === 'win32' ? '\\\\.\\pipe\\docker_engine' : '/var/run/docker.sock';
}

/** Any value of DOCKER_TLS_VERIFY turns TLS on, also `0`: so does the docker CLI. */
async function environmentTls(
  env: DiscoveryInput['env'],
  configDir: string,
): Promise<TlsMaterial | undefined> {
  if ((env['DOCKER_TLS_VERIFY'] ?? '') === '') return undefined;
  return readTls(given(env['DOCKER_CERT_PATH']) ?? configDir, false);
}

async function readTls(folder: string, skipVerify: boolean): Promise<TlsMaterial | undefined> {
  const read = (name: string): Promise<string | undefined> =>
    readFile(join(folder, name), 'utf8').catch(() => undefined);
  const [ca, cert, key] = await Promise.all([read('ca.pem'), read('cert.pem'), read('key.pem')]);
  return {
    skipVerify,
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  };
}

async function currentContext(configDir: string): Promise<string> {
  return text((await readJson(join(configDir, 'config.json')))['currentContext']);
}

/** The docker CLI keeps a context under the hash of its name. */
async function readContexts(configDir: string): Promise<readonly Candidate[]> {
  const metaDir = join(configDir, 'contexts', 'meta');
  const folders = await readdir(metaDir).catch(() => []);
  const contexts = await Promise.all(
    folders.map(async (folder): Promise<readonly Candidate[]> => {
      const meta = await readJson(join(metaDir, folder, 'meta.json'));
      const name = text(meta['Name']);
      const docker = object(object(meta['Endpoints'])['docker']);
      const host = text(docker['Host']);
      if (name === '' || host === '') return [];
      const hash = createHash('sha256').update(name).digest('hex');
      const tlsDir = join(configDir, 'contexts', 'tls', hash, 'docker');
      const isTls = await stat(tlsDir).then(
        () => true,
        () => false,
      );
      const tls = isTls ? await readTls(tlsDir, docker['SkipTLSVerify'] === true) : undefined;
      return [{ name, endpoint: parseEndpoint(host, tls) }];
    }),
  );
  return contexts.flat().sort((a, b) => a.name.localeCompare(b.name));
}

async function readJson(path: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    return object(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    // A missing or broken file means what an empty one means; the docker CLI only warns too.
    return {};
  }
}

/** Where Docker Desktop, rootless Docker, Colima, OrbStack, Rancher Desktop, Lima and Podman put their sockets. */
async function existingSockets(
  env: DiscoveryInput['env'],
  platform: NodeJS.Platform,
): Promise<readonly Candidate[]> {
  if (platform === 'win32')
    return ['dockerDesktopLinuxEngine', 'podman-machine-default'].map((name) => ({
      name,
      endpoint: { kind: 'socket', path: `\\\\.\\pipe\\${name}` },
    }));
  const home = homedir();
  const runtime = env['XDG_RUNTIME_DIR'] ?? '';
  const inFolders = async (
    parent: string,
    rest: string,
    product: string,
  ): Promise<readonly [string, string][]> =>
    (await readdir(parent).catch(() => [])).map((name) => [`${product}-${name}`, join(parent, name, rest)]);
  const places: readonly (readonly [string, string])[] = [
    ['desktop', join(home, '.docker/desktop/docker.sock')],
    ['desktop', join(home, '.docker/run/docker.sock')],
    ...(runtime === '' ? [] : ([['rootless', join(runtime, 'docker.sock')]] as const)),
    ['orbstack', join(home, '.orbstack/run/docker.sock')],
    ['rancher-desktop', join(home, '.rd/docker.sock')],
    ...(await inFolders(join(home, '.colima'), 'docker.sock', 'colima')),
    ...(await inFolders(join(home, '.lima'), 'sock/docker.sock', 'lima')),
    ['podman', '/run/podman/podman.sock'],
    ...(runtime === '' ? [] : ([['podman', join(runtime, 'podman/podman.sock')]] as const)),
  ];
  const found = await Promise.all(
    places.map(async ([name, path]): Promise<readonly Candidate[]> => {
      const isSocket = await stat(path).then(
        (stats) => stats.isSocket(),
        () => false,
      );
      return isSocket ? [{ name, endpoint: { kind: 'socket', path } }] : [];
    }),
  );
  return found.flat();
}

function isLocal(endpoint: Endpoint): boolean {
  return (
    endpoint.kind === 'socket' ||
    (endpoint.kind === 'tcp' && /^(localhost|127(\.\d+){3}|::1)$/.test(endpoint.host))
  );
}

function uniqueId(id: string, found: readonly EngineDescription[]): string {
  if (!found.some((engine) => engine.id === id)) return id;
  for (let number = 2; ; number++) {
    const numbered = `${id}-${String(number)}`;
    if (!found.some((engine) => engine.id === numbered)) return numbered;
  }
}
