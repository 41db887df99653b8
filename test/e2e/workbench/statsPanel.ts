import type { FrameLocator, Locator, Page } from 'playwright-core';

/** The panel of stats in front: a page inside two frames. */
export class StatsPanel {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** The numbers of a container, in the order of the columns. */
  async numbers(name: string): Promise<readonly string[]> {
    return this.row(name).getByRole('gridcell').allInnerTexts();
  }

  /** How many moments its curve has, at most a minute of them. */
  async moments(name: string): Promise<number> {
    const curve = await this.row(name).locator('.sparkline path').first().getAttribute('d');
    return (curve ?? '').split(/[ML]/).length - 1;
  }

  row(name: string): Locator {
    return this.frame
      .getByRole('grid', { name: 'Containers' })
      .getByRole('row')
      .filter({ has: this.page.locator('.rowName').getByText(name, { exact: true }) });
  }

  /** What stands beside a chart. */
  async values(chart: string): Promise<readonly string[]> {
    return this.frame.getByRole('figure', { name: chart }).locator('.u-value').allInnerTexts();
  }

  async press(name: string): Promise<void> {
    await this.frame.getByRole('button', { name }).click();
  }

  private get frame(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready:visible').frameLocator('#active-frame');
  }
}
