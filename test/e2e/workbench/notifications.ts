import type { Locator, Page } from 'playwright-core';

/** The messages in the corner. */
export class Notifications {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** The whole text of the one with `text` in it. */
  async with(text: string): Promise<string> {
    const found = this.all.filter({ hasText: text }).first();
    await found.waitFor();
    return found.locator('.notification-list-item-message').innerText();
  }

  async texts(): Promise<readonly string[]> {
    return this.all.locator('.notification-list-item-message').allInnerTexts();
  }

  async clear(): Promise<void> {
    for (;;) {
      const button = this.all.first().getByRole('button', { name: /^Clear Notification/ });
      if ((await this.all.count()) === 0) return;
      await this.all.first().hover();
      await button.click();
    }
  }

  private get all(): Locator {
    return this.page.locator('.notifications-toasts .notification-list-item');
  }
}
