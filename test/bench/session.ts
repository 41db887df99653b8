import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Locator, Page } from 'playwright-core';
import { type Workbench, launchBrowser, openWorkbenchPage, waitFor } from '../bed/bed.ts';
import { commandLine, descendants, endProcesses, processFacts } from '../bed/processes.ts';
import { cpuMsOfAll } from './cpu.ts';
import { type RowTest, type Seen, installProbe, listBox, rowLabels, whenRows } from './probe.ts';

/** A workbench is at rest when all its processes together use less than this share of a core, twice in a row. */
const REST_SHARE = 0.08;
const REST_WINDOW_MS = 500;
const REST_DEADLINE_MS = 25_000;

/** One page of a workbench in a browser of its own, with the extension host that belongs to it. */
export class Session {
  readonly page: Page;
  readonly #browser: Browser;
  readonly #workbench: Workbench;
  readonly #onClose: (session: Session) => void;

  private constructor(
    page: Page,
    browser: Browser,
    workbench: Workbench,
    onClose: (session: Session) => void,
  ) {
    this.page = page;
    this.#browser = browser;
    this.#workbench = workbench;
    this.#onClose = onClose;
  }

  static async open(workbench: Workbench, onClose: (session: Session) => void): Promise<Session> {
    const browser = await launchBrowser();
    const page = await openWorkbenchPage(browser, workbench.url);
    await installProbe(page);
    return new Session(page, browser, workbench, onClose);
  }

  /** Quayside's icon in the activity bar. */
  get icon(): Locator {
    return this.page.locator('.activitybar .action-item a[aria-label^="Quayside"]').first();
  }

  async hostPid(): Promise<number> {
    return await waitFor({ what: 'the extension host', deadlineMs: 20_000 }, () => {
      const [pid, ...more] = this.#workbench.extensionHostPids();
      return more.length === 0 ? pid : undefined;
    });
  }

  /** Server, extension host and browser. */
  processes(): readonly number[] {
    const own = descendants(process.pid).filter(({ pid }) => (commandLine(pid)[0] ?? '').includes('chrom'));
    const server = descendants(this.#workbench.pid);
    return [this.#workbench.pid, ...server.map(({ pid }) => pid), ...own.map(({ pid }) => pid)];
  }

  /** Waits until nothing that belongs to the workbench has work left. */
  async settled(): Promise<void> {
    await this.hostPid();
    const end = Date.now() + REST_DEADLINE_MS;
    let quiet = 0;
    while (quiet < 2 && Date.now() < end) {
      const pids = this.processes();
      const before = cpuMsOfAll(pids);
      await pause(REST_WINDOW_MS);
      quiet = cpuMsOfAll(pids) - before < REST_SHARE * REST_WINDOW_MS ? quiet + 1 : 0;
    }
  }

  /** Clicks on Quayside's icon; resolves with the time of the click and of the first row. */
  async clickIcon(): Promise<Seen> {
    await this.icon.waitFor({ timeout: 30_000 });
    const box = await this.icon.boundingBox();
    if (box === null) throw new Error('Quayside has no icon in the activity bar');
    const seen = this.rows({ kind: 'any' });
    await this.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    return await seen;
  }

  /** When the extension host turned to Quayside (after a whole start-up, or a click before), by its own log. */
  activatedAt(): number {
    const logs = join(this.#workbench.userData, 'logs');
    const stamps = globSync('*/exthost*/remoteexthost.log', { cwd: logs }).flatMap((file) =>
      readFileSync(join(logs, file), 'utf8')
        .split('\n')
        .filter((line) => line.includes('_doActivateExtension quayside'))
        // `2026-01-31 12:00:00.000 [info] …`, in local time.
        .map((line) => new Date(line.slice(0, 23).replace(' ', 'T')).getTime()),
    );
    return Math.max(...stamps);
  }

  /** Brings the Containers view to sight and waits until it has come to rest. */
  async showView(): Promise<void> {
    await this.clickIcon();
    await this.settled();
  }

  /** Another view takes the sidebar. */
  async showExplorer(): Promise<void> {
    await this.page.locator('.activitybar .action-item a[aria-label^="Explorer"]').first().click();
    await this.settled();
  }

  /** The heading of a view, which opens and closes it. */
  heading(view: string): Locator {
    return this.page
      .locator('.part.sidebar .pane-header')
      .filter({ has: this.page.getByRole('heading', { name: view, exact: true }) });
  }

  /** The same page anew, as after *Developer: Reload Window*: it keeps how the views were left. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.icon.waitFor({ timeout: 30_000 });
    await installProbe(this.page);
    await this.settled();
  }

  rows(test: RowTest, deadlineMs?: number): Promise<Seen> {
    return whenRows(this.page, test, deadlineMs);
  }

  /** The labels of all containers' rows from top to bottom; opens the groups that it meets on the way. */
  async readWholeTree(isContainer: (label: string) => boolean): Promise<readonly string[]> {
    const { x, y, height } = await listBox(this.page);
    await this.page.mouse.move(x, y);
    await this.page.mouse.wheel(0, -1_000_000);
    await pause(300);
    const found = new Set<string>();
    let last = '';
    for (;;) {
      const closed = this.page.locator('.part.sidebar .pane').first().locator('[aria-expanded="false"]');
      for (const row of await closed.filter({ has: this.page.locator('.monaco-tl-row') }).all()) {
        const label = (await row.getAttribute('aria-label')) ?? '';
        if (isContainer(label)) continue;
        await row.click();
        await pause(500);
        return await this.readWholeTree(isContainer);
      }
      const labels = await rowLabels(this.page);
      for (const label of labels) if (isContainer(label)) found.add(label);
      if (labels.join('\n') === last) return [...found];
      last = labels.join('\n');
      await this.page.mouse.move(x, y);
      await this.page.mouse.wheel(0, height / 2);
      await pause(150);
    }
  }

  /** Leaves the page as a user does, so that its extension host ends too. */
  async close(): Promise<void> {
    this.#onClose(this);
    const hosts = this.#workbench
      .extensionHostPids()
      .map(processFacts)
      .filter((facts) => facts !== undefined);
    await this.page.goto('about:blank').catch(() => undefined);
    await this.#browser.close();
    await pause(500);
    await endProcesses(hosts, 3_000);
  }
}
