import {
  type LogExtent,
  type LogHistogram,
  logLevels,
  type MarkedRow,
  maxWindowRows,
  type RowWindow,
} from '../../model/log.ts';
import { countLevels, partStart } from './histogramText.ts';

export interface ErrorSource {
  rows(firstRow: number, count: number): Promise<RowWindow>;
  locate(at: number): Promise<number | undefined>;
  histogram(parts: number): Promise<LogHistogram | undefined>;
}

interface FoundError {
  readonly position: number;
  readonly row: MarkedRow;
}

const error = logLevels.indexOf('error');
const parts = 2000;
/** A filter may hide the errors that the histogram tells of: then this is far enough. */
const maxWindows = 40;

/**
 * The next line of the level error or above, from a position on that does not count itself. Looks through the rows
 * nearby; beyond them, only where the histogram has errors.
 */
export async function findError(
  source: ErrorSource,
  { firstRow, endRow }: LogExtent,
  from: number,
  direction: 'next' | 'previous',
): Promise<FoundError | undefined> {
  let histogram: LogHistogram | undefined;
  let at = direction === 'next' ? from + 1 : from;
  for (let n = 0; n < maxWindows; n++) {
    const first = direction === 'next' ? at : Math.max(firstRow, at - maxWindowRows);
    const count = Math.min(direction === 'next' ? endRow - at : at - first, maxWindowRows);
    if (count <= 0) return undefined;
    const window = await source.rows(first, count);
    const found = errorIn(window, direction);
    if (found !== undefined) return found;
    const edge = window.rows.at(direction === 'next' ? -1 : 0);
    if (edge === undefined) return undefined;
    at = direction === 'next' ? window.firstRow + window.rows.length : window.firstRow;
    histogram ??= await source.histogram(parts);
    if (histogram === undefined || edge.at === undefined) continue;
    const time = timeOfErrors(histogram, edge.at, direction);
    if (time === undefined) return undefined;
    const position = await source.locate(time);
    if (position !== undefined)
      at = direction === 'next' ? Math.max(at, position) : Math.min(at, position + 1);
  }
  return undefined;
}

function errorIn({ firstRow, rows }: RowWindow, direction: 'next' | 'previous'): FoundError | undefined {
  const isError = (row: MarkedRow): boolean =>
    row.kind === 'line' && row.level >= error && !row.isTraceLine && !row.isContinuation;
  const at = direction === 'next' ? rows.findIndex(isError) : rows.findLastIndex(isError);
  const row = rows[at];
  return row === undefined ? undefined : { position: firstRow + at, row };
}

/** Where to go on looking: the near edge of the nearest part with errors, the one that holds the time included. */
function timeOfErrors(
  histogram: LogHistogram,
  at: number,
  direction: 'next' | 'previous',
): number | undefined {
  const { from, to } = histogram;
  const here = Math.floor(((at - from) / (to - from)) * histogram.parts.length);
  const hasErrors = (part: readonly number[], index: number): boolean =>
    (direction === 'next' ? index >= here : index <= here) && countLevels(part).errors > 0;
  const part =
    direction === 'next' ? histogram.parts.findIndex(hasErrors) : histogram.parts.findLastIndex(hasErrors);
  if (part < 0) return undefined;
  return partStart(histogram, direction === 'next' ? part : part + 1);
}
