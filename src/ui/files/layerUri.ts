import * as vscode from 'vscode';
import { isRecord } from '../../base/record.ts';

export const layerScheme = 'quayside-layer';

/** A file as a layer of an image holds it. */
export interface LayerFile {
  readonly engineId: string;
  readonly imageId: string;
  /** From 0. */
  readonly layer: number;
  /** In the image, without a slash at its start. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedAt: number;
}

/** The path is what tabs show: `place` tells files of one name apart. The query names the file, also for another window. */
export function layerUri(file: LayerFile, place: string): vscode.Uri {
  const { path, ...rest } = file;
  return vscode.Uri.from({
    scheme: layerScheme,
    path: `/${place.replace(/^\/+/, '')}/${path}`,
    query: JSON.stringify({ ...rest, place }),
  });
}

/** Undefined for an address that somebody made by hand and that names nothing. */
export function parseLayerUri({ path, query }: vscode.Uri): LayerFile | undefined {
  let named: unknown;
  try {
    named = JSON.parse(query);
  } catch {
    return undefined;
  }
  if (!isRecord(named)) return undefined;
  const { engineId, imageId, layer, sizeBytes, modifiedAt, place } = named;
  const isNamed = typeof engineId === 'string' && typeof imageId === 'string' && typeof place === 'string';
  const isMeasured =
    typeof layer === 'number' && typeof sizeBytes === 'number' && typeof modifiedAt === 'number';
  if (!isNamed || !isMeasured) return undefined;
  const folder = `/${place.replace(/^\/+/, '')}/`;
  if (!path.startsWith(folder)) return undefined;
  return { engineId, imageId, layer, path: path.slice(folder.length), sizeBytes, modifiedAt };
}
