import { number, object, text } from '../../../base/json.ts';
import { type FoundImage, nameInRegistry } from '../../../model/foundImage.ts';

/** A record of `GET /images/search`. */
export function foundImageFromRecord(term: string, raw: unknown): FoundImage {
  const record = object(raw);
  return {
    name: nameInRegistry(term, text(record['name'])),
    description: text(record['description']),
    stars: number(record['star_count']),
    isOfficial: record['is_official'] === true,
  };
}
