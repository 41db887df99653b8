import type { FrameLocator, Locator, Page } from 'playwright-core';

/** The panel of the builds: a page inside two frames. */
export class BuildPanel {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Waits until the build of this name is shown and has come to this state. */
  async shows(name: string, state: string): Promise<void> {
    await this.frame.getByRole('heading', { name }).waitFor();
    await this.frame.getByRole('status').filter({ hasText: state }).waitFor();
  }

  /** A step by the words of its line. */
  step(name: RegExp): Locator {
    return this.frame.getByRole('button', { name });
  }

  button(name: string): Locator {
    return this.frame.getByRole('button', { name, exact: true });
  }

  /** What steps wrote, as far as it is in sight. */
  get output(): Locator {
    return this.frame.getByRole('log');
  }

  /** Why it has failed. */
  get problem(): Locator {
    return this.frame.getByRole('alert');
  }

  /** What is said of the build below its name. */
  get facts(): Locator {
    return this.frame.locator('.facts');
  }

  /** The lines of the list of builds. */
  get builds(): Locator {
    return this.frame.getByRole('option');
  }

  private get frame(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready:visible').frameLocator('#active-frame');
  }
}
