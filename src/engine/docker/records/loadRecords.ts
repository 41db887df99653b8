import { object, text } from '../../../base/json.ts';
import { EngineError } from '../../../model/engineError.ts';

/** The names or ids that one line of a load or an import tells of. A failure in it is thrown. */
export function loadedFromRecord(raw: unknown): readonly string[] {
  const message = object(raw);
  const failure = text(object(message['errorDetail'])['message']) || text(message['error']);
  if (failure !== '') throw new EngineError('unexpected', failure);
  const loaded = /^Loaded image(?: ID)?: (\S+)/gm;
  return [...text(message['stream']).matchAll(loaded)].flatMap(([, name]) => name ?? []);
}
