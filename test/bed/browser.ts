import type { Browser, Page } from 'playwright-core';
import { ensureAptPackages } from './aptPackages.ts';

const CHROMIUM = '/usr/bin/chromium';

/** Text in tests and screenshots is Latin, Chinese and symbols. */
const PACKAGES = ['chromium', 'fonts-dejavu-core', 'fonts-liberation', 'fonts-wqy-microhei'];

/** It runs as root and must ask nothing of the network on its own. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface BrowserOptions {
  /** Interface language, as in `zh-CN`. */
  readonly locale?: string;
  readonly headless?: boolean;
}

/** Installs Chromium, unless `QUAYSIDE_CHROMIUM` names another one; gives back the program's path. */
export async function ensureBrowser(): Promise<string> {
  const own = process.env['QUAYSIDE_CHROMIUM'];
  if (own !== undefined && own !== '') return own;
  await ensureAptPackages(PACKAGES);
  return CHROMIUM;
}

/** Starts Debian's Chromium, installing it the first time; close it with `close()`. */
export async function launchBrowser(options: BrowserOptions = {}): Promise<Browser> {
  const program = await ensureBrowser();
  // Loaded here only: most callers of the bed want no browser.
  const { chromium } = await import('playwright-core');
  return await chromium.launch({
    executablePath: program,
    headless: options.headless ?? true,
    args: [...FLAGS, ...(options.locale === undefined ? [] : [`--lang=${options.locale}`])],
  });
}

export interface WorkbenchPageOptions {
  readonly locale?: string;
  readonly width?: number;
  readonly height?: number;
}

/** Opens a workbench in a page of its own, with no state of an earlier one; resolves when it can be used. */
export async function openWorkbenchPage(
  browser: Browser,
  url: string,
  options: WorkbenchPageOptions = {},
): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
    ...(options.locale === undefined ? {} : { locale: options.locale }),
  });
  const page = await context.newPage();
  await page.goto(url);
  await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
  return page;
}
