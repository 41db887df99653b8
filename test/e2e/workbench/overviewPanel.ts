import type { FrameLocator, Locator, Page } from 'playwright-core';

/** A container's page in front: a page inside two frames. */
export class OverviewPanel {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** What stands beside the name: the state, and the health. */
  badges(): Promise<readonly string[]> {
    return this.frame.locator('.badge').allInnerTexts();
  }

  /** Why it is as it is, with what to do about it. */
  verdict(title: string): Locator {
    return this.frame.getByRole('region', { name: title });
  }

  /** A line of the page by its label. */
  line(label: string): Locator {
    return this.frame
      .locator('.row')
      .filter({ has: this.page.locator('dt').getByText(label, { exact: true }) });
  }

  async press(name: string): Promise<void> {
    await this.frame.getByRole('button', { name, exact: true }).first().click();
  }

  get notice(): Locator {
    return this.frame.locator('.notice');
  }

  private get frame(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready:visible').frameLocator('#active-frame');
  }
}
