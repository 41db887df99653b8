import { type LineFilter, logLevels } from '../../model/log.ts';
import type { LogsStrings } from '../../protocol/logs.ts';
import { conditionText } from './conditionText.ts';

/** A filter in one line: `≥ warn · stderr · not healthcheck`. */
export function filterText({ minLevel, stream, conditions }: LineFilter, strings: LogsStrings): string {
  return [
    ...(minLevel > 0 ? [`≥ ${logLevels[minLevel] ?? ''}`] : []),
    ...(stream === 'both' ? [] : [stream]),
    ...conditions.map((condition) =>
      condition.isInverse ? `${strings.not} ${conditionText(condition)}` : conditionText(condition),
    ),
  ].join(' · ');
}
