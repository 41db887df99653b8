import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { type LogsBed, type LogsBedOptions, openLogs } from './logsBed.ts';
import { lastRow, poll } from './logsLook.ts';
import { launchBrowser } from './pageBed.ts';

export interface UseLogsOptions extends LogsBedOptions {
  /** What happens to the log before there is a page. */
  readonly before?: (bed: LogsBed) => void;
}

export type OpenLogs = (lines: readonly string[], options?: UseLogsOptions) => Promise<LogsBed>;

/** For one file: opens pages of logs that have these lines, and looks after each test whether one complained. */
export function useLogs(): OpenLogs {
  let browser: Browser;
  const open: LogsBed[] = [];

  beforeAll(async () => {
    browser = await launchBrowser();
  }, 30_000);

  afterEach(async () => {
    for (const bed of open.splice(0)) {
      expect(bed.complaints).toEqual([]);
      await bed.close();
    }
  });

  afterAll(async () => {
    await browser.close();
  });

  return async (lines, options = {}) => {
    const bed = await openLogs(browser, options);
    open.push(bed);
    bed.write(...lines);
    options.before?.(bed);
    await bed.load();
    await bed.page.getByRole('log').waitFor();
    await poll(() => lastRow(bed.page)).not.toBe('');
    return bed;
  };
}
