import { fill } from '../../base/fill.ts';
import { formatDuration } from '../../base/format.ts';
import type { BuildOutcome } from '../../model/build.ts';
import type { BuildStrings } from '../../protocol/build.ts';

export type StateName = BuildOutcome | 'running' | 'waiting' | 'cached';

export function stateWord(state: StateName, strings: BuildStrings): string {
  return strings[state];
}

/** A difference that somebody would see: a tenth of a second, and of the time itself. */
export interface Difference {
  readonly text: string;
  readonly sentence: string;
  readonly isSlower: boolean;
}

export function differenceOf(ms: number, beforeMs: number, strings: BuildStrings): Difference | undefined {
  const difference = ms - beforeMs;
  if (Math.abs(difference) < Math.max(100, beforeMs / 10)) return undefined;
  const time = formatDuration(Math.abs(difference));
  const isSlower = difference > 0;
  return {
    text: `${isSlower ? '+' : '−'}${time}`,
    sentence: fill(isSlower ? strings.slower : strings.faster, { time }),
    isSlower,
  };
}
