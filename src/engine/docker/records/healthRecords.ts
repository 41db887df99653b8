import { list, number, object, text } from '../../../base/json.ts';
import type { HealthReport } from '../../../model/healthReport.ts';
import { containerFromInspect } from './containerRecords.ts';

/** Of a container that was inspected. */
export function healthFromInspect(raw: unknown): HealthReport {
  const { state, health, oomKilled } = containerFromInspect(raw);
  const said = object(object(raw)['State']);
  const log = list(object(said['Health'])['Log']);
  return {
    state,
    exitCode: number(said['ExitCode']),
    oomKilled,
    health:
      health === undefined
        ? undefined
        : {
            status: health.status,
            failingStreak: health.failingStreak ?? 0,
            lastOutput: text(object(log.at(-1))['Output']).trim(),
          },
  };
}
