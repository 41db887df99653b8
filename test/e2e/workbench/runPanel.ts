import type { FrameLocator, Locator, Page } from 'playwright-core';

/** The form for running a container, in front: a page inside two frames. */
export class RunPanel {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Waits until the form of this heading is in front. */
  async isOpen(heading: string): Promise<void> {
    await this.frame.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
  }

  field(name: string): Locator {
    return this.frame.getByRole('textbox', { name, exact: true }).first();
  }

  /** Fills the form in from a line, by the keyboard. */
  async takeLine(line: string): Promise<void> {
    const box = this.field('Fill in from a docker run line');
    await box.fill(line);
    await box.press('Enter');
  }

  async press(name: string): Promise<void> {
    await this.frame.getByRole('button', { name, exact: true }).click();
  }

  /** The rows of a list. */
  rows(list: string): Locator {
    return this.frame.getByRole('group', { name: list, exact: true }).getByRole('group');
  }

  /** What is wrong with the fields. */
  get problems(): Locator {
    return this.frame.locator('.problem:visible');
  }

  /** The equivalent line. */
  get line(): Locator {
    return this.frame.locator('.lineText');
  }

  private get frame(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready:visible').frameLocator('#active-frame');
  }
}
