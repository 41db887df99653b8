import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { numbered, trace } from './logsBed.ts';
import { useLogs } from './useLogs.ts';
import { lastRow, matchCount, poll, status, topRow } from './logsLook.ts';

const logs = useLogs();
const rows = (page: Page) => page.locator('.rows > .row');
const contextRows = (page: Page) => page.locator('.row.context');

/** Every hundredth line is one that the filter lets through. */
const lines = numbered(1000).map((line, at) => (at % 100 === 50 ? `${line} wanted` : line));

async function filterFor(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Alt+f');
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
  await page.locator('.log').focus();
}

/** Where a line is on the screen. */
async function topOf(page: Page, text: string): Promise<number> {
  const box = await rows(page).filter({ hasText: text }).boundingBox();
  if (box === null) throw new Error(`${text} does not show`);
  return Math.round(box.y);
}

describe('the log around a filtered line', () => {
  test('shows wider with every press and goes with the last, and the line keeps its place', async () => {
    const { page } = await logs(lines);
    await filterFor(page, 'wanted');
    await poll(() => rows(page).count()).toBe(10);
    await rows(page).filter({ hasText: 'line 550' }).click();
    const before = await topOf(page, 'line 550');
    for (const [count, shown] of [
      [10, 20],
      [40, 50],
      [199, 208],
    ] as const) {
      await page.keyboard.press('c');
      await poll(() => status(page)).toBe(`${String(shown)} of 1,000 lines · not following`);
      if (count < 100) await poll(() => contextRows(page).count()).toBe(count);
      expect(await topOf(page, 'line 550')).toBe(before);
    }
    await page.keyboard.press('c');
    await poll(() => status(page)).toBe('10 of 1,000 lines · not following');
    expect(await contextRows(page).count()).toBe(0);
  });

  test('is divided from what is left out, and is not where nothing is', async () => {
    const { page } = await logs(lines);
    await filterFor(page, 'wanted');
    await rows(page).filter({ hasText: 'line 550' }).click();
    await page.keyboard.press('c');
    await poll(() => contextRows(page).count()).toBe(10);
    const numbers = await page.locator('.row.afterGap').allInnerTexts();
    expect(numbers.map((text) => /line (\d+)/.exec(text)?.[1])).toEqual(['545', '650']);
  });

  test('has a button that says what it does, and keeps the focus', async () => {
    const { page } = await logs(lines);
    await filterFor(page, 'wanted');
    const row = rows(page).filter({ hasText: 'line 550' });
    const named = (name: string) => row.getByRole('button', { name });
    expect(await named('Show 5 lines').isVisible()).toBe(false);
    await row.hover();
    await named('Show 5 lines before and after this one').click();
    await poll(() => contextRows(page).count()).toBe(10);
    await page.mouse.move(5, 5);
    await named('Show 20 lines').press('Enter');
    await poll(() => contextRows(page).count()).toBe(40);
    expect(await named('Show 100 lines').evaluate((each) => each === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    await named('Show no lines around this one').press('Enter');
    await poll(() => contextRows(page).count()).toBe(0);
  });

  test('is meant by its own rows as well, and Escape on it takes it away', async () => {
    const { page } = await logs(lines);
    await filterFor(page, 'wanted');
    await rows(page).filter({ hasText: 'line 550' }).click();
    await page.keyboard.press('c');
    await rows(page).filter({ hasText: 'line 547' }).click();
    const before = await topOf(page, 'line 547');
    await page.keyboard.press('c');
    await poll(() => contextRows(page).count()).toBe(40);
    expect(await topOf(page, 'line 547')).toBe(before);
    await page.keyboard.press('Escape');
    await poll(() => contextRows(page).count()).toBe(0);
    expect(await page.locator('.pointed').innerText()).toContain('line 550');
    await page.keyboard.press('c');
    await poll(() => contextRows(page).count()).toBe(10);
    await page.keyboard.press('C');
    await poll(() => contextRows(page).count()).toBe(0);
  });

  test('is searched with all that shows, and goes with another filter', async () => {
    const { page } = await logs(lines);
    await filterFor(page, 'wanted');
    await rows(page).filter({ hasText: 'line 550' }).click();
    await page.keyboard.press('c');
    await page.keyboard.press('Control+f');
    await page.keyboard.type('line 55');
    await poll(() => matchCount(page)).toMatch(/of 6$/);
    await poll(() => page.locator('mark').count()).toBe(6);
    await page.getByRole('combobox', { name: 'Streams that are shown' }).selectOption('stdout');
    await poll(() => contextRows(page).count()).toBe(0);
    await poll(() => rows(page).count()).toBe(10);
  });

  test('has a stack trace in it as one row', async () => {
    const { page } = await logs([...numbered(20), ...trace(), 'line 25', 'wanted', ...numbered(20, 27)]);
    await filterFor(page, 'wanted');
    await poll(() => rows(page).count()).toBe(1);
    await page.keyboard.press('c');
    await poll(() => rows(page).count()).toBe(8);
    await page.getByRole('button', { name: 'Stack trace of 4 lines' }).click();
    await poll(() => rows(page).count()).toBe(12);
    expect(await contextRows(page).count()).toBe(11);
  });

  test('does not show without a filter', async () => {
    const { page } = await logs(lines);
    await rows(page).filter({ hasText: 'line 999' }).click();
    await page.keyboard.press('c');
    await page.keyboard.press('f');
    expect(await page.locator('.around').count()).toBe(0);
    expect(await status(page)).toBe('1,000 lines · following');
  });
});

describe('a filtered line in the whole log', () => {
  test('is where it was, with all around it, and again among the filtered ones', async () => {
    const { page } = await logs(lines);
    await filterFor(page, 'wanted');
    await poll(() => rows(page).count()).toBe(10);
    await rows(page).filter({ hasText: 'line 550' }).click();
    const before = await topOf(page, 'line 550');
    await page.keyboard.press('o');
    await poll(() => status(page)).toBe('1,000 lines · not following');
    expect(await topOf(page, 'line 550')).toBe(before);
    expect(await page.locator('.pointed').innerText()).toContain('line 550');
    expect(await page.locator('.chip').innerText()).toBe('wanted');
    await page.getByRole('button', { name: 'Filter again (o)' }).click();
    await poll(() => rows(page).count()).toBe(10);
    expect(await topOf(page, 'line 550')).toBe(before);
    expect(await page.getByRole('button', { name: 'Filter again (o)' }).isVisible()).toBe(false);
  });

  test('is followed by the filter at the place that one has gone to', async () => {
    const { page } = await logs(lines);
    await filterFor(page, 'wanted');
    await rows(page).filter({ hasText: 'line 550' }).click();
    await page.keyboard.press('o');
    await poll(() => status(page)).toContain('1,000 lines');
    await page.keyboard.press('Home');
    await poll(async () => (await topRow(page)).text).toBe('line 0');
    await page.keyboard.press('o');
    await poll(() => status(page)).toContain('10 of 1,000');
    await poll(async () => (await topRow(page)).text).toBe('line 50 wanted');
  });

  test('is over with another filter', async () => {
    const { page } = await logs(lines);
    await filterFor(page, 'wanted');
    await page.keyboard.press('o');
    await poll(() => status(page)).toContain('1,000 lines');
    await page.keyboard.press('Alt+f');
    await page.keyboard.type('5');
    await poll(() => lastRow(page)).toContain('line 950 wanted');
    await poll(() => rows(page).count()).toBe(10);
    expect(await page.getByRole('button', { name: 'Filter again (o)' }).isVisible()).toBe(false);
  });
});
