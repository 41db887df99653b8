import { type LogsBed, type LogsBedOptions, openLogs } from './logsBed.ts';
import { lastRow, poll } from './logsLook.ts';
import { useBeds } from './useBeds.ts';

export interface UseLogsOptions extends LogsBedOptions {
  /** What happens to the log before there is a page. */
  readonly before?: (bed: LogsBed) => void;
}

export type OpenLogs = (lines: readonly string[], options?: UseLogsOptions) => Promise<LogsBed>;

/** For one file: opens pages of logs that have these lines, and looks after each test whether one complained. */
export function useLogs(): OpenLogs {
  const useBed = useBeds<LogsBed>();

  return async (lines, options = {}) => {
    const bed = await useBed((browser) => openLogs(browser, options));
    bed.write(...lines);
    options.before?.(bed);
    await bed.load();
    await bed.page.getByRole('log').waitFor();
    await poll(() => lastRow(bed.page)).not.toBe('');
    return bed;
  };
}
