import { list, number, object, text } from '../base/json.ts';
import { isDigest } from '../model/imageReference.ts';
import type { Platform } from '../model/registry.ts';

/** All that can be read here. Without them a registry of Docker's first schema answers in that. */
export const manifestTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
] as const;

const indexTypes: readonly string[] = manifestTypes.slice(0, 2);
const imageTypes: readonly string[] = manifestTypes.slice(2);

const configTypes: readonly string[] = [
  'application/vnd.oci.image.config.v1+json',
  'application/vnd.docker.container.image.v1+json',
];

/** One image of an index of several. */
export interface IndexEntry {
  readonly digest: string;
  readonly platform: Platform;
}

export type Manifest =
  | { readonly kind: 'index'; readonly entries: readonly IndexEntry[] }
  | {
      readonly kind: 'image';
      readonly sizeBytes: number;
      /** Digest of the image's configuration; undefined for what is no image, such as a chart. */
      readonly config: string | undefined;
    };

/** Undefined for a type that is not known here. The body's own word counts more than the header's. */
export function readManifest(body: unknown, contentType: string): Manifest | undefined {
  const json = object(body);
  const type = text(json['mediaType']) || contentType.replace(/;.*$/, '').trim();
  if (indexTypes.includes(type)) return { kind: 'index', entries: list(json['manifests']).flatMap(toEntry) };
  if (!imageTypes.includes(type)) return undefined;
  const config = object(json['config']);
  const digest = text(config['digest']);
  const layers = list(json['layers']).map((layer) => number(object(layer)['size']));
  return {
    kind: 'image',
    sizeBytes: layers.reduce((sum, size) => sum + size, number(config['size'])),
    config: configTypes.includes(text(config['mediaType'])) && isDigest(digest) ? digest : undefined,
  };
}

/** BuildKit files attestations as images of the platform `unknown/unknown`. */
function toEntry(value: unknown): readonly IndexEntry[] {
  const json = object(value);
  const platform = toPlatform(json['platform']);
  const digest = text(json['digest']);
  return isDigest(digest) && platform.os !== 'unknown' ? [{ digest, platform }] : [];
}

/** From an index's entry or an image's configuration, which name the same things alike. */
export function toPlatform(value: unknown): Platform {
  const json = object(value);
  return { os: text(json['os']), architecture: text(json['architecture']), variant: text(json['variant']) };
}
