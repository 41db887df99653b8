import type { FrameLocator, Locator, Page } from 'playwright-core';
import { Menu } from './menu.ts';

/** The panel of layers in front: a page inside two frames. */
export class LayersPanel {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Waits until the layers of this image, or these images, are in front and read. */
  async isOpen(name: string): Promise<void> {
    await this.frame.locator('.imageName').getByText(name, { exact: true }).waitFor();
  }

  /** Selects the step with `text` in its instruction. */
  async chooseStep(text: string): Promise<void> {
    await this.step(text).click();
  }

  step(text: string): Locator {
    return this.frame.getByRole('option').filter({ hasText: text });
  }

  /** The row of this name in the tree of files. */
  path(name: string): Locator {
    return this.frame
      .locator('.tree .listScroller .listRow')
      .filter({ has: this.page.locator('.nameText').getByText(name, { exact: true }) });
  }

  /** The mark, name and size of all rows on screen. */
  async paths(): Promise<readonly string[]> {
    const rows = this.frame.locator('.tree .listScroller .listRow');
    return rows.evaluateAll((found) =>
      found.map((row) =>
        ['mark', 'nameText']
          .map((name) => row.querySelector(`.${name}`)?.textContent ?? '')
          .join(' ')
          .trim(),
      ),
    );
  }

  /** The wasted path, with its bytes and why. */
  wasted(path: string): Locator {
    return this.frame
      .locator('.waste .listScroller .listRow')
      .filter({ has: this.page.locator('.path').getByText(path, { exact: true }) });
  }

  async openMenu(name: string): Promise<Menu> {
    await this.path(name).click({ button: 'right' });
    return new Menu(this.page);
  }

  button(name: string | RegExp): Locator {
    return this.frame.getByRole('button', { name });
  }

  tab(name: RegExp): Locator {
    return this.frame.getByRole('tab', { name });
  }

  get searchbox(): Locator {
    return this.frame.getByRole('searchbox');
  }

  get frame(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready:visible').frameLocator('#active-frame');
  }
}
