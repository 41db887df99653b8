import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import {
  type Engine,
  launchBrowser,
  openWorkbenchPage,
  runFolder,
  runningEngine,
  startWorkbench,
  type Workbench,
} from '../bed/bed.ts';
import { makeFolder, removeFolder, socketFolder } from '../bed/folders.ts';
import { Caller } from './caller.ts';
import { clear } from './objects.ts';
import { failuresFolder, packages, runName } from './paths.ts';
import { WorkbenchPage } from './workbench/workbenchPage.ts';

export interface BenchOptions {
  /** Tells the workbenches of this run apart. */
  readonly id: string;
  /** Where the workbench finds its engine; the run's own by default. */
  readonly env?: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The folder to open; an empty one by default. */
  readonly folder?: string;
  /** The other extension, which calls ours. */
  readonly withCaller?: boolean;
  readonly locale?: string;
  readonly width?: number;
  readonly height?: number;
}

/** High enough that every row of these tests is drawn. */
const usualHeight = 1500;

const patienceMs = 15_000;

const usualSettings = {
  // Terminals are drawn as text that can be read from the page.
  'terminal.integrated.gpuAcceleration': 'off',
  // The editor hands the focus back to a page some time after a picker has closed: a test is quicker, and the picker that
  // it has opened meanwhile would lose the focus, and be gone.
  'workbench.quickOpen.closeOnFocusLost': false,
};

/** A workbench with the package under test, in a browser, on the run's engine. */
export class Bench extends WorkbenchPage {
  readonly engine: Engine;
  readonly folder: string;
  readonly server: Workbench;
  /** The other extension, where the options ask for it. */
  readonly caller: Caller;
  private readonly browser: Browser;

  private constructor(
    page: Page,
    parts: Pick<Bench, 'engine' | 'folder' | 'server' | 'caller'> & { readonly browser: Browser },
  ) {
    super(page);
    this.engine = parts.engine;
    this.folder = parts.folder;
    this.server = parts.server;
    this.caller = parts.caller;
    this.browser = parts.browser;
  }

  static async start(options: BenchOptions): Promise<Bench> {
    const engine = await runEngine();
    const own = runFolder(runName, `${options.id}-own`);
    removeFolder(own);
    const folder = options.folder ?? join(own, 'folder');
    mkdirSync(folder, { recursive: true });
    const callerSocket = join(makeFolder(socketFolder(runName, 'caller')), `${options.id}.sock`);
    // One that a run before left behind would answer nobody.
    rmSync(callerSocket, { force: true });
    const server = await startWorkbench({
      name: runName,
      id: options.id,
      folder,
      home: join(own, 'home'),
      env: { ...engine.environment, QUAYSIDE_CALLER_SOCKET: callerSocket, ...options.env },
      settings: { ...usualSettings, ...options.settings },
      vsixPaths: [packages.quayside, ...(options.withCaller === true ? [packages.caller] : [])],
      ...(options.locale === undefined ? {} : { locale: options.locale }),
    });
    const browser = await launchBrowser(options.locale === undefined ? {} : { locale: options.locale });
    const page = await openWorkbenchPage(browser, server.url, {
      height: options.height ?? usualHeight,
      ...(options.width === undefined ? {} : { width: options.width }),
      ...(options.locale === undefined ? {} : { locale: options.locale }),
    });
    page.setDefaultTimeout(patienceMs);
    const bench = new Bench(page, { engine, folder, server, browser, caller: new Caller(callerSocket) });
    await bench.showSidebar();
    return bench;
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
  }
}

/** The engine that the run's setup has started. */
export async function runEngine(): Promise<Engine> {
  const engine = await runningEngine('new', runName);
  if (engine === undefined) throw new Error('the run has no engine: its setup did not run');
  return engine;
}

/**
 * One workbench for all tests of a file, on an engine with nothing on it but the bed's images; a picture is taken of
 * what fails. `before` makes what must be there when the workbench starts.
 */
export function useBench(
  options: BenchOptions,
  before: (engine: Engine) => Promise<unknown> = () => Promise.resolve(),
): () => Bench {
  let bench: Bench | undefined;
  beforeAll(async () => {
    const engine = await runEngine();
    await clear(engine);
    await before(engine);
    bench = await Bench.start(options);
  }, 120_000);
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail' || bench === undefined) return;
    const picture = join(
      failuresFolder,
      `${options.id} ${task.name.replace(/[^\w ]+/g, '-').slice(0, 80)}.png`,
    );
    await bench.page.screenshot({ path: picture });
    console.error(`Picture of the failure: ${picture}`);
  });
  afterAll(async () => {
    await bench?.stop();
    await clear(await runEngine());
  }, 60_000);
  return () => {
    if (bench === undefined) throw new Error('the workbench did not start');
    return bench;
  };
}
