import type { Image } from './image.ts';
import { parseImageReference } from './imageReference.ts';

/** What a registry had by a tag when it was asked. */
export interface RegistryDigest {
  /** `sha256:…` */
  readonly digest: string;
  readonly checkedAt: number;
}

/** The digests that this image has in the repository of a tag; none when it never came from there or went there. */
export function ownDigests(image: Image, tag: string): readonly string[] {
  const repository = repositoryOf(tag);
  if (repository === undefined) return [];
  return image.digests.flatMap((name) =>
    repositoryOf(name) === repository ? [name.slice(name.indexOf('@') + 1)] : [],
  );
}

/** Whether the registry has another image by this tag. A pull changes the image, and so ends that by itself. */
export function isOutdated(image: Image, tag: string, found: RegistryDigest): boolean {
  const own = ownDigests(image, tag);
  return own.length > 0 && !own.includes(found.digest);
}

function repositoryOf(name: string): string | undefined {
  const reference = parseImageReference(name);
  return reference === undefined ? undefined : `${reference.registry}/${reference.repository}`;
}
