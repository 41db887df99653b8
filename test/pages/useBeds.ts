import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { launchBrowser } from './pageBed.ts';

interface Bed {
  /** What the browser or the host complained about. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

/** For one file: opens pages in a browser, and looks after each test whether one of them complained. */
export function useBeds<B extends Bed>(): (open: (browser: Browser) => Promise<B>) => Promise<B> {
  let browser: Browser;
  const beds: B[] = [];

  beforeAll(async () => {
    browser = await launchBrowser();
  }, 30_000);

  afterEach(async () => {
    for (const bed of beds.splice(0)) {
      expect(bed.complaints).toEqual([]);
      await bed.close();
    }
  });

  afterAll(async () => {
    await browser.close();
  });

  return async (open) => {
    const bed = await open(browser);
    beds.push(bed);
    return bed;
  };
}
