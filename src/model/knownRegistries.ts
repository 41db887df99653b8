import { dockerHub, isRegistryHost, isRepository } from './imageReference.ts';
import { githubRegistry, type KnownRegistry, kindOfRegistry } from './registry.ts';

/** An entry of the user's list of registries. */
export interface RegistryEntry {
  readonly host: string;
  readonly isPlainHttp: boolean;
  /** A namespace of Docker Hub, a repository of any other; empty for the registry as a whole. */
  readonly path: string;
}

/**
 * Reads `registry.example.com`, `http://localhost:5000` (no TLS), `docker.io/namespace` or `ghcr.io/owner/image`.
 * Undefined for what is none of them.
 */
export function parseRegistryEntry(text: string): RegistryEntry | undefined {
  const {
    scheme = '',
    host = '',
    path = '',
  } = /^(?<scheme>https?:\/\/)?(?<host>[^/]+)(?:\/(?<path>.*?)\/?)?$/.exec(text.trim())?.groups ?? {};
  const isHost = isRegistryHost(host) && (/[.:]/.test(host) || host === 'localhost');
  if (!isHost || (path !== '' && !isRepository(path))) return undefined;
  if (host === dockerHub && path.includes('/')) return undefined;
  return { host, path, isPlainHttp: scheme === 'http://' };
}

export function printRegistryEntry({ host, isPlainHttp, path }: RegistryEntry): string {
  return `${isPlainHttp ? 'http://' : ''}${host}${path === '' ? '' : `/${path}`}`;
}

/** Docker Hub and GHCR are there for everybody; before them what the user named, then what the docker config names. */
export function knownRegistries(
  listed: readonly string[],
  loggedIn: readonly string[],
): readonly KnownRegistry[] {
  const entries = listed.flatMap((text) => parseRegistryEntry(text) ?? []);
  const logins = loggedIn.filter((host) => parseRegistryEntry(host)?.path === '');
  const documented = [dockerHub, githubRegistry];
  const others = [...entries.map(({ host }) => host), ...logins].filter((host) => !documented.includes(host));
  return [...new Set([...others, ...documented])].map((host) => {
    const own = entries.filter((entry) => entry.host === host);
    return {
      host,
      kind: kindOfRegistry(host),
      isPlainHttp: own.some(({ isPlainHttp }) => isPlainHttp),
      isListed: own.length > 0,
      hasLogin: logins.includes(host),
      named: [...new Set(own.map(({ path }) => path).filter((path) => path !== ''))],
    };
  });
}
