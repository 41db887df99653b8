import { analyseExport, type ImageAnalysis } from '../../../src/layers/imageAnalysis.ts';
import type { LayerEntry } from '../../../src/layers/layerEntry.ts';
import { dockerArchive } from './imageBytes.ts';
import { type Entry, inPieces } from './tarBytes.ts';

/* Short words for what is in a layer. */

export function file(name: string, content: string | number = 1, rest: Partial<Entry> = {}): Entry {
  return { name, content: typeof content === 'number' ? filled(name, content) : content, ...rest };
}

export function folder(name: string, rest: Partial<Entry> = {}): Entry {
  return { name: `${name}/`, flag: '5', mode: 0o755, ...rest };
}

export function symlink(name: string, link: string): Entry {
  return { name, flag: '2', link };
}

export function hardlink(name: string, link: string): Entry {
  return { name, flag: '1', link };
}

/** The path is gone from here on. */
export function gone(path: string): Entry {
  const slash = path.lastIndexOf('/') + 1;
  return { name: `${path.slice(0, slash)}.wh.${path.slice(slash)}` };
}

/** Nothing of the layers below shows in the folder. */
export function opaque(path: string): Entry {
  return { name: `${path}/.wh..wh..opq` };
}

export function analyse(...layers: readonly (readonly Entry[])[]): Promise<ImageAnalysis> {
  return analyseExport(inPieces(dockerArchive({ layers })));
}

/** What the image shows at a path. */
export function entryAt({ files }: ImageAnalysis, path: string): LayerEntry | undefined {
  const id = files.paths.find(path);
  return id === undefined ? undefined : files.versions.newest(id)?.entry;
}

/** Different for different names. */
function filled(name: string, length: number): string {
  return name.repeat(Math.ceil(length / name.length)).slice(0, length);
}
