import type { PathType } from '../model/imageLayers.ts';
import type { ImageAnalysis } from './imageAnalysis.ts';
import type { LayerEntry } from './layerEntry.ts';

/** Written in pieces of about this many characters. */
const pieceLength = 1_000_000;

/** How dive has types: tar's letter as a number, and the bit of Go's file modes. */
const goTypes: Readonly<Record<PathType, { readonly flag: number; readonly modeBit: number }>> = {
  file: { flag: 0x30, modeBit: 0 },
  hardlink: { flag: 0x31, modeBit: 0 },
  symlink: { flag: 0x32, modeBit: 2 ** 27 },
  device: { flag: 0x33, modeBit: 2 ** 26 },
  directory: { flag: 0x35, modeBit: 2 ** 31 },
  fifo: { flag: 0x36, modeBit: 2 ** 25 },
};

/**
 * The analysis as JSON, in pieces: what `dive --json` writes, field for field, so that its readers read it too; and beside
 * it what dive does not know: the history, what each layer removes, and for each wasted path who holds the copies, who hides
 * them and why.
 */
export function* layersJson(analysis: ImageAnalysis): Generator<string> {
  let piece = '';
  for (const part of parts(analysis)) {
    piece += part;
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

function* parts({ files: { paths }, image, layers, wasted }: ImageAnalysis): Generator<string> {
  yield '{"layer":[';
  for (const [index, { content, diffId, path }] of image.layers.entries()) {
    const command = layers.steps.find(({ layer }) => layer === index)?.instruction ?? '';
    const about = { index, id: path, digestId: diffId, sizeBytes: content.sizeBytes, command };
    yield `${separator(index)}${JSON.stringify(about).slice(0, -1)},"fileList":[`;
    let at = 0;
    for (const entry of content.entries)
      yield separator(at++) + JSON.stringify(fileInfo(paths.text(entry.path), entry));
    const [removed, opaque] = [content.removed, content.opaque].map((all) =>
      [...all].map((path) => paths.text(path)),
    );
    yield `],"removed":${JSON.stringify(removed)},"opaque":${JSON.stringify(opaque)}}`;
  }
  const { sizeBytes, waste, platform, steps } = layers;
  const about = {
    sizeBytes,
    inefficientBytes: waste.wastedBytes,
    efficiencyScore: waste.efficiency,
    userWastedRatio: waste.userWastedRatio,
    platform,
    history: steps,
  };
  yield `],"image":${JSON.stringify(about).slice(0, -1)},"fileReference":[`;
  for (const [at, { path, sizeBytes: bytes, copies }] of wasted.entries())
    yield separator(at) +
      JSON.stringify({ count: copies.length, sizeBytes: bytes, file: `/${path}`, copies });
  yield ']}}\n';
}

function separator(index: number): string {
  return index === 0 ? '\n' : ',\n';
}

function fileInfo(path: string, { type, linkTarget, sizeBytes, mode, uid, gid }: LayerEntry): object {
  return {
    path,
    typeFlag: goTypes[type].flag,
    linkName: linkTarget,
    size: type === 'file' ? sizeBytes : 0,
    fileMode: goMode(mode) + goTypes[type].modeBit,
    uid,
    gid,
    isDir: type === 'directory',
  };
}

/** Go has the bits above the permissions elsewhere. */
function goMode(mode: number): number {
  return (
    (mode & 0o777) +
    (mode & 0o4000 ? 2 ** 23 : 0) +
    (mode & 0o2000 ? 2 ** 22 : 0) +
    (mode & 0o1000 ? 2 ** 20 : 0)
  );
}
