import type { Locator, Page } from 'playwright-core';
import { startsWith } from './names.ts';

/** The box at the top: palette, pickers, and fields for a text. */
export class QuickInput {
  private readonly page: Page;
  private readonly box: Locator;

  constructor(page: Page) {
    this.page = page;
    this.box = page.locator('.quick-input-widget');
  }

  /** Runs a command by its title in the palette, as `Containers: Stop`. */
  async runCommand(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    await this.field.fill(`>${title}`);
    await this.box.getByRole('option', { name: startsWith(title) }).click();
  }

  /** The titles that the palette offers for a text. */
  async findCommands(text: string): Promise<readonly string[]> {
    await this.page.keyboard.press('F1');
    await this.field.fill(`>${text}`);
    const options = this.box.getByRole('option');
    await options.first().waitFor();
    const names = await options.evaluateAll((found) => found.map((item) => item.getAttribute('aria-label')));
    await this.cancel();
    return names.map((name) => name ?? '');
  }

  /** Opens a file of the workspace by its name. */
  async goToFile(name: string): Promise<void> {
    await this.page.keyboard.press('Control+p');
    await this.field.fill(name);
    await this.box
      .getByRole('option', { name: startsWith(name) })
      .first()
      .click();
  }

  /** Waits for the box of this title. */
  async asks(title: string): Promise<void> {
    await this.box.locator('.quick-input-title').filter({ hasText: title }).waitFor();
  }

  /** Names of what can be chosen. */
  async choices(): Promise<readonly string[]> {
    await this.box.locator('.monaco-list-row').first().waitFor();
    return this.box.locator('.monaco-list-row .label-name').allTextContents();
  }

  /** All that the choices say. */
  async options(): Promise<readonly string[]> {
    return this.box.locator('.monaco-list-row').allInnerTexts();
  }

  /** Takes one of several. */
  async choose(name: string): Promise<void> {
    await this.box.getByRole('option', { name: startsWith(name) }).click();
  }

  /** Ticks some of several and takes them. */
  async chooseAll(names: readonly string[]): Promise<void> {
    for (const name of names)
      await this.box
        .locator('.monaco-list-row')
        .filter({ has: this.label(name) })
        .getByRole('checkbox')
        .click();
    await this.box.getByRole('button', { name: 'OK' }).click();
  }

  /** Types over what is in the field; Enter takes it. */
  async enter(text: string): Promise<void> {
    await this.field.fill(text);
    await this.field.press('Enter');
  }

  async type(text: string): Promise<void> {
    await this.field.fill(text);
  }

  /** Whether what is typed shows as dots. */
  async isHidden(): Promise<boolean> {
    return (await this.field.getAttribute('type')) === 'password';
  }

  /** The text below the field. */
  get message(): Locator {
    return this.box.locator('.quick-input-message');
  }

  async cancel(): Promise<void> {
    await this.field.press('Escape');
    await this.box.waitFor({ state: 'hidden' });
  }

  private label(name: string): Locator {
    return this.page.locator('.label-name').getByText(name, { exact: true });
  }

  private get field(): Locator {
    return this.box.locator('.quick-input-filter input.input');
  }
}
