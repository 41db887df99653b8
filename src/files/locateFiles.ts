import type { EngineSet } from '../engine/engineSet.ts';
import { EngineError } from '../model/engineError.ts';
import type { FilePlace } from '../model/filePlace.ts';
import type { Located } from './located.ts';
import { volumeFolder, type VolumeHelpers } from './volumeHelpers.ts';

/** Where the files of a place are: those of a volume in a container that has it. */
export async function locateFiles(
  engines: EngineSet,
  helpers: VolumeHelpers,
  { engineId, kind, id }: FilePlace,
  signal: AbortSignal,
): Promise<Located> {
  const engine = engines.get(engineId)?.store.engine;
  if (engine === undefined) throw new EngineError('notFound', `there is no engine ${engineId}`);
  if (kind === 'container') return { engine, containerId: id, root: '', done: () => undefined };
  return { engine, root: volumeFolder, ...(await helpers.use(engineId, engine, id, signal)) };
}
