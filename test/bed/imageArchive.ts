import { createHash } from 'node:crypto';
import { type TarEntry, tar } from './tar.ts';

/** The part of an image's configuration our images use, as it stands in the image. */
export interface ImageConfig {
  readonly Env?: readonly string[];
  readonly Entrypoint?: readonly string[];
  readonly Cmd?: readonly string[];
  readonly WorkingDir?: string;
  readonly ExposedPorts?: Readonly<Record<string, Record<string, never>>>;
  readonly Volumes?: Readonly<Record<string, Record<string, never>>>;
  readonly Labels?: Readonly<Record<string, string>>;
  readonly Healthcheck?: {
    readonly Test: readonly string[];
    readonly Interval: number;
    readonly Timeout: number;
    readonly Retries: number;
  };
}

/** One step of an image's history; a step without entries is one that made no layer (ENV, CMD, …). */
export interface ImageStep {
  readonly instruction: string;
  readonly entries?: readonly TarEntry[];
}

export interface ImageRecipe {
  readonly tag: string;
  readonly created: Date;
  readonly config: ImageConfig;
  readonly steps: readonly ImageStep[];
}

export interface ImageArchive {
  /** What `docker load` takes. */
  readonly bytes: Buffer;
  /** Tag → image id. */
  readonly ids: ReadonlyMap<string, string>;
}

/**
 * Writes images in `docker save`'s format without an engine or a builder. So both engines hold the same images
 * under the same ids, and there is nothing to build or to cache.
 */
export function imageArchive(recipes: readonly ImageRecipe[]): ImageArchive {
  const files = new Map<string, Buffer>();
  const ids = new Map<string, string>();
  const manifest: object[] = [];
  for (const recipe of recipes) {
    const layers = layersOf(recipe);
    for (const layer of layers) files.set(layerPath(layer.digest), layer.bytes);
    const config = configOf(recipe, layers);
    const id = digestOf(config);
    files.set(`${id}.json`, config);
    ids.set(recipe.tag, `sha256:${id}`);
    manifest.push({
      Config: `${id}.json`,
      RepoTags: [recipe.tag],
      Layers: layers.map((layer) => layerPath(layer.digest)),
    });
  }
  files.set('manifest.json', Buffer.from(JSON.stringify(manifest)));
  const entries = [...files].map(([path, content]): TarEntry => ({ kind: 'file', path, content }));
  return { bytes: tar(entries, new Date(0)), ids };
}

interface Layer {
  readonly bytes: Buffer;
  readonly digest: string;
}

function layersOf(recipe: ImageRecipe): Layer[] {
  const layers: Layer[] = [];
  for (const { entries } of recipe.steps) {
    if (entries === undefined) continue;
    const bytes = tar(entries, recipe.created);
    layers.push({ bytes, digest: digestOf(bytes) });
  }
  return layers;
}

function configOf(recipe: ImageRecipe, layers: readonly Layer[]): Buffer {
  const created = recipe.created.toISOString();
  const history = recipe.steps.map(({ instruction, entries }) => ({
    created,
    created_by: instruction,
    comment: 'quayside.bed',
    ...(entries === undefined ? { empty_layer: true } : {}),
  }));
  return Buffer.from(
    JSON.stringify({
      architecture: process.arch === 'x64' ? 'amd64' : process.arch,
      os: 'linux',
      created,
      config: recipe.config,
      history,
      rootfs: { type: 'layers', diff_ids: layers.map((layer) => `sha256:${layer.digest}`) },
    }),
  );
}

function layerPath(digest: string): string {
  return `layers/${digest}.tar`;
}

function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
