import { maxLabelLength } from '../../../model/container.ts';
import type { Volume } from '../../../model/volume.ts';
import { object, text, textRecord, time } from '../../../base/json.ts';

/** A record of `GET /volumes`; the answer of `GET /volumes/{name}` is the same. */
export function volumeFromRecord(raw: unknown): Volume {
  const record = object(raw);
  return {
    name: text(record['Name']),
    driver: text(record['Driver']),
    mountpoint: text(record['Mountpoint']),
    createdAt: time(record['CreatedAt']),
    labels: textRecord(record['Labels'], maxLabelLength),
  };
}
