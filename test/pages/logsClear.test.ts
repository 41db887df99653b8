import { describe, expect, test } from 'vitest';
import { numbered } from './logsBed.ts';
import { useLogs } from './useLogs.ts';
import { frames, lastRow, matchCount, poll, status, topRow } from './logsLook.ts';

const logs = useLogs();

describe('the view', () => {
  test('is cleared and goes on with what comes; what is hidden is said and shown again', async () => {
    const { page, write } = await logs(numbered(1000));
    const notice = page.locator('.notice');
    await page.keyboard.press('Control+l');
    await poll(() => notice.innerText()).toMatch(/^1,000 earlier lines are hidden\s*Show them$/);
    expect(await page.locator('.rows > .row').count()).toBe(0);
    expect(await status(page)).toBe('0 lines · following');
    write('line 1000', 'line 1001');
    await poll(() => lastRow(page)).toContain('line 1001');
    await poll(() => status(page)).toBe('2 lines · following');
    await page.getByRole('button', { name: 'Clear the view (Ctrl+L)' }).click();
    await poll(() => notice.innerText()).toMatch(/^1,002 earlier lines/);
    await page.keyboard.press('Control+l');
    await poll(() => lastRow(page)).toContain('line 1001');
    await poll(() => status(page)).toBe('1,002 lines · following');
    expect(await notice.isVisible()).toBe(false);
    await page.keyboard.press('Control+l');
    await page.getByRole('button', { name: 'Show them' }).click();
    await poll(() => status(page)).toBe('1,002 lines · following');
  });

  test('that is cleared is searched, filtered and drawn over time by what shows', async () => {
    const { page, write } = await logs(numbered(100));
    await page.keyboard.press('Control+l');
    write(...numbered(20, 100));
    const strip = page.getByRole('slider', { name: /Lines over time/ });
    await poll(() => strip.getAttribute('aria-valuetext')).toMatch(/^20 lines between/);
    await page.keyboard.press('Control+f');
    await page.keyboard.type('line 10');
    await poll(() => matchCount(page)).toMatch(/of 10$/);
    await page.keyboard.press('Alt+f');
    await page.keyboard.type('9');
    await poll(() => status(page)).toMatch(/^2 of 20 lines/);
  });

  test('shows all again for a time before it, at that time', async () => {
    const { page, write } = await logs(numbered(5000));
    await page.keyboard.press('Control+l');
    await poll(() => status(page)).toBe('0 lines · following');
    write(...numbered(2000, 5000));
    await poll(() => status(page)).toBe('2,000 lines · following');
    const goTo = async (time: string): Promise<void> => {
      await page.keyboard.press('g');
      await page.getByRole('textbox', { name: 'Go to time' }).fill(time);
      await page.keyboard.press('Enter');
    };
    await goTo('2026-03-01T12:00:06Z');
    await poll(() => page.locator('.rows > .row', { hasText: 'line 6000' }).isVisible()).toBe(true);
    expect(await status(page)).toBe('2,000 lines · not following');
    await goTo('2026-03-01T12:00:03Z');
    await poll(() => page.locator('.rows > .row', { hasText: 'line 3000' }).isVisible()).toBe(true);
    expect(await status(page)).toBe('7,000 lines · not following');
  });

  test('stays cleared when the page is shown again', async () => {
    const { page, write, load } = await logs(numbered(50));
    await page.keyboard.press('Control+l');
    await poll(() => status(page)).toBe('0 lines · following');
    write('line 50');
    await load();
    await poll(() => lastRow(page)).toContain('line 50');
    expect(await page.locator('.rows > .row').count()).toBe(1);
    await page.getByRole('button', { name: 'Show them' }).click();
    await poll(() => status(page)).toBe('51 lines · following');
  });

  test('counts as new only what comes, and reads nothing older', async () => {
    const { page, session, write, wishes } = await logs(numbered(50));
    session.history({ phase: 'partial', pendingLines: 0 });
    await page.keyboard.press('Control+l');
    await poll(() => status(page)).toBe('0 lines · following');
    write(...numbered(100, 50));
    await poll(() => lastRow(page)).toContain('line 149');
    await page.mouse.move(400, 200);
    await page.mouse.wheel(0, -5000);
    await poll(async () => (await topRow(page)).text).toBe('line 50');
    write('and on');
    await poll(() => page.locator('.jump').innerText()).toBe('↓ 1 new');
    await frames(page);
    expect(wishes).toEqual([]);
  });
});
