import type { Locator, Page } from 'playwright-core';
import { Hover } from './hover.ts';
import { Menu } from './menu.ts';
import { startsWith } from './names.ts';

/** One row of a view. */
export class Row {
  readonly element: Locator;
  private readonly page: Page;

  constructor(page: Page, element: Locator) {
    this.page = page;
    this.element = element;
  }

  async appears(): Promise<void> {
    await this.element.waitFor();
  }

  async disappears(): Promise<void> {
    await this.element.waitFor({ state: 'detached' });
  }

  /** What a screen reader says. */
  async label(): Promise<string> {
    return (await this.element.getAttribute('aria-label')) ?? '';
  }

  /** The grey text behind the name. */
  description(): Promise<string> {
    return this.element.locator('.label-description').innerText();
  }

  /** A click on the name. A row with rows below it opens or closes by that, as in any tree of the editor. */
  async click(modifiers: readonly ('Control' | 'Shift')[] = []): Promise<void> {
    await this.name.click({ modifiers: [...modifiers] });
  }

  /** Selects it and gives it the focus, then presses the key. */
  async press(key: string): Promise<void> {
    await this.click();
    await this.page.keyboard.press(key);
  }

  async pressButton(title: string): Promise<void> {
    await this.name.hover();
    await this.button(title).click();
  }

  button(title: string): Locator {
    return this.element.getByRole('button', { name: startsWith(title) });
  }

  async openMenu(): Promise<Menu> {
    await this.name.click({ button: 'right' });
    return new Menu(this.page);
  }

  async chooseInMenu(title: string): Promise<void> {
    await (await this.openMenu()).choose(title);
  }

  async expand(): Promise<void> {
    if (!(await this.isExpanded())) await this.twistie.click();
  }

  async collapse(): Promise<void> {
    if (await this.isExpanded()) await this.twistie.click();
  }

  async isExpanded(): Promise<boolean> {
    return (await this.element.getAttribute('aria-expanded')) === 'true';
  }

  /** Points at the row and waits for its hover to say something with `text` in it. */
  async hover(text: string): Promise<Hover> {
    const hover = new Hover(this.page);
    await this.page.mouse.move(0, 0);
    await hover.box.waitFor({ state: 'detached' });
    await this.name.hover();
    await hover.says(text);
    return hover;
  }

  /** Whether its text has the colour of disabled things. */
  async isGreyed(): Promise<boolean> {
    return this.element.locator('.label-name').evaluate((name) => {
      const probe = document.createElement('span');
      probe.style.color = 'var(--vscode-disabledForeground)';
      name.append(probe);
      const disabled = getComputedStyle(probe).color;
      probe.remove();
      return getComputedStyle(name).color === disabled;
    });
  }

  private get name(): Locator {
    return this.element.locator('.label-name');
  }

  private get twistie(): Locator {
    return this.element.locator('.monaco-tl-twistie');
  }
}
