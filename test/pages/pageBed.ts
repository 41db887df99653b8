import { type Browser, chromium, type Page } from 'playwright-core';
import * as esbuild from 'esbuild';
import { Emitter } from '../../src/base/event.ts';
import type { Port } from '../../src/protocol/channel.ts';
import { type ThemeName, themes } from './themes.ts';

/** Of the secure kind, as the editor's is: some of the browser works there only. */
const origin = 'https://panel.test';
const calm = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
];

/** One built page in a real browser, with the host's end of its channel in this process. */
export interface PageBed {
  readonly page: Page;
  readonly port: Port;
  /** Shows the page; again for what a reload of the window does. The host must listen by then. */
  load(): Promise<void>;
  /** What the page keeps over a reload of the window. */
  keptState(): Promise<unknown>;
  close(): Promise<void>;
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: '/usr/bin/chromium', args: calm });
}

/** A panel's page as the editor does: from files, under the strict policy, with the theme's variables. */
export async function openPage(
  browser: Browser,
  panel: string,
  theme: ThemeName,
  size = { width: 900, height: 420 },
): Promise<PageBed> {
  const files = await buildPage(panel);
  const context = await browser.newContext({
    viewport: size,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  const toHost = new Emitter<unknown>();
  await page.exposeFunction('quaysideToHost', (text: string) => {
    toHost.fire(JSON.parse(text));
  });
  await page.addInitScript({ content: stubHost });
  await page.route(`${origin}/**`, async (route) => {
    const file = new URL(route.request().url()).pathname.slice(1);
    const type = file.endsWith('.css') ? 'text/css' : file.endsWith('.js') ? 'text/javascript' : 'text/html';
    await route.fulfill({ contentType: type, body: files.get(file) ?? html(panel, theme) });
  });
  const port: Port = {
    post: (message) => {
      // As the editor does it: by JSON.
      const data = JSON.stringify(message);
      page.evaluate(`dispatchEvent(new MessageEvent('message', { data: ${data} }))`).catch(() => undefined);
    },
    onMessage: toHost.event,
  };
  return {
    page,
    port,
    load: async () => {
      await page.goto(`${origin}/`);
    },
    keptState: () => page.evaluate(`JSON.parse(sessionStorage.getItem('state') ?? 'null')`),
    close: () => context.close(),
  };
}

/** Runs in the page before its own script: what the editor gives to a page. */
const stubHost = `
  window.acquireVsCodeApi = () => ({
    postMessage: (message) => window.quaysideToHost(JSON.stringify(message)),
    getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null'),
    setState: (state) => sessionStorage.setItem('state', JSON.stringify(state)),
  });
`;

/** The variables come as a rule of a sheet: inline styles are not allowed, here as there. */
function html(panel: string, theme: ThemeName): string {
  const policy = `default-src 'none'; style-src ${origin} 'nonce-theme'; script-src 'nonce-page'`;
  const variables = Object.entries(themes[theme]).map(([name, value]) => `--vscode-${name}: ${value};`);
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<style nonce="theme">:root { ${variables.join(' ')} }</style>
<link rel="stylesheet" href="${origin}/${panel}.css"></head>
<body><script nonce="page" src="${origin}/${panel}.js"></script></body></html>`;
}

async function buildPage(panel: string): Promise<ReadonlyMap<string, string>> {
  const { outputFiles } = await esbuild.build({
    entryPoints: { [panel]: `src/webview/${panel}/main.ts` },
    bundle: true,
    write: false,
    outdir: 'out',
    platform: 'browser',
    target: 'chrome128',
    format: 'iife',
    logLevel: 'silent',
  });
  return new Map(outputFiles.map(({ path, text }) => [path.split('/').at(-1) ?? '', text]));
}
