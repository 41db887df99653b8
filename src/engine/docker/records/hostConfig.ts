import { type JsonObject, number, text } from '../../../base/json.ts';
import { restartNames, type RestartPolicy } from '../../../model/runOptions.ts';

/* How an engine writes limits down, when a container is made, read and changed. */

export const nanosPerCpu = 1_000_000_000;

export function positive(value: number): number | undefined {
  return value > 0 ? value : undefined;
}

export function restartOf(raw: JsonObject): RestartPolicy {
  const name = restartNames.find((each) => each === text(raw['Name'])) ?? 'no';
  return { name, maxRetries: name === 'on-failure' ? number(raw['MaximumRetryCount']) : 0 };
}
