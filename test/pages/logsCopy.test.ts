import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { textHash } from '../../src/model/textHash.ts';
import { type LogsBed, type LogsBedOptions, numbered, trace } from './logsBed.ts';
import { frames, lastRow, poll, status, topRow } from './logsLook.ts';
import { useLogs } from './useLogs.ts';

const open = useLogs();

/** Without times: as they are copied they depend on the machine, and the text is what matters. */
async function logs(lines: readonly string[], options: LogsBedOptions = {}): Promise<LogsBed> {
  const bed = await open(lines, options);
  for (let n = 0; n < 3; n++) await bed.page.keyboard.press('t');
  return bed;
}

const row = (page: Page, text: string) => page.locator('.rows > .row', { hasText: text });
const said = (page: Page): Promise<string> => page.locator('.said').innerText();
const selected = (page: Page): Promise<string[]> =>
  page.locator('.row[aria-selected="true"]').allInnerTexts();

describe('rows', () => {
  test('are selected by keys from the row that was clicked, over any distance, and copied as they are shown', async () => {
    const { page, copied } = await logs(numbered(5000));
    await row(page, 'line 4990').click();
    expect(await selected(page)).toEqual([]);
    await page.keyboard.press('Shift+ArrowUp');
    await page.keyboard.press('Shift+ArrowUp');
    await poll(() => selected(page)).toEqual(['line 4988', 'line 4989', 'line 4990']);
    await page.keyboard.press('Shift+ArrowDown');
    await poll(() => selected(page)).toEqual(['line 4989', 'line 4990']);
    await page.keyboard.press('Control+c');
    await poll(() => copied).toEqual(['line 4989\nline 4990']);
    await poll(() => said(page)).toBe('2 lines copied');
    await page.keyboard.press('Shift+Home');
    await poll(async () => (await topRow(page)).text).toBe('line 0');
    await page.keyboard.press('Control+c');
    await poll(() => said(page)).toBe('4,991 lines copied');
    expect(copied.at(-1)).toBe(numbered(4991).join('\n'));
    await page.keyboard.press('Shift+End');
    await poll(() => lastRow(page)).toContain('line 4999');
    await page.keyboard.press('Control+c');
    await poll(() => said(page)).toBe('10 lines copied');
    await page.keyboard.press('Escape');
    await poll(() => selected(page)).toEqual([]);
    await poll(() => said(page)).toBe('');
  });

  test('are selected with Shift and the mouse, by the page, and all of them', async () => {
    const { page, copied, write } = await logs(numbered(300));
    await row(page, 'line 290').click();
    await row(page, 'line 295').click({ modifiers: ['Shift'] });
    await poll(async () => (await selected(page)).length).toBe(6);
    expect(await page.evaluate('document.getSelection().toString()')).toBe('');
    // Who selects reads: new lines must not push away what is selected.
    write('new');
    await poll(() => status(page)).toContain('301 lines · not following');
    await page.keyboard.press('Shift+PageUp');
    await page.keyboard.press('Shift+PageUp');
    await poll(async () => (await selected(page)).length).toBeGreaterThan(20);
    await page.keyboard.press('Control+a');
    write('later');
    await page.keyboard.press('Control+c');
    await poll(() => copied.length).toBe(1);
    expect(copied[0]?.split('\n')).toEqual([...numbered(300), 'new']);
    await row(page, 'line 250').or(page.locator('.rows > .row').first()).first().click();
    await poll(async () => (await selected(page)).length).toBe(0);
  });

  test('that show are copied, with the lines that are folded away, and without what a filter hides', async () => {
    const { page, copied } = await logs(['first', ...trace(), 'hidden', 'last']);
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+c');
    await poll(() => copied).toEqual([['first', ...trace(), 'hidden', 'last'].join('\n')]);
    await row(page, 'broken is not').click();
    await page.keyboard.press('Control+c');
    await poll(() => copied.length).toBe(2);
    expect(copied[1]).toBe(trace().join('\n'));
    await page.keyboard.press('Alt+f');
    await page.keyboard.type('st');
    await page.keyboard.press('Enter');
    await poll(() => status(page)).toContain('7 of 8 lines');
    await page.locator('.log').focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+c');
    await poll(() => copied.length).toBe(3);
    expect(copied[2]).not.toContain('hidden');
  });

  test('leave to the browser what is selected by the mouse, and to an input what is typed in it', async () => {
    const { page, host, copied } = await logs(numbered(20));
    await row(page, 'line 15').click();
    await row(page, 'line 12').dblclick({ position: { x: 30, y: 8 } });
    await page.keyboard.press('Control+c');
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe('line');
    await page.evaluate("navigator.clipboard.writeText('')");
    host.act('copy', 12);
    await poll(() => page.evaluate('navigator.clipboard.readText()')).toBe('line');
    await page.keyboard.press('Control+f');
    await page.keyboard.type('typed');
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+c');
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe('typed');
    expect(copied).toEqual([]);
  });

  test('tell the editor’s menu what they are, and are what its commands are about', async () => {
    const { page, host, copied } = await logs(numbered(20));
    const context = await row(page, 'line 12').getAttribute('data-vscode-context');
    expect(JSON.parse(context ?? '')).toEqual({ webviewSection: 'line', row: 12 });
    expect(JSON.parse((await page.locator('.log').getAttribute('data-vscode-context')) ?? '')).toEqual({
      webviewSection: 'log',
      ref: 'default/container/c',
      preventDefaultContextMenuItems: true,
    });
    await row(page, 'line 3').click();
    await page.keyboard.press('Shift+ArrowDown');
    await poll(async () => (await selected(page)).length).toBe(2);
    await row(page, 'line 4').click({ button: 'right' });
    host.act('copy', 4);
    await poll(() => copied).toEqual(['line 3\nline 4']);
    await row(page, 'line 12').click({ button: 'right' });
    await poll(async () => (await selected(page)).length).toBe(0);
    host.act('copy', 12);
    await poll(() => copied.at(-1)).toBe('line 12');
  });
});

describe('a line that a link names', () => {
  const noon = Date.parse('2026-03-01T12:00:00Z');
  const place = (at: number, text: string) => ({ at: noon + at, textHash: textHash(text) });
  const pointed = (page: Page): Promise<string[]> => page.locator('.row.pointed').allInnerTexts();

  test('is pointed at, also when the page was not there yet', async () => {
    const { page, host } = await open(numbered(3000), {
      before: (bed) => {
        bed.host.reveal(place(1200, 'line 1200'));
      },
    });
    await poll(async () => (await pointed(page)).join()).toContain('line 1200');
    host.reveal(place(7, 'line 7'));
    await poll(async () => (await pointed(page)).join()).toContain('line 7');
    await poll(() => said(page)).toBe('');
  });

  test('is read back to, step by step', async () => {
    const { page, host, session, wishes, writeOlder } = await logs(numbered(50));
    session.history({ phase: 'partial', pendingLines: 0 });
    await frames(page);
    host.reveal(place(-2500, 'line 500'));
    await poll(() => said(page)).toBe('Reading back to the linked line…');
    await poll(() => wishes.length).toBeGreaterThan(0);
    session.history({ phase: 'reading', pendingLines: 0 });
    writeOlder(...numbered(3000));
    session.history({ phase: 'partial', pendingLines: 0 });
    await poll(() => pointed(page)).toEqual(['line 500']);
    await poll(() => said(page)).toBe('');
  });

  test('is found in a folded trace; and where it is not, the next one and a sentence are', async () => {
    const { page, host } = await logs([...numbered(200), ...trace(), 'after']);
    host.reveal(place(202, trace()[2] ?? ''));
    await poll(() => pointed(page)).toEqual([trace()[2]]);
    host.reveal(place(100, 'something else'));
    await poll(() => pointed(page)).toEqual(['line 100']);
    await poll(() => said(page)).toBe('The linked line is not shown here: this is the next one');
  });
});
