import { open, rm } from 'node:fs/promises';
import type { ImageAnalysis } from './imageAnalysis.ts';
import { layersJson } from './layersJson.ts';

/** Writes the analysis as JSON; resolves with its bytes. Rejects when the file can't be written, and leaves none then. */
export async function saveLayers(analysis: ImageAnalysis, path: string): Promise<number> {
  const file = await open(path, 'w');
  let bytes = 0;
  try {
    for (const piece of layersJson(analysis)) bytes += (await file.write(piece)).bytesWritten;
    await file.close();
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(path, { force: true });
    throw error;
  }
  return bytes;
}
