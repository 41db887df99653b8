import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { poll } from './logsLook.ts';
import { openStats, type StatsBed, type StatsBedOptions } from './statsBed.ts';
import { useBeds } from './useBeds.ts';

const useBed = useBeds<StatsBed>();

async function openBed(options?: StatsBedOptions): Promise<StatsBed> {
  const bed = await useBed((browser) => openStats(browser, options));
  bed.moment({ web: { cpuPercent: 2 }, db: { cpuPercent: 30, memoryBytes: 2048 }, job: { cpuPercent: 5 } });
  await bed.load();
  await poll(() => names(bed.page)).toEqual(['db', 'job', 'web']);
  return bed;
}

const names = (page: Page): Promise<string[]> => page.locator('.tableBody .rowName').allInnerTexts();
const row = (page: Page, name: string): Locator =>
  page.locator('.tableBody .row').filter({ has: page.getByText(name, { exact: true }) });
const charted = (page: Page): Promise<string[]> =>
  page.locator('.tableBody .row[aria-selected="true"] .rowName').allInnerTexts();

test('shows what docker stats prints, each second anew', async () => {
  const bed = await openBed();
  const cells = row(bed.page, 'db').getByRole('gridcell');
  await poll(() => cells.allInnerTexts()).toEqual([
    '30.00 %',
    '2 KiB / 4 KiB',
    '50.00 %',
    '0 B / 0 B',
    '0 B / 0 B',
    '1',
  ]);
  bed.moment({ db: { cpuPercent: 1.234, netInBytes: 1500 }, web: undefined });
  await poll(() => names(bed.page)).toEqual(['db', 'web']);
  await poll(() => cells.first().innerText()).toBe('1.23 %');
  expect(await cells.nth(3).innerText()).toBe('1.5 kB / 0 B');
  expect(await row(bed.page, 'web').innerText()).toContain('exited');
  expect(await row(bed.page, 'web').getByRole('gridcell').first().innerText()).toBe('–');
});

test('sorts by a column, forth and back; what is not measured comes last', async () => {
  const bed = await openBed();
  const { page } = bed;
  const header = page.getByRole('columnheader', { name: 'Name' });
  await header.getByRole('button').click();
  await poll(() => names(page)).toEqual(['db', 'job', 'web']);
  expect(await header.getAttribute('aria-sort')).toBe('ascending');
  await header.getByRole('button').click();
  await poll(() => names(page)).toEqual(['web', 'job', 'db']);
  await page.getByRole('columnheader', { name: 'CPU' }).getByRole('button').click();
  bed.moment({ web: { cpuPercent: 90 }, db: undefined, job: { cpuPercent: 5 } });
  await poll(() => names(page)).toEqual(['web', 'job', 'db']);
});

test('filters by name, and says when nothing has it', async () => {
  const { page } = await openBed();
  await page.getByRole('searchbox').fill('O');
  await poll(() => names(page)).toEqual(['job']);
  await page.getByRole('searchbox').fill('none');
  await page.getByText('No container has “none” in its name.').waitFor();
});

test('charts show the chosen containers, by mouse and by keys', async () => {
  const { page } = await openBed();
  await poll(() => charted(page)).toEqual(['db', 'job', 'web']);
  await row(page, 'job').click();
  await poll(() => charted(page)).toEqual(['job']);
  await row(page, 'web').click({ modifiers: ['Control'] });
  await poll(() => charted(page)).toEqual(['job', 'web']);
  await page.keyboard.press('Tab');
  await row(page, 'db').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press(' ');
  await poll(() => charted(page)).toEqual(['web']);
  // A chart for each kind of thing, with a value for each curve: the time, in and out.
  const values = page.getByRole('figure', { name: 'Network' }).locator('.u-value');
  await poll(() => values.count()).toBe(3);
});

test('values beside a chart are the last ones while nobody points', async () => {
  const bed = await openBed();
  await row(bed.page, 'db').click();
  const value = bed.page.getByRole('figure', { name: 'CPU' }).locator('.u-value').nth(1);
  await poll(() => value.innerText()).toBe('30 %');
  bed.moment({ db: { cpuPercent: 44 } });
  await poll(() => value.innerText()).toBe('44 %');
});

test('a pause keeps the picture still, and what was missed is there afterwards', async () => {
  const bed = await openBed();
  const { page } = bed;
  await page.getByRole('button', { name: 'Pause' }).click();
  bed.moment({ db: { cpuPercent: 77 } });
  await page.getByText('Paused').waitFor();
  expect(await names(page)).toEqual(['db', 'job', 'web']);
  await page.getByRole('button', { name: 'Resume' }).click();
  bed.moment({ db: { cpuPercent: 78 } });
  await poll(() => row(page, 'db').getByRole('gridcell').first().innerText()).toBe('78.00 %');
});

test('saving and logs are asked of the editor', async () => {
  const { page, asked } = await openBed();
  await page.getByRole('button', { name: 'Save as CSV…' }).click();
  await poll(() => Promise.resolve(asked)).toEqual(['save 1 of db job web']);
  await row(page, 'web').hover();
  await row(page, 'web').getByRole('button', { name: 'Open Logs' }).click();
  await poll(() => Promise.resolve(asked)).toContain('logs e/container/web');
});

test('what was chosen is there again after a reload; a hidden page is not measured for', async () => {
  const bed = await openBed();
  const { page } = bed;
  await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
  await row(page, 'job').click();
  await page.getByRole('combobox', { name: 'Time shown' }).selectOption('15');
  await poll(() => charted(page)).toEqual(['job']);
  expect(bed.isWatched()).toBe(true);
  bed.hide();
  expect(bed.isWatched()).toBe(false);
  await bed.load();
  await poll(() => charted(page)).toEqual(['job']);
  expect(await names(page)).toEqual(['db', 'job', 'web']);
  expect(await page.getByRole('combobox', { name: 'Time shown' }).inputValue()).toBe('15');
  expect(bed.isWatched()).toBe(true);
});

test.each(['light', 'highContrast'] as const)('fits into 420 pixels: %s', async (theme) => {
  const { page } = await openBed({ theme, width: 420 });
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(420);
  await page.getByRole('columnheader', { name: 'Memory' }).waitFor();
});
