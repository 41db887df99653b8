import type { Locator, Page } from 'playwright-core';

/** The terminal in front. */
export class Terminal {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async shows(text: string): Promise<void> {
    await this.rows.filter({ hasText: text }).waitFor();
  }

  async enter(text: string): Promise<void> {
    await this.page.locator('.terminal-wrapper.active .xterm-helper-textarea').focus();
    await this.page.keyboard.type(text);
    await this.page.keyboard.press('Enter');
  }

  /** Waits until the terminal of this name is in front. */
  async isActive(name: string): Promise<void> {
    await this.page.locator('.terminal-tabs-entry.is-active').filter({ hasText: name }).waitFor();
  }

  /** Closes the only one, whose program is over. */
  async leave(): Promise<void> {
    await this.page.locator('.terminal-wrapper.active .xterm-helper-textarea').focus();
    await this.page.keyboard.press('Control+D');
    await this.page.locator('.terminal-wrapper').waitFor({ state: 'detached' });
  }

  /** Waits until no terminal has this name. */
  async isGone(name: string): Promise<void> {
    await this.page.locator('.terminal-tabs-entry').filter({ hasText: name }).waitFor({ state: 'detached' });
  }

  private get rows(): Locator {
    return this.page.locator('.terminal-wrapper.active .xterm-rows');
  }
}
