import type { Locator, Page } from 'playwright-core';
import { QuickInput } from './quickInput.ts';

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

  /** A button of the one with `text` in it. */
  async press(text: string, button: string): Promise<void> {
    const found = this.all.filter({ hasText: text }).first();
    await found.getByRole('button', { name: button, exact: true }).click();
  }

  async texts(): Promise<readonly string[]> {
    return this.all.locator('.notification-list-item-message').allInnerTexts();
  }

  /** By the command: a message may hide by itself before its button is clicked. */
  async clear(): Promise<void> {
    if ((await this.all.count()) === 0) return;
    await new QuickInput(this.page).runCommand('Notifications: Clear All Notifications');
    await this.all.first().waitFor({ state: 'detached' });
  }

  private get all(): Locator {
    return this.page.locator('.notifications-toasts .notification-list-item');
  }
}
