import type { Page } from 'playwright-core';
import { startsWith } from './names.ts';

/** The context menu or drop-down that is open. */
export class Menu {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** The entries' titles in their order, without their keys. */
  async titles(): Promise<readonly string[]> {
    await this.list.waitFor();
    return this.list.getByRole('menuitem').locator('.action-label').allTextContents();
  }

  async choose(title: string): Promise<void> {
    // The editor takes no click in a menu's first tenth of a second; Enter on the entry pointed at counts at once.
    await this.list.getByRole('menuitem', { name: startsWith(title) }).hover();
    await this.page.keyboard.press('Enter');
    await this.list.waitFor({ state: 'detached' });
  }

  async close(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.list.waitFor({ state: 'detached' });
  }

  private get list() {
    return this.page.getByRole('menu').first();
  }
}
