import type { EngineSet } from '../engine/engineSet.ts';
import { EngineError } from '../model/engineError.ts';
import type { FilePlace } from '../model/filePlace.ts';
import type { Located } from './placeFiles.ts';

/** Where the files of a place are. */
export function locateFiles(engines: EngineSet, { engineId, kind, id }: FilePlace): Promise<Located> {
  const engine = engines.get(engineId)?.store.engine;
  if (engine === undefined)
    return Promise.reject(new EngineError('notFound', `there is no engine ${engineId}`));
  if (kind === 'volume') return Promise.reject(new EngineError('unsupported', 'volumes come later'));
  return Promise.resolve({ engine, containerId: id, root: '' });
}
