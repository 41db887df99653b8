import { dockerHub } from './imageReference.ts';

/** What a registry can do beyond the distribution API, or can't: Docker Hub and GHCR list no repositories by it. */
export type RegistryKind = 'distribution' | 'hub' | 'ghcr';

/** Where a registry is, and how it is spoken to. */
export interface RegistryPlace {
  /** As in references: `docker.io`, `localhost:5000`. */
  readonly host: string;
  /** Said by the user: no TLS, also away from this machine. */
  readonly isPlainHttp: boolean;
}

/** Whether others on the way can read what is sent there. Loopback is this machine's own, as the docker daemon has it. */
export function isInTheClear({ host, isPlainHttp }: RegistryPlace): boolean {
  return isPlainHttp && !isLoopback(host.replace(/:\d+$/, ''));
}

export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

/** A registry that the view shows. */
export interface KnownRegistry extends RegistryPlace {
  readonly kind: RegistryKind;
  /** In the user's own list, from which it can be taken. */
  readonly isListed: boolean;
  /** The docker config has a login for it, or a helper. */
  readonly hasLogin: boolean;
  /** Namespaces of Docker Hub, repositories of any other, that the user named. */
  readonly named: readonly string[];
}

/** A part of a long list, with what to ask the next part by. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | undefined;
}

export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant: string;
}

/** What is known of a tag beyond its name. */
export interface TagDetails {
  /** Of the manifest, or of the index of several: what a pull by digest names. */
  readonly digest: string;
  /** Compressed, as it is sent; of the platform that fits this machine, where there are several. */
  readonly sizeBytes: number | undefined;
  readonly platforms: readonly Platform[];
  /** Milliseconds since the epoch: when the image was made, or, at Docker Hub, when the tag was pushed. */
  readonly createdAt: number | undefined;
  readonly mediaType: string;
}

/** A repository or a tag of a list. Of tags Docker Hub says all at once. */
export interface ListedName {
  readonly name: string;
  readonly details?: TagDetails;
}

export const githubRegistry = 'ghcr.io';

export function kindOfRegistry(host: string): RegistryKind {
  if (host === dockerHub) return 'hub';
  return host === githubRegistry ? 'ghcr' : 'distribution';
}

/** `linux/arm64/v8` */
export function printPlatform({ os, architecture, variant }: Platform): string {
  return [os, architecture, variant].filter((part) => part !== '').join('/');
}

/** `sha256:` and twelve characters: enough for a person to tell manifests apart. */
export function shortDigest(digest: string): string {
  const colon = digest.indexOf(':');
  return digest.slice(0, colon + 1 + 12);
}

/** The page of a repository, or of its tag, for people; only Docker Hub and GHCR have one that is documented. */
export function webPage(kind: RegistryKind, repository: string, tag?: string): string | undefined {
  const path = repository.split('/').map(encodeURIComponent).join('/');
  if (kind === 'ghcr') return `https://ghcr.io/${path}`;
  if (kind !== 'hub') return undefined;
  const base = path.startsWith('library/') ? `_/${path.slice('library/'.length)}` : `r/${path}`;
  const query = tag === undefined ? '' : `/tags?name=${encodeURIComponent(tag)}`;
  return `https://hub.docker.com/${base}${query}`;
}
