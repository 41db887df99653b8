import type { BuildSpec } from './build.ts';
import { baseImages } from './dockerfileStages.ts';
import { parseImageReference } from './imageReference.ts';

/** The registries that a build reads from or writes to, as far as file and options name them. */
export function buildRegistries(
  { tags, push, cacheFrom, cacheTo }: BuildSpec,
  dockerfile: string,
): ReadonlySet<string> {
  const images = [
    ...baseImages(dockerfile),
    ...frontEnds(dockerfile),
    ...(push ? tags : []),
    ...[...cacheFrom, ...cacheTo].flatMap(imageOfCache),
  ];
  return new Set(images.flatMap((image) => parseImageReference(image)?.registry ?? []));
}

/** What reads the Dockerfile is an image too. */
function frontEnds(dockerfile: string): readonly string[] {
  return /^\s*#\s*syntax\s*=\s*(\S+)/im.exec(dockerfile)?.slice(1) ?? [];
}

/** `type=registry,ref=…`, or the image alone. */
function imageOfCache(cache: string): readonly string[] {
  if (!cache.includes('=')) return [cache];
  return /(?:^|,)type=registry(?:,|$)/.test(cache) ? (/(?:^|,)ref=([^,]+)/.exec(cache)?.slice(1) ?? []) : [];
}
