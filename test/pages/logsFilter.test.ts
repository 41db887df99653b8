import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { numbered } from './logsBed.ts';
import { frames, lastRow, matchCount, poll, status, topRow } from './logsLook.ts';
import { useLogs } from './useLogs.ts';

const logs = useLogs();

const rows = (page: Page) => page.locator('.rows > .row');
const filterInput = (page: Page) => page.getByRole('textbox', { name: 'Show only lines with' });

describe('the filter', () => {
  test('applies while one types, adds and removes conditions, and says how much shows', async () => {
    const { page, write } = await logs(numbered(1000));
    await page.keyboard.press('Alt+f');
    await page.keyboard.type('line 12');
    await poll(() => status(page)).toBe('11 of 1,000 lines · following');
    await poll(() => rows(page).count()).toBe(11);
    await page.keyboard.press('Enter');
    await poll(() => page.locator('.chip').count()).toBe(1);
    await page.getByRole('button', { name: 'Hide lines with this instead' }).click();
    await filterInput(page).fill('5');
    await poll(() => rows(page).count()).toBe(10);
    await page.keyboard.press('Enter');
    await poll(() => page.locator('.chip').allInnerTexts()).toEqual(['line 12', 'not 5']);
    write('line 12 again', 'line 1250', 'something else');
    await poll(() => lastRow(page)).toContain('line 12 again');
    await page.getByRole('button', { name: 'Edit: not 5' }).click();
    expect(await filterInput(page).inputValue()).toBe('5');
    await filterInput(page).fill('');
    await poll(() => rows(page).count()).toBe(13);
    await filterInput(page).press('Backspace');
    expect(await filterInput(page).inputValue()).toBe('line 12');
    await page.getByRole('button', { name: 'Clear all' }).click();
    await poll(() => status(page)).toBe('1,003 lines · following');
    await filterInput(page).press('Escape');
    await poll(() => page.locator('.filterBar').isVisible()).toBe(false);
  });

  test('keeps the row at the top in sight', async () => {
    const { page } = await logs(numbered(5000));
    await poll(() => lastRow(page)).toContain('line 4999');
    await page.evaluate(`document.querySelector('.log').scrollTop = 50_000`);
    await poll(async () => (await topRow(page)).text).toMatch(/line 2\d\d\d/);
    await frames(page);
    const before = await topRow(page);
    const last = before.text.at(-1) ?? '';
    await page.keyboard.press('Alt+f');
    await page.keyboard.type(`${last}$`);
    await page.getByRole('button', { name: 'Use regular expression' }).last().click();
    await poll(() => status(page)).toContain('500 of 5,000 lines');
    await poll(async () =>
      Math.abs(Number((await topRow(page)).text.slice(5)) - Number(before.text.slice(5))),
    ).toBeLessThan(12);
    await filterInput(page).fill('');
    await poll(() => status(page)).toContain('5,000 lines · not following');
    await poll(async () =>
      Math.abs(Number((await topRow(page)).text.slice(5)) - Number(before.text.slice(5))),
    ).toBeLessThan(12);
  });

  test('that nothing passes leaves the place to the next', async () => {
    const { page } = await logs(numbered(5000));
    await poll(() => lastRow(page)).toContain('line 4999');
    await page.evaluate(`document.querySelector('.log').scrollTop = 50_000`);
    await poll(async () => (await topRow(page)).text).toMatch(/line 2\d\d\d/);
    await frames(page);
    const before = await topRow(page);
    await page.keyboard.press('Alt+f');
    await page.keyboard.type('nowhere');
    await poll(() => page.locator('.notice').innerText()).toBe('No line passes the filter');
    await filterInput(page).fill('');
    await poll(() => status(page)).toBe('5,000 lines · not following');
    await poll(async () => (await topRow(page)).text).toMatch(/line \d+/);
    const after = await topRow(page);
    expect(Math.abs(Number(after.text.slice(5)) - Number(before.text.slice(5)))).toBeLessThan(12);
  });

  test('knows levels, streams, fields, and bad expressions', async () => {
    const { page } = await logs([
      'level=info msg="all well" status=200',
      'level=error msg="went wrong" status=500',
      '!level=warn msg="take care" status=404',
      'plain',
    ]);
    await page.getByRole('button', { name: 'Filter (Alt+F)' }).click();
    await page.getByRole('combobox', { name: 'Least level that is shown' }).selectOption('≥ warn');
    await poll(() => rows(page).count()).toBe(2);
    await page.getByRole('combobox', { name: 'Streams that are shown' }).selectOption('stderr');
    await poll(() => rows(page).count()).toBe(1);
    await page.getByRole('button', { name: 'Clear all' }).click();
    await filterInput(page).fill('@status=50');
    await poll(() => rows(page).count()).toBe(1);
    expect(await lastRow(page)).toContain('went wrong');
    await filterInput(page).fill('nowhere');
    await poll(() => page.locator('.notice').innerText()).toBe('No line passes the filter');
    await filterInput(page).fill('went (');
    await page.getByRole('button', { name: 'Use regular expression' }).last().click();
    await poll(() => page.locator('.filterBar .count').innerText()).toBe('Not a valid expression');
    expect(await filterInput(page).getAttribute('aria-invalid')).toBe('true');
  });

  test('is there again after a reload of the window', async () => {
    const { page, load } = await logs(numbered(100));
    await page.keyboard.press('Alt+f');
    await page.keyboard.type('line 9');
    await poll(() => rows(page).count()).toBe(11);
    await load();
    await poll(() => rows(page).count()).toBe(11);
    expect(await page.locator('.chip').innerText()).toBe('line 9');
    await page.keyboard.press('Control+f');
    await page.keyboard.type('line 95');
    await poll(() => matchCount(page)).toBe('1 of 1');
  });
});

describe('lines over time', () => {
  test('are drawn, told in words, and jumped to', async () => {
    const lines = numbered(9000).map((line, at) => (at === 4000 ? 'ERROR it broke' : line));
    const { page, questions } = await logs(lines);
    const strip = page.getByRole('slider', { name: /Lines over time/ });
    await poll(() => strip.getAttribute('aria-valuetext')).toMatch(/^1 error, 9,000 lines between .* and /);
    const box = await strip.boundingBox();
    if (box === null) throw new Error('no strip');
    await page.mouse.move(box.x + box.width * 0.5, box.y + 10);
    await poll(() => page.locator('.tip').isVisible()).toBe(true);
    await page.mouse.down();
    await page.mouse.up();
    await poll(async () => Math.abs(Number((await topRow(page)).text.slice(5)) - 4500)).toBeLessThan(60);
    await strip.press('Home');
    await strip.press('Enter');
    await poll(async () => (await topRow(page)).text).toContain('line 0');
    await page.locator('.log').focus();
    await page.keyboard.press('e');
    await poll(() => page.locator('.pointed').innerText()).toContain('ERROR it broke');
    await page.keyboard.press('Control+f');
    await page.keyboard.type('broke');
    await poll(() => questions.includes('density')).toBe(true);
    await page.getByRole('button', { name: 'Lines over time' }).click();
    await poll(() => strip.isVisible()).toBe(false);
  });
});
