import { maxLabelLength } from '../../../model/container.ts';
import type { Network } from '../../../model/network.ts';
import { list, object, text, textRecord, time } from '../../../base/json.ts';

/** A record of `GET /networks`; the answer of `GET /networks/{id}` is the same and more. */
export function networkFromRecord(raw: unknown): Network {
  const record = object(raw);
  return {
    id: text(record['Id']),
    name: text(record['Name']),
    driver: text(record['Driver']),
    scope: text(record['Scope']),
    subnets: list(object(record['IPAM'])['Config'])
      .map((config) => text(object(config)['Subnet']))
      .filter((subnet) => subnet !== ''),
    isInternal: record['Internal'] === true,
    createdAt: time(record['Created']),
    labels: textRecord(record['Labels'], maxLabelLength),
  };
}
