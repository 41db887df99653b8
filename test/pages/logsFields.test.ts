import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { frames, lastRow, matchCount, poll, status } from './logsLook.ts';
import { useLogs } from './useLogs.ts';

const logs = useLogs();

const rows = (page: Page) => page.locator('.rows > .row');
/** Without the time. */
const texts = async (page: Page): Promise<string[]> =>
  (await rows(page).allInnerTexts()).map((text) => text.replace(/^[\d:. -]{23} /, ''));
const marked = (page: Page): Promise<string[]> => page.locator('.rows mark').allTextContents();
const field = (page: Page) => page.getByRole('combobox', { name: 'Find a field' });
const header = (page: Page) => page.getByRole('group', { name: 'Columns' });

function request(id: number, status: number, path = '/'): string {
  const time = Date.parse('2026-03-01T12:00:00Z') + id;
  return JSON.stringify({
    level: 30,
    time,
    msg: 'done',
    req: { id, path },
    status,
    user: id % 2 ? 'ann' : null,
  });
}

const stack = JSON.stringify({
  level: 'error',
  msg: 'it "broke"',
  err: 'Error: no\n    at run (/app/src/run.ts:12:5)\n    at main (/app/src/main.ts:3:1)',
});

describe('structured lines', () => {
  const lines = [
    'plain a=1',
    request(1, 200),
    'time=2026-03-01T12:00:00Z level=warn msg="take care" after=1s who="a b" empty=""',
    '12:00\tINFO\tmain.go\tup\t{"port": 80, "tags": ["x", {"y": 1}]}',
    stack,
  ];

  test('show their level, what they say and their other fields, and ordinary ones are as they were', async () => {
    const { page } = await logs(lines);
    expect(await texts(page)).toEqual([
      'plain a=1',
      'info done req.id=1 req.path=/ status=200 user=ann',
      'warn take care after=1s who="a b" empty=""',
      '12:00\tINFO\tmain.go\tup port=80 tags=["x", {"y": 1}]',
      'error it "broke" err="Error: no at run (/app/src/run.ts:12:5) at main (/app/src/main.ts:3:1)"',
    ]);
    expect(await page.locator('.value.number').allInnerTexts()).toEqual(['1', '200', '80']);
    await page.keyboard.press('t');
    await page.keyboard.press('t');
    await page.keyboard.press('t');
    await poll(() => rows(page).nth(2).innerText()).toContain('time=2026-03-01T12:00:00Z after=1s');
  });

  test('are raw at a key or a button, also after a reload of the window', async () => {
    const { page, load } = await logs(lines);
    const button = page.getByRole('button', { name: 'Fields of structured lines (r)' });
    expect(await button.getAttribute('aria-pressed')).toBe('true');
    await page.keyboard.press('r');
    await poll(() => texts(page)).toEqual(lines);
    await load();
    await poll(() => texts(page)).toEqual(lines);
    expect(await button.getAttribute('aria-pressed')).toBe('false');
    await button.click();
    await poll(() => page.locator('.value').count()).toBeGreaterThan(5);
  });

  test('are one line high, or as many as a value has when lines wrap', async () => {
    const { page } = await logs(lines);
    const heights = (): Promise<number[]> =>
      page.evaluate(`[...document.querySelectorAll('.rows > .row')].map((row) => row.offsetHeight)`);
    const [line = 0] = await heights();
    expect(await heights()).toEqual(lines.map(() => line));
    await page.keyboard.press('w');
    await poll(async () => (await heights()).at(-1)).toBe(3 * line);
  });

  test('are copied as they are shown', async () => {
    const { page } = await logs(lines);
    await page.evaluate(`(() => {
      const all = document.querySelectorAll('.rows > .row');
      getSelection().setBaseAndExtent(all[1], 0, all[2], all[2].childNodes.length);
    })()`);
    await page.keyboard.press('Control+c');
    const copied: string = await page.evaluate('navigator.clipboard.readText()');
    expect(copied.trimEnd().split('\n')).toEqual([
      '2026-03-01 12:00:00.001 info done req.id=1 req.path=/ status=200 user=ann',
      '2026-03-01 12:00:00.002 warn take care after=1s who="a b" empty=""',
    ]);
  });

  test('have the links of their line, also in a value with escapes', async () => {
    const { page } = await logs(lines);
    expect(await page.getByRole('link').allInnerTexts()).toEqual([
      '/app/src/run.ts:12:5',
      '/app/src/main.ts:3:1',
    ]);
  });
});

describe('a match in a structured line', () => {
  async function find(text: string, lines: readonly string[]): Promise<Page> {
    const { page } = await logs(lines);
    await page.keyboard.press('Control+f');
    await page.keyboard.type(text);
    await poll(() => page.locator('mark.current').count()).toBeGreaterThan(0);
    await frames(page);
    return page;
  }

  test.each([
    ['in a value', 'tat', '{"msg":"up","city":"state"}', ['tat'], 'up city=state'],
    ['in a name within another', 'req', request(1, 200), ['req', 'req'], undefined],
    ['across name and value', 'y":"st', '{"msg":"up","city":"state"}', ['y', 'st'], 'up city=state'],
    ['beside an escape', 'broke\\"', stack, ['broke"'], undefined],
    ['in an escape', '\\n    at m', stack, ['\n    at m'], undefined],
    ['in a level that is a number', '30', '{"level":30,"msg":"up"}', ['info'], 'info up'],
    ['that the fields do not show', '{"msg', '{"msg":"up","a":1}', ['{"msg'], '{"msg":"up","a":1}'],
  ])('%s is seen: %s', async (_, text, line, expected, shown) => {
    const page = await find(text, [line]);
    // Each key is searched for: the last one's marks come last.
    await poll(() => marked(page)).toEqual(expected);
    if (shown !== undefined) await poll(() => texts(page)).toEqual([shown]);
  });

  test('that is not shown makes its own row raw, and no other', async () => {
    const page = await find('"msg"', [request(1, 200), request(2, 200)]);
    const plain = 'info done req.id=1 req.path=/ status=200 user=ann';
    await poll(() => matchCount(page)).toBe('2 of 2');
    await poll(() => marked(page)).toEqual(['"msg"']);
    await poll(() => texts(page)).toEqual([plain, request(2, 200)]);
  });
});

describe('columns', () => {
  const lines = [
    ...Array.from({ length: 9 }, (_, at) => request(at, 200 + at, `/${'x'.repeat(at)}`)),
    'plain',
  ];

  async function choose(page: Page, ...names: readonly string[]): Promise<void> {
    await page.keyboard.press('k');
    for (const name of names) {
      await field(page).fill(name);
      await field(page).press('Enter');
    }
    await field(page).fill('');
  }

  /** How far the columns are out of line, from their names to their values, and how many there are. */
  function alignment(page: Page): Promise<{ readonly columns: number; readonly offBy: number }> {
    return page.evaluate(`(() => {
      const of = (all) => [...all].map((cell) => cell.getBoundingClientRect().left);
      const heads = of(document.querySelectorAll('.columnHeader .cell'));
      const rows = [...document.querySelectorAll('.rows > .row:has(.cell)')].map((row) => of(row.querySelectorAll('.cell')));
      const offs = heads.flatMap((head, at) => rows.map((row) => Math.abs(row[at] - head)));
      return { columns: heads.length, offBy: Math.round(Math.max(...offs)) };
    })()`);
  }

  test('are chosen by typing, stand in their order under their names, and before the message', async () => {
    const { page, load } = await logs(lines);
    await page.keyboard.press('k');
    await poll(() => page.getByRole('option').allInnerTexts()).toEqual(
      ['level', 'time', 'req.id', 'req.path', 'status', 'user'].map((name) => `${name}\n100 %`),
    );
    await field(page).fill('PAT');
    await poll(() => page.getByRole('option').count()).toBe(1);
    await field(page).press('Enter');
    await field(page).fill('stat');
    await field(page).press('Enter');
    await poll(() => header(page).innerText()).toBe('req.path status');
    // Rows follow their header with the next frame.
    await poll(async () => (await texts(page)).slice(-2)).toEqual([
      '/xxxxxxxx 208 info done req.id=8 user=null',
      'plain',
    ]);
    expect(await alignment(page)).toEqual({ columns: 2, offBy: 0 });
    await page.getByRole('button', { name: 'Columns (k)' }).click();
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.keyboard.press('k');
    await field(page).press('Escape');
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await page.evaluate('document.activeElement.getAttribute("role")')).toBe('log');
    await load();
    await poll(() => header(page).innerText()).toBe('req.path status');
    await poll(() => alignment(page)).toEqual({ columns: 2, offBy: 0 });
  });

  test('are moved and taken away by keys, and can be all there is', async () => {
    const { page } = await logs(lines);
    await choose(page, 'status', 'user', 'path');
    const input = field(page);
    await input.press('ArrowDown');
    await input.press('Alt+ArrowDown');
    await poll(() => header(page).innerText()).toBe('user status req.path');
    expect(await page.locator('.option.active').innerText()).toContain('status');
    await input.press('Alt+ArrowUp');
    await input.press('Alt+ArrowUp');
    await poll(() => header(page).innerText()).toBe('status user req.path');
    await page.getByRole('checkbox', { name: 'Hide fields without a column' }).check();
    await poll(async () => (await texts(page))[1]).toBe('201 ann /x info done');
    await input.focus();
    await input.press('Enter');
    await poll(() => header(page).innerText()).toBe('user req.path');
    await page.keyboard.press('Escape');
    await page.keyboard.press('r');
    await poll(() => header(page).isVisible()).toBe(false);
    await poll(async () => (await texts(page))[1]).toBe(lines[1]);
  });

  test('go with the rows sideways', async () => {
    const long = JSON.stringify({ status: 200, text: 'x'.repeat(400) });
    const { page } = await logs([long]);
    await choose(page, 'status');
    await page.keyboard.press('Escape');
    await page.evaluate(`document.querySelector('.log').scrollLeft = 100`);
    await frames(page);
    expect(await alignment(page)).toEqual({ columns: 1, offBy: 0 });
  });

  test('cut a long value, say the whole of it, and show a match in it', async () => {
    const path = `/${'x'.repeat(60)}/needle`;
    const { page } = await logs([...lines, request(20, 200, path)]);
    await choose(page, 'path');
    await page.keyboard.press('Escape');
    const cell = rows(page).last().locator('.cell');
    expect(await cell.getAttribute('title')).toBe(`req.path=${path}`);
    const cut = (await cell.boundingBox())?.width ?? 0;
    await page.keyboard.press('Control+f');
    await page.keyboard.type('needle');
    await poll(async () => ((await cell.boundingBox())?.width ?? 0) > cut).toBe(true);
  });

  test('are found in a log that has nothing of the kind', async () => {
    const { page } = await logs(['plain']);
    await page.keyboard.press('k');
    await poll(() => page.getByRole('dialog').getByRole('status').innerText()).toBe(
      'No such field was found in this log',
    );
  });
});

describe('a value', () => {
  const lines = [request(1, 200), request(2, 404), request(3, 2001), 'plain'];
  const item = (page: Page, name: string) => page.getByRole('menuitem', { name });

  test('that is clicked filters by it, or against it', async () => {
    const { page } = await logs(lines);
    await page.locator('.value', { hasText: /^200$/ }).click();
    await item(page, 'Show only lines with status=200').click();
    await poll(() => status(page)).toContain('1 of 4 lines');
    expect(await page.locator('.chip').innerText()).toBe('@status==200');
    await page.getByRole('button', { name: 'Clear all' }).click();
    await poll(() => rows(page).count()).toBe(4);
    await page.locator('.value', { hasText: /^200$/ }).click();
    await item(page, 'Hide lines with status=200').click();
    await poll(() => rows(page).count()).toBe(3);
    await page.getByRole('button', { name: 'Edit: not @status==200' }).click();
    await poll(() => page.getByRole('textbox', { name: 'Show only lines with' }).inputValue()).toBe(
      '@status==200',
    );
  });

  test('is reached, and becomes a column, by keys alone', async () => {
    const { page } = await logs(lines);
    await page.keyboard.press('Enter');
    const focused = (): Promise<string> => page.evaluate('document.activeElement.ariaLabel');
    expect(await focused()).toBe('req.id=1');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(await focused()).toBe('status=200');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await item(page, 'Show only lines with req.path=/').waitFor();
    await page.keyboard.press('Escape');
    expect(await focused()).toBe('req.path=/');
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await poll(() => header(page).innerText()).toBe('req.path');
    expect(await page.evaluate('document.activeElement.getAttribute("role")')).toBe('log');
  });

  test('stays where it is while its menu is open and lines come', async () => {
    const { page, write } = await logs([...Array.from({ length: 60 }, (_, at) => request(at, at)), ...lines]);
    await poll(() => lastRow(page)).toContain('plain');
    await page.locator('.value', { hasText: '2001' }).click();
    const before = await item(page, 'Show only lines with status=2001').boundingBox();
    write(...lines);
    await poll(() => page.locator('.jump').innerText()).toBe('↓ 4 new');
    await frames(page);
    expect(await item(page, 'Show only lines with status=2001').boundingBox()).toEqual(before);
  });

  test('that is double-clicked is text', async () => {
    const { page } = await logs(lines);
    await page.locator('.value', { hasText: '404' }).dblclick();
    expect(await page.evaluate('getSelection().toString()')).toBe('404');
    expect(await page.getByRole('menu').count()).toBe(0);
  });
});
