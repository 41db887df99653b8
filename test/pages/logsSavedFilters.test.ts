import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { SavedFilter } from '../../src/protocol/logs.ts';
import { numbered } from './logsBed.ts';
import { useLogs } from './useLogs.ts';
import { poll, status } from './logsLook.ts';

const logs = useLogs();
const rows = (page: Page) => page.locator('.rows > .row');
const filterInput = (page: Page) => page.getByRole('textbox', { name: 'Show only lines with' });
const nameInput = (page: Page) => page.getByRole('textbox', { name: 'Name of the filter' });
const menu = (page: Page) => page.getByRole('menu', { name: 'Saved filters' });
const focused = (page: Page): Promise<string> => page.locator(':focus').innerText();

function withText(name: string, pattern: string): SavedFilter {
  const condition = { kind: 'text', pattern, isRegex: false, matchCase: false, isInverse: false } as const;
  return { name, filter: { minLevel: 0, stream: 'both', conditions: [condition] } };
}

describe('a filter', () => {
  test('is saved under a name that it proposes, by keys alone', async () => {
    const { page, filters } = await logs(numbered(1000));
    await page.keyboard.press('Alt+f');
    await page.keyboard.type('line 12');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Hide lines with this instead' }).click();
    await filterInput(page).fill('5');
    await page.keyboard.press('ArrowDown');
    await menu(page).waitFor();
    expect(await menu(page).innerText()).toContain('No filter is saved in this workspace yet');
    await page.keyboard.press('Enter');
    await poll(() => nameInput(page).inputValue()).toBe('line 12 · not 5');
    await page.keyboard.press('Enter');
    await poll(() => filters.all.map(({ name }) => name)).toEqual(['line 12 · not 5']);
    expect(filters.all[0]?.filter.conditions).toHaveLength(2);
    await page.keyboard.press('Enter');
    await poll(() => focused(page)).toBe('line 12 · not 5');
    expect(await page.getByRole('menuitemradio', { checked: true }).count()).toBe(1);
  });

  test('takes the place of the one with its name only after that was said', async () => {
    const { page, filters } = await logs(numbered(100));
    filters.save(withText('mine', 'line 1'));
    await page.keyboard.press('Alt+f');
    await page.keyboard.type('line 2');
    await page.getByRole('button', { name: 'Saved filters' }).click();
    await page.getByRole('menuitem', { name: 'Save this filter…' }).click();
    const form = page.locator('.saveFilter');
    await nameInput(page).fill('mine');
    await poll(() => form.getByRole('status').innerText()).toContain('Takes the place of');
    await nameInput(page).fill('');
    expect(await form.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await nameInput(page).fill(' mine ');
    await form.getByRole('button', { name: 'Replace' }).click();
    await poll(() => filters.all).toEqual([withText('mine', 'line 2')]);
    expect(await menu(page).isVisible()).toBe(false);
  });

  test('cannot be saved beyond a hundred, or when it asks for nothing', async () => {
    const { page, filters } = await logs(numbered(10));
    for (let at = 0; at < 100; at++) filters.save(withText(`filter ${String(at)}`, 'x'));
    await page.keyboard.press('Alt+f');
    await page.keyboard.press('ArrowDown');
    expect(await page.getByRole('menuitem', { name: 'Save this filter…' }).isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    await page.keyboard.type('line');
    await page.keyboard.press('ArrowDown');
    await page.getByRole('menuitem', { name: 'Save this filter…' }).click();
    const form = page.locator('.saveFilter');
    await poll(() => form.getByRole('status').innerText()).toContain('100 filters are saved');
    expect(await form.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    await poll(() => menu(page).isVisible()).toBe(true);
  });

  test('that was saved is chosen and deleted by keys, and other panels’ are there at once', async () => {
    const { page, filters } = await logs(numbered(1000));
    filters.save(withText('a', 'line 12'));
    filters.save(withText('b', 'line 99'));
    await page.keyboard.press('Alt+f');
    await page.keyboard.press('ArrowDown');
    await poll(() => focused(page)).toContain('a');
    filters.save(withText('c', 'line 7'));
    await poll(() => page.getByRole('menuitemradio').count()).toBe(3);
    await page.keyboard.press('ArrowDown');
    await poll(() => focused(page)).toMatch(/^b\s*line 99$/);
    await page.keyboard.press('Enter');
    await poll(() => status(page)).toBe('11 of 1,000 lines · following');
    expect(await page.locator('.chip').allInnerTexts()).toEqual(['line 99']);
    expect(await filterInput(page).evaluate((each) => each === document.activeElement)).toBe(true);
    await page.keyboard.press('ArrowDown');
    await poll(() => focused(page)).toMatch(/^b/);
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Delete');
    await poll(() => filters.all.map(({ name }) => name)).toEqual(['a', 'c']);
    await poll(() => focused(page)).toMatch(/^c/);
    await page.keyboard.press('ArrowRight');
    expect(await page.locator(':focus').getAttribute('aria-label')).toBe(
      'Delete the saved filter c (Delete)',
    );
    await page.keyboard.press('Enter');
    await poll(() => filters.all.map(({ name }) => name)).toEqual(['a']);
    await page.keyboard.press('Escape');
    await poll(() => menu(page).isVisible()).toBe(false);
    expect(await filterInput(page).evaluate((each) => each === document.activeElement)).toBe(true);
    expect(await rows(page).count()).toBe(11);
  });

  test('that was saved is hostile text as any other', async () => {
    const { page, filters } = await logs(numbered(10), { width: 300 });
    filters.save(withText('<img src=x onerror="document.title=1">', 'x'.repeat(5000)));
    await page.keyboard.press('Alt+f');
    await page.keyboard.press('ArrowDown');
    const item = page.getByRole('menuitemradio');
    await poll(() => item.innerText()).toContain('<img src=x');
    const box = await page.locator('.savedPanel').boundingBox();
    expect((box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? 999) <= 300).toBe(true);
  });
});
