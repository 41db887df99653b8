import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { type LogsBed, type LogsBedOptions, openLogs } from './logsBed.ts';
import { lastRow, poll } from './logsLook.ts';
import { launchBrowser } from './pageBed.ts';

/** Opens pages with some lines for the tests of a file; each is closed after its test, and must not have complained. */
export function logsBeds(): (lines: readonly string[], options?: LogsBedOptions) => Promise<LogsBed> {
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
    await bed.load();
    await bed.page.getByRole('log').waitFor();
    await poll(() => lastRow(bed.page)).not.toBe('');
    return bed;
  };
}
