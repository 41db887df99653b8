/**
 * Keys of the Registries view: the reference of what a row stands for, with a word before it that no engine's id and no
 * reference begins with.
 */
const mark = 'registry:';

export function registryKey(host: string): string {
  return mark + host;
}

/** Of a repository, or of a namespace of Docker Hub, where no repository is without one. */
export function repositoryKey(host: string, path: string): string {
  return `${mark}${host}/${path}`;
}

export function tagKey(host: string, repository: string, tag: string): string {
  return `${mark}${host}/${repository}:${tag}`;
}

/** The reference that a key of that view stands for; any other text as it is. */
export function referenceOfKey(key: string): string {
  return key.startsWith(mark) ? key.slice(mark.length) : key;
}

export function isRegistryKey(key: string): boolean {
  return key.startsWith(mark);
}
