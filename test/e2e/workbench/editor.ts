import type { Locator, Page } from 'playwright-core';

/** The editor in front. */
export class Editor {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Waits until the tab of this title is in front. */
  async isActive(title: string): Promise<void> {
    await this.page.locator('.tab.active').filter({ hasText: title }).waitFor();
  }

  /** Brings the tab of this title to the front. */
  async show(title: string): Promise<void> {
    await this.page.locator('.tab').filter({ hasText: title }).click();
    await this.isActive(title);
  }

  async tabs(): Promise<readonly string[]> {
    return this.page.locator('.tab .label-name').allTextContents();
  }

  /** The lines on screen. */
  async text(): Promise<string> {
    const lines = await this.page.locator('.editor-instance .view-lines .view-line').evaluateAll((found) =>
      found
        .filter((line) => line instanceof HTMLElement)
        .map((line) => ({ top: Number.parseFloat(line.style.top), text: line.textContent }))
        .sort((a, b) => a.top - b.top)
        .map(({ text }) => text),
    );
    return lines.join('\n').replaceAll('\u00a0', ' ');
  }

  /** The lines that the right side of a comparison has and the left one has not. */
  async inserted(): Promise<string> {
    const marks = this.page.locator('.editor-instance .editor.modified .view-overlays .line-insert');
    const count = await marks.count();
    return count === 0 ? '' : this.page.locator('.editor-instance .editor.modified .view-lines').innerText();
  }

  /** A link above a line, such as `Build Image…`. */
  lens(title: string): Locator {
    return this.page.locator('.codelens-decoration').getByText(title, { exact: true });
  }

  /** Clicks into the text and types. */
  async type(text: string): Promise<void> {
    await this.page.locator('.editor-instance .view-lines').click();
    await this.page.keyboard.type(text);
  }

  /** The bubble that says why something can't be typed. */
  get refusal(): Locator {
    return this.page.locator('.monaco-editor-overlaymessage');
  }

  async closeAll(): Promise<void> {
    while ((await this.page.locator('.tab').count()) > 0) {
      await this.page.locator('.tab.active').click();
      await this.page
        .locator('.tab.active')
        .getByRole('button', { name: /^Close/ })
        .click();
    }
  }
}
