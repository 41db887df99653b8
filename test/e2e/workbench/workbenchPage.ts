import type { Locator, Page } from 'playwright-core';
import { BuildPanel } from './buildPanel.ts';
import { Dialog } from './dialog.ts';
import { Editor } from './editor.ts';
import { LayersPanel } from './layersPanel.ts';
import { StatsPanel } from './statsPanel.ts';
import { LogsPanel } from './logsPanel.ts';
import { OverviewPanel } from './overviewPanel.ts';
import { Notifications } from './notifications.ts';
import { QuickInput } from './quickInput.ts';
import { RunPanel } from './runPanel.ts';
import { Terminal } from './terminal.ts';
import { View } from './view.ts';

/** A whole workbench in a browser, as a person uses it. */
export class WorkbenchPage {
  readonly page: Page;
  readonly containers: View;
  readonly images: View;
  readonly volumes: View;
  readonly networks: View;
  readonly registries: View;
  readonly engines: View;
  readonly quickInput: QuickInput;
  readonly dialog: Dialog;
  readonly notifications: Notifications;
  readonly editor: Editor;
  readonly terminal: Terminal;
  readonly logs: LogsPanel;
  readonly runForm: RunPanel;
  readonly layers: LayersPanel;
  readonly stats: StatsPanel;
  readonly overview: OverviewPanel;
  readonly builds: BuildPanel;

  constructor(page: Page) {
    this.page = page;
    this.containers = new View(page, 'Containers');
    this.images = new View(page, 'Images');
    this.volumes = new View(page, 'Volumes');
    this.networks = new View(page, 'Networks');
    this.registries = new View(page, 'Registries');
    this.engines = new View(page, 'Engines');
    this.quickInput = new QuickInput(page);
    this.dialog = new Dialog(page);
    this.notifications = new Notifications(page);
    this.editor = new Editor(page);
    this.terminal = new Terminal(page);
    this.logs = new LogsPanel(page);
    this.runForm = new RunPanel(page);
    this.layers = new LayersPanel(page);
    this.stats = new StatsPanel(page);
    this.overview = new OverviewPanel(page);
    this.builds = new BuildPanel(page);
  }

  /** Our icon in the activity bar; its name has the badge's words in it. */
  get icon(): Locator {
    return this.page.locator('.activitybar').getByRole('tab', { name: /^Quayside/ });
  }

  async showSidebar(): Promise<void> {
    await this.icon.waitFor();
    if ((await this.icon.getAttribute('aria-selected')) !== 'true') await this.icon.click();
    await this.page.locator('.pane-header').first().waitFor();
  }

  runCommand(title: string): Promise<void> {
    return this.quickInput.runCommand(title);
  }

  /** As a person does it, so that the workbench has the time to save its state. */
  async reload(): Promise<void> {
    // The page that comes is told from the one that goes by this.
    await this.page.evaluate(() => document.body.setAttribute('data-before-reload', ''));
    await this.runCommand('Developer: Reload Window');
    await this.page.locator('body:not([data-before-reload]) .monaco-workbench .part.statusbar').waitFor();
    await this.icon.waitFor();
  }
}
