import { createHash } from 'node:crypto';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { type Entry, tar } from './tarBytes.ts';

export type Packing = 'none' | 'gzip' | 'zstd';

/** An image to be written as an engine exports it. */
export interface Spec {
  /** The lowest first; a whole layer archive, or what is to be in it. */
  readonly layers: readonly (Buffer | readonly Entry[])[];
  readonly history?: readonly object[];
  readonly packing?: Packing;
}

const pack: Readonly<Record<Packing, (bytes: Buffer) => Buffer>> = {
  none: (bytes) => bytes,
  gzip: (bytes) => gzipSync(bytes),
  zstd: (bytes) => zstdCompressSync(bytes),
};

interface Parts {
  readonly config: Buffer;
  readonly layers: readonly Buffer[];
}

/** As Docker up to 24 exports images; a layer that comes twice is a link. */
export function dockerArchive(spec: Spec): Buffer {
  const { config, layers } = partsOf(spec);
  const seen = new Map<string, string>();
  const entries: Entry[] = [];
  const paths = layers.map((layer, index) => {
    const folder = sha256(Buffer.from(`chain ${String(index)}`));
    const path = `${folder}/layer.tar`;
    entries.push({ name: `${folder}/`, flag: '5' }, { name: `${folder}/VERSION`, content: '1.0' });
    entries.push({ name: `${folder}/json`, content: JSON.stringify({ id: folder }) });
    const first = seen.get(sha256(layer));
    if (first === undefined) entries.push({ name: path, content: layer });
    else entries.push({ name: path, flag: '2', link: `../${first}` });
    seen.set(sha256(layer), path);
    return path;
  });
  const name = `${sha256(config)}.json`;
  const manifest = [{ Config: name, RepoTags: ['a:1'], Layers: paths }];
  return tar(
    ...entries,
    { name, content: config },
    { name: 'manifest.json', content: JSON.stringify(manifest) },
    { name: 'repositories', content: '{}' },
  );
}

export interface OciOptions {
  readonly isManifestFirst?: boolean;
  /** Engines write it beside the index, for older ones. */
  readonly hasDockerManifest?: boolean;
  /** Manifests of other things in the index before the image's own, and blobs of theirs. */
  readonly others?: readonly { readonly descriptor: object; readonly manifest?: object }[];
  /** The index names an index that names the image. */
  readonly isNested?: boolean;
}

/** An OCI layout, as Docker from 25 on and the containerd image store export images. */
export function ociLayout(spec: Spec, options: OciOptions = {}): Buffer {
  const { config, layers } = partsOf(spec);
  const blobs = new Map<string, Buffer>();
  const add = (bytes: Buffer, rest: object = {}): object => {
    blobs.set(`blobs/sha256/${sha256(bytes)}`, bytes);
    return { digest: `sha256:${sha256(bytes)}`, size: bytes.length, ...rest };
  };
  const manifest = {
    schemaVersion: 2,
    config: add(config),
    layers: layers.map((layer) => add(layer)),
  };
  const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
  const others = (options.others ?? []).map(({ descriptor, manifest: other }) =>
    other === undefined ? descriptor : add(json(other), descriptor),
  );
  let own = add(json(manifest), { platform: { os: 'linux', architecture: 'amd64' } });
  if (options.isNested === true) own = add(json({ schemaVersion: 2, manifests: [...others, own] }));
  const files: Entry[] = [...blobs].map(([name, content]) => ({ name, content }));
  const about: Entry[] = [
    { name: 'oci-layout', content: '{"imageLayoutVersion":"1.0.0"}' },
    {
      name: 'index.json',
      content: json({ schemaVersion: 2, manifests: options.isNested === true ? [own] : [...others, own] }),
    },
  ];
  if (options.hasDockerManifest === true) {
    const path = (bytes: Buffer): string => `blobs/sha256/${sha256(bytes)}`;
    const manifests = [{ Config: path(config), RepoTags: null, Layers: layers.map(path) }];
    about.push({ name: 'manifest.json', content: json(manifests) });
  }
  const folders: Entry[] = [
    { name: 'blobs/', flag: '5' },
    { name: 'blobs/sha256/', flag: '5' },
  ];
  return tar(
    ...(options.isManifestFirst === true
      ? [...about, ...folders, ...files]
      : [...folders, ...files, ...about]),
  );
}

function partsOf({ layers, history, packing = 'none' }: Spec): Parts {
  const archives = layers.map((layer) => (Buffer.isBuffer(layer) ? layer : tar(...layer)));
  const config = {
    architecture: 'amd64',
    os: 'linux',
    created: '2026-01-15T09:30:00Z',
    ...(history === undefined ? {} : { history }),
    rootfs: { type: 'layers', diff_ids: archives.map((bytes) => `sha256:${sha256(bytes)}`) },
  };
  return { config: Buffer.from(JSON.stringify(config)), layers: archives.map(pack[packing]) };
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
