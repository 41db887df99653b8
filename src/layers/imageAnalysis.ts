import type { Hiding, ImageLayers, LayerInfo, WastedPath } from '../model/imageLayers.ts';
import { type ImageFiles, newImageFiles } from './imageFiles.ts';
import { type ImageExport, readImageExport } from './imageExport.ts';
import { type ExportedImage, findImage } from './imageManifest.ts';
import { stackLayers } from './layerStack.ts';
import { changeOf } from './pathChange.ts';
import { rootPath } from './pathTree.ts';
import { findWaste, wasteTotals } from './waste.ts';

/** One image with its layers laid on each other. */
export interface ImageAnalysis {
  readonly files: ImageFiles;
  readonly image: ExportedImage;
  readonly layers: ImageLayers;
  /** The most bytes first. */
  readonly wasted: readonly WastedPath[];
}

/** Reads an engine's export to its end. Throws an `ArchiveError`, or what the stream throws. */
export async function analyseExport(
  stream: AsyncIterable<Uint8Array>,
  onProgress: (readBytes: number) => void = () => undefined,
): Promise<ImageAnalysis> {
  const files = newImageFiles();
  return analyse(files, await readImageExport(stream, files, onProgress));
}

function analyse(files: ImageFiles, archive: ImageExport): ImageAnalysis {
  const image = findImage(archive);
  stackLayers(
    files,
    image.layers.map(({ content }) => content),
  );
  const wasted = findWaste(files);
  const layerBytes = image.layers.map(({ content }) => content.sizeBytes);
  return {
    files,
    image,
    wasted,
    layers: {
      platform: image.platform,
      layers: layerInfos(files, image, wasted),
      steps: image.steps,
      sizeBytes: layerBytes.reduce((sum, bytes) => sum + bytes, 0),
      waste: wasteTotals(wasted, layerBytes),
      hidings: hidingsOf(wasted),
    },
  };
}

function layerInfos(
  { paths, versions }: ImageFiles,
  image: ExportedImage,
  wasted: readonly WastedPath[],
): LayerInfo[] {
  const infos = image.layers.map(({ diffId, content }) => ({
    diffId,
    sizeBytes: content.sizeBytes,
    changes: { added: 0, changed: 0, rewritten: 0, removed: 0 },
    hiddenBytes: 0,
    hidingBytes: 0,
  }));
  for (const path of paths.from(rootPath))
    for (const { version, below } of versions.history(path)) {
      if ((version.entry ?? below?.entry)?.type === 'directory') continue;
      const change = changeOf(below?.entry, version.entry);
      const info = infos[version.layer];
      if (change !== undefined && info !== undefined) info.changes[change]++;
    }
  for (const { copies } of wasted)
    for (const { layer, hiddenBy, sizeBytes } of copies) {
      const [hidden, hiding] = [infos[layer], infos[hiddenBy]];
      if (hidden !== undefined) hidden.hiddenBytes += sizeBytes;
      if (hiding !== undefined) hiding.hidingBytes += sizeBytes;
    }
  return infos;
}

function hidingsOf(wasted: readonly WastedPath[]): Hiding[] {
  const hidings = new Map<string, { layer: number; hiddenBy: number; sizeBytes: number }>();
  for (const { copies } of wasted)
    for (const { layer, hiddenBy, sizeBytes } of copies) {
      const key = `${String(layer)} ${String(hiddenBy)}`;
      const known = hidings.get(key);
      if (known === undefined) hidings.set(key, { layer, hiddenBy, sizeBytes });
      else known.sizeBytes += sizeBytes;
    }
  return [...hidings.values()];
}
