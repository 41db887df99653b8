/** Where an image is to be had: `registry/repository:tag@digest`. Always with a tag, a digest, or both. */
export interface ImageReference {
  /** Host with its port where it has one: `docker.io`, `localhost:5000`, `[::1]:5000`. */
  readonly registry: string;
  /** Path inside the registry; with its `library/` for Docker's own images. */
  readonly repository: string;
  readonly tag: string | undefined;
  /** `sha256:…` */
  readonly digest: string | undefined;
}

/** Docker's name for its own registry, the one of references that name none. */
export const dockerHub = 'docker.io';

const label = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
const registryPattern = new RegExp(`^(?:${label}(?:\\.${label})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?$`);
const repositoryPattern =
  /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*$/;
const tagPattern = /^\w[\w.-]{0,127}$/;
const digestPattern = /^[a-zA-Z][a-zA-Z0-9]*(?:[-_+.][a-zA-Z][a-zA-Z0-9]*)*:[0-9a-fA-F]{32,}$/;
const maxRepositoryLength = 255;

/**
 * Reads a reference as Docker does (distribution's grammar): `ubuntu` is `docker.io/library/ubuntu:latest`. Undefined
 * for what is none, an image's bare id among it.
 */
export function parseImageReference(text: string): ImageReference | undefined {
  if (/^[a-f0-9]{64}$/.test(text)) return undefined;
  const at = text.indexOf('@');
  const digest = at < 0 ? undefined : text.slice(at + 1);
  const named = at < 0 ? text : text.slice(0, at);
  const colon = named.lastIndexOf(':');
  const hasTag = colon > named.lastIndexOf('/');
  const tag = hasTag ? named.slice(colon + 1) : digest === undefined ? 'latest' : undefined;
  const place = splitRegistry(hasTag ? named.slice(0, colon) : named);
  if (!isRegistryHost(place.registry) || !isRepository(place.repository)) return undefined;
  if (tag !== undefined && !isTag(tag)) return undefined;
  if (digest !== undefined && !isDigest(digest)) return undefined;
  return { ...place, tag, digest };
}

export function isRegistryHost(text: string): boolean {
  return registryPattern.test(text);
}

/** A repository's path inside its registry. */
export function isRepository(text: string): boolean {
  return repositoryPattern.test(text) && text.length <= maxRepositoryLength;
}

export function isTag(text: string): boolean {
  return tagPattern.test(text);
}

export function isDigest(text: string): boolean {
  return digestPattern.test(text);
}

/** The whole reference, with nothing left to a default. */
export function printImageReference({ registry, repository, tag, digest }: ImageReference): string {
  return `${registry}/${repository}${suffix(tag, digest)}`;
}

/** As Docker's own lists call it: without what Docker puts there by itself, but for the tag. */
export function familiarReference(reference: ImageReference): string {
  const whole = printImageReference(reference);
  const short = whole.replace(/^docker\.io\/(?:library\/(?=[^/]+$))?/, '');
  const readBack = parseImageReference(short);
  // `docker.io/quay.io/app` must stay: `quay.io/app` is another registry's.
  return readBack !== undefined && printImageReference(readBack) === whole ? short : whole;
}

/** What stands before the first slash is a registry if it looks like a host; a plain word is part of Docker Hub's path. */
function splitRegistry(name: string): Pick<ImageReference, 'registry' | 'repository'> {
  const slash = name.indexOf('/');
  const first = name.slice(0, Math.max(slash, 0));
  const isHost = /[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase();
  const given = isHost ? first : dockerHub;
  const registry = given === 'index.docker.io' ? dockerHub : given;
  const path = isHost ? name.slice(slash + 1) : name;
  const isOfficial = registry === dockerHub && !path.includes('/');
  return { registry, repository: isOfficial ? `library/${path}` : path };
}

function suffix(tag: string | undefined, digest: string | undefined): string {
  return `${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}
