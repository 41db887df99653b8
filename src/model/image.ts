/** One image as the engine's list has it; an image with several tags is one image. */
export interface Image {
  /** `sha256:…` */
  readonly id: string;
  /** `repository:tag`, sorted; empty for a dangling image. */
  readonly tags: readonly string[];
  /** `repository@sha256:…` */
  readonly digests: readonly string[];
  readonly createdAt: number;
  readonly sizeBytes: number;
  readonly labels: Readonly<Record<string, string>>;
}

export interface ImageName {
  readonly repository: string;
  readonly tag: string;
}

/** Splits at the last colon that is not part of a registry's port: `host:5000/app` has no tag and means `latest`. */
export function splitTag(reference: string): ImageName {
  const withoutDigest = reference.split('@')[0] ?? reference;
  const colon = withoutDigest.lastIndexOf(':');
  if (colon <= withoutDigest.lastIndexOf('/')) return { repository: withoutDigest, tag: 'latest' };
  return { repository: withoutDigest.slice(0, colon), tag: withoutDigest.slice(colon + 1) };
}

/** The name a person would use: the first tag, else the repository of a digest, else `<none>`. */
export function imageName(image: Image): ImageName {
  const tag = image.tags[0];
  if (tag !== undefined) return splitTag(tag);
  const digest = image.digests[0];
  return { repository: digest === undefined ? '<none>' : (digest.split('@')[0] ?? '<none>'), tag: '<none>' };
}

/** The digest by which the registry of a tag knows the image; of an image without that one, any that it has. */
export function imageDigest({ digests }: Image, tag: string): string | undefined {
  const { repository } = splitTag(tag);
  return digests.find((digest) => digest.startsWith(`${repository}@`)) ?? digests[0];
}

/** What one would type to name this image: its first tag, else its short id. */
export function imageReference(image: Image): string {
  return image.tags[0] ?? image.id.replace(/^sha256:/, '').slice(0, 12);
}

export function isDangling(image: Image): boolean {
  return image.tags.length === 0;
}
