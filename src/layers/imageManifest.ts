import { type JsonObject, list, object, text, texts, time } from '../base/json.ts';
import { ArchiveError } from '../archive/archiveError.ts';
import { archivePath } from '../archive/archivePath.ts';
import type { ImageExport } from './imageExport.ts';
import type { LayerContent } from './layerContent.ts';

/** One image of an export. */
export interface ExportedImage {
  /** The lowest first. */
  readonly layers: readonly ExportedLayer[];
  readonly steps: readonly HistoryStep[];
  /** `linux/amd64`; empty where it is not said. */
  readonly platform: string;
}

export interface ExportedLayer {
  /** Digest of the unpacked layer, `sha256:…`; empty where the configuration lacks it. */
  readonly diffId: string;
  /** In the export. */
  readonly path: string;
  readonly content: LayerContent;
}

/** One line of an image's history, the oldest first. */
export interface HistoryStep {
  /** As the builder wrote it; empty where it wrote nothing. */
  readonly instruction: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number | undefined;
  /** The layer that it made; undefined for one that changed no file (ENV, CMD, …). */
  readonly layer: number | undefined;
}

/** Where an image's parts are in the export. */
interface Parts {
  readonly config: string;
  readonly layers: readonly string[];
}

/** An OCI index may name indexes; none goes deeper than this. */
const maxDepth = 4;

/** As many as Linux follows. */
const maxLinks = 40;

/** The image of an export: the first one whose parts are all there. Throws an `ArchiveError` where there is none. */
export function findImage(archive: ImageExport): ExportedImage {
  const candidates = [...dockerImages(archive), ...ociImages(archive)];
  const whole = candidates.find(({ config, layers }) =>
    [config, ...layers].every((path) => archive.texts.has(path) || layerAt(archive, path) !== undefined),
  );
  if (whole !== undefined) return toImage(archive, whole);
  const missing = candidates[0]?.layers.find((path) => layerAt(archive, path) === undefined);
  throw new ArchiveError(
    'noImage',
    missing === undefined
      ? 'there is no image in the archive'
      : `the archive lacks a layer of its image, ${missing}`,
  );
}

/** Of docker-archives, and of the OCI layouts that engines write for each other: it names what belongs to this platform. */
function dockerImages(archive: ImageExport): Parts[] {
  return list(json(archive, 'manifest.json')).map((raw) => {
    const record = object(raw);
    return {
      config: archivePath(text(record['Config'])),
      layers: texts(record['Layers']).map(archivePath),
    };
  });
}

function ociImages(archive: ImageExport): Parts[] {
  return manifestsOf(archive, object(json(archive, 'index.json')), maxDepth).map((manifest) => ({
    config: blobPath(object(manifest['config'])),
    layers: list(manifest['layers']).map((layer) => blobPath(object(layer))),
  }));
}

/** Image manifests below an index, without those that only attest how another one was built. */
function manifestsOf(archive: ImageExport, index: JsonObject, depth: number): JsonObject[] {
  if (depth === 0) return [];
  return list(index['manifests']).flatMap((raw) => {
    const descriptor = object(raw);
    if ('vnd.docker.reference.type' in object(descriptor['annotations'])) return [];
    const named = object(json(archive, blobPath(descriptor)));
    return 'manifests' in named ? manifestsOf(archive, named, depth - 1) : 'layers' in named ? [named] : [];
  });
}

function blobPath(descriptor: JsonObject): string {
  return archivePath(`blobs/${text(descriptor['digest']).replace(':', '/')}`);
}

function json(archive: ImageExport, path: string): unknown {
  const content = archive.texts.get(path);
  if (content === undefined) return undefined;
  try {
    return JSON.parse(content);
  } catch (error) {
    throw new ArchiveError('damaged', `${path} in the archive is no JSON`, { cause: error });
  }
}

/** The path of a layer's file, behind however many links. */
function layerAt(archive: ImageExport, path: string): string | undefined {
  let at: string | undefined = path;
  for (let links = 0; links <= maxLinks && at !== undefined; links++) {
    if (archive.layers.has(at)) return at;
    at = archive.links.get(at);
  }
  return undefined;
}

function toImage(archive: ImageExport, parts: Parts): ExportedImage {
  const config = object(json(archive, parts.config));
  const diffIds = texts(object(config['rootfs'])['diff_ids']);
  const layers = parts.layers.flatMap((named, index) => {
    const path = layerAt(archive, named);
    const content = path === undefined ? undefined : archive.layers.get(path);
    return path === undefined || content === undefined
      ? []
      : [{ path, content, diffId: diffIds[index] ?? '' }];
  });
  return {
    layers,
    steps: readHistory(list(config['history']), layers.length),
    platform: [text(config['os']), text(config['architecture'])].filter((part) => part !== '').join('/'),
  };
}

/** Where the history does not fit the layers, nothing is guessed: each layer is a step without an instruction. */
function readHistory(history: readonly unknown[], layerCount: number): HistoryStep[] {
  let layer = 0;
  const steps = history.map((raw): HistoryStep => {
    const record = object(raw);
    return {
      instruction: text(record['created_by']),
      createdAt: time(record['created']),
      layer: record['empty_layer'] === true ? undefined : layer++,
    };
  });
  if (layer === layerCount) return steps;
  return Array.from({ length: layerCount }, (_, index) => ({
    instruction: '',
    createdAt: undefined,
    layer: index,
  }));
}
