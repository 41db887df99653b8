import type { Container } from '../container.ts';
import type { Image } from '../image.ts';
import type { Network } from '../network.ts';
import type { Volume } from '../volume.ts';

/**
 * The filter: a plain substring, upper and lower case alike, of a name, an image or a label written `key=value`; of
 * an id, a prefix only, or every short text would match some hexadecimal digits.
 */
export interface Filter {
  container(container: Container): boolean;
  image(image: Image, tag: string): boolean;
  volume(volume: Volume): boolean;
  network(network: Network): boolean;
}

/** What finds the images without a tag, in Docker's words. */
const danglingWords = 'dangling <none>:<none>';

export function createFilter(text: string): Filter | undefined {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return undefined;
  const has = (value: string): boolean => value.toLowerCase().includes(wanted);
  const isId = (id: string): boolean => id.replace(/^sha256:/, '').startsWith(wanted.replace(/^sha256:/, ''));
  const inLabels = (labels: Readonly<Record<string, string>>): boolean => {
    for (const key in labels) if (has(`${key}=${labels[key] ?? ''}`)) return true;
    return false;
  };
  return {
    container: ({ id, name, image, labels }) => has(name) || has(image) || isId(id) || inLabels(labels),
    image: ({ id, labels }, tag) => has(tag === '' ? danglingWords : tag) || isId(id) || inLabels(labels),
    volume: ({ name, labels }) => has(name) || inLabels(labels),
    network: ({ id, name, labels }) => has(name) || isId(id) || inLabels(labels),
  };
}

/** Whether a container comes from one of these folders: by its compose project, its dev container or a bind mount. */
export function isFromWorkspace(container: Container, folders: readonly string[]): boolean {
  const roots = folders.map((folder) => folder.replace(/[/\\]$/, ''));
  const isInside = (path: string): boolean =>
    path !== '' && roots.some((root) => path === root || path.startsWith(`${root}/`));
  const { compose, mounts, labels } = container;
  return (
    (compose !== undefined && (isInside(compose.workingDir) || compose.configFiles.some(isInside))) ||
    isInside(labels['devcontainer.local_folder'] ?? '') ||
    mounts.some(({ type, source }) => type === 'bind' && isInside(source))
  );
}
