import type { Locator, Page } from 'playwright-core';

/** The question in the middle of the window that must be answered first. */
export class Dialog {
  private readonly box: Locator;

  constructor(page: Page) {
    this.box = page.locator('.monaco-dialog-box');
  }

  async message(): Promise<string> {
    return this.box.locator('.dialog-message').innerText();
  }

  /** The smaller text below the question. */
  async detail(): Promise<string> {
    return this.box.locator('.dialog-message-detail').innerText();
  }

  async press(button: string): Promise<void> {
    await this.box.getByRole('button', { name: button, exact: true }).click();
    await this.box.waitFor({ state: 'detached' });
  }
}
