import type { Locator, Page } from 'playwright-core';

/** The hover that is shown. */
export class Hover {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Waits until it has `text` in it. */
  async says(text: string): Promise<void> {
    await this.box.filter({ hasText: text }).waitFor();
  }

  async text(): Promise<string> {
    return (await this.box.innerText()).replaceAll('\u00a0', ' ');
  }

  /** Its content, to look for elements in it. */
  get box(): Locator {
    return this.page.getByRole('tooltip').locator('.monaco-hover-content');
  }
}
