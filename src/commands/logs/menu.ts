import type { LogAct } from '../../model/log.ts';
import { type Action, action } from '../verb.ts';

/**
 * A command of the menu of a log panel. The editor hands on what the page says of the place that was clicked on, of which
 * nothing is believed: the panel looks for a log of that name and a row of that number.
 */
export function actOnLog(act: LogAct): Action {
  return action(({ panels }, _signal, [place]) => {
    const { ref, row } = readPlace(place);
    if (ref !== undefined) panels.actOnLog(act, ref, row);
    return Promise.resolve();
  });
}

function readPlace(place: unknown): { readonly ref: string | undefined; readonly row: number | undefined } {
  const { ref, row }: { ref?: unknown; row?: unknown } =
    typeof place === 'object' && place !== null ? place : {};
  return {
    ref: typeof ref === 'string' ? ref : undefined,
    row: typeof row === 'number' && Number.isSafeInteger(row) ? row : undefined,
  };
}
