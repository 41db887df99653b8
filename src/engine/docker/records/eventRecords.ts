import { maxLabelLength } from '../../../model/container.ts';
import type { EngineEvent } from '../../../model/engineEvent.ts';
import { isObjectKind } from '../../../model/identity.ts';
import { number, object, text, textRecord } from '../../../base/json.ts';

/** Podman's word where it differs from Docker's. */
const dockerWords: Readonly<Record<string, string>> = { remove: 'destroy', died: 'die' };

/** A message of `GET /events`; undefined for kinds that the sidebar does not have. */
export function eventFromRecord(raw: unknown): EngineEvent | undefined {
  const record = object(raw);
  const kind = text(record['Type']);
  if (!isObjectKind(kind)) return undefined;
  const actor = object(record['Actor']);
  const [word = '', detail = ''] = text(record['Action']).split(': ', 2);
  const nanoseconds = number(record['timeNano']);
  return {
    kind,
    action: kind === 'image' ? word : (dockerWords[word] ?? word),
    id: text(actor['ID']),
    detail,
    at: nanoseconds > 0 ? Math.floor(nanoseconds / 1e6) : number(record['time']) * 1000,
    attributes: textRecord(actor['Attributes'], maxLabelLength),
  };
}
