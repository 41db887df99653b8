import type { FrameLocator, Locator, Page } from 'playwright-core';
import { Menu } from './menu.ts';

/** The log panel in front: a page inside two frames. */
export class LogsPanel {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Waits until the log of this container is in front. */
  async isOpen(name: string): Promise<void> {
    await this.frame.getByRole('log', { name: `Log of ${name}` }).waitFor();
  }

  /** The rows on screen with `text` in them. */
  lines(text: string | RegExp): Locator {
    return this.frame.locator('.row:not(.probe)').filter({ hasText: text });
  }

  /** Rows that tell what happened to the container, such as its end. */
  events(text: string): Locator {
    return this.frame.locator('.row.event').filter({ hasText: text });
  }

  /** The menu of the row with `text` in it. */
  async openMenu(text: string | RegExp): Promise<Menu> {
    await this.lines(text).first().click({ button: 'right' });
    return new Menu(this.page);
  }

  /** The row that keys are meant for. */
  get pointed(): Locator {
    return this.frame.locator('.row.pointed');
  }

  get log(): Locator {
    return this.frame.getByRole('log');
  }

  get searchbox(): Locator {
    return this.frame.getByRole('searchbox');
  }

  /** How many matches, and which of them find stands on. */
  get findStatus(): Locator {
    return this.frame.getByRole('toolbar').getByRole('status');
  }

  get currentMatch(): Locator {
    return this.frame.locator('mark.current');
  }

  button(name: RegExp): Locator {
    return this.frame.getByRole('button', { name });
  }

  /** The line below the log. */
  get status(): Locator {
    return this.frame.locator('.status .statusText');
  }

  get frame(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready:visible').frameLocator('#active-frame');
  }
}
