import type { Locator, Page } from 'playwright-core';
import { Menu } from './menu.ts';
import { exactly, startsWith } from './names.ts';
import { Row } from './row.ts';

/** One view of the sidebar: its heading, its buttons and its rows. */
export class View {
  private readonly page: Page;
  private readonly title: string;

  constructor(page: Page, title: string) {
    this.page = page;
    this.title = title;
  }

  async open(): Promise<void> {
    if ((await this.heading.getAttribute('aria-expanded')) !== 'true') await this.heading.click();
  }

  async close(): Promise<void> {
    if ((await this.heading.getAttribute('aria-expanded')) === 'true') await this.heading.click();
  }

  /** The row of this name; the name is the text before the grey one. */
  row(name: string): Row {
    const label = this.page.locator('.label-name').filter({ hasText: exactly(name) });
    return new Row(this.page, this.items.filter({ has: label }));
  }

  /** The names of all rows that are shown, from top to bottom. */
  async names(): Promise<readonly string[]> {
    return (await this.read()).map(({ name }) => name);
  }

  /** What a screen reader says of the rows, from top to bottom. */
  async labels(): Promise<readonly string[]> {
    return (await this.read()).map(({ label }) => label);
  }

  /** The button of that title in the view's heading. */
  async press(title: string): Promise<void> {
    await this.heading.hover();
    await this.button(title).click();
  }

  /** A button in the view's heading. */
  button(title: string): Locator {
    return this.pane.locator('.pane-header').getByRole('button', { name: startsWith(title) });
  }

  /** An entry behind the heading's three dots. */
  async chooseInMenu(title: string): Promise<void> {
    await this.heading.hover();
    await this.heading.getByRole('button', { name: /More Actions\.\.\.$/ }).click();
    await new Menu(this.page).choose(title);
  }

  /** The text above the rows. */
  get message(): Locator {
    return this.pane.locator('.tree-explorer-viewlet-tree-view > .message');
  }

  /** What stands there instead of rows. */
  get welcome(): Locator {
    return this.pane.getByRole('region', { name: 'Welcome' });
  }

  /** The grey text beside the view's name. */
  get description(): Locator {
    return this.pane.locator('.pane-header .description');
  }

  private async read(): Promise<readonly { readonly name: string; readonly label: string }[]> {
    // The editor draws only what is in sight; a reader of all rows needs all of them there.
    const rows = await this.items.evaluateAll((items) =>
      items
        .map((item) => ({
          name: item.querySelector('.label-name')?.textContent ?? '',
          label: item.getAttribute('aria-label') ?? '',
          index: Number(item.getAttribute('data-index')),
          isLast: item.getAttribute('data-last-element') === 'true',
        }))
        .sort((a, b) => a.index - b.index),
    );
    if (rows.length > 0 && (rows[0]?.index !== 0 || rows.at(-1)?.isLast !== true))
      throw new Error(`${this.title} has more rows than fit: make the page higher`);
    return rows;
  }

  private get heading(): Locator {
    return this.pane.locator('.pane-header');
  }

  private get pane(): Locator {
    // What narrows the view is part of the button's name, not of the heading's.
    const title = this.page.locator('.pane-header').getByRole('heading', { name: this.title, exact: true });
    return this.page.locator('.pane').filter({ has: title });
  }

  private get items(): Locator {
    return this.page.getByRole('tree', { name: this.title, exact: true }).getByRole('treeitem');
  }
}
