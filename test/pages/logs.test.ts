import { describe, expect, test } from 'vitest';
import { numbered } from './logsBed.ts';
import { frames, lastRow, matchCount, poll, status, topRow } from './logsLook.ts';
import { useLogs } from './useLogs.ts';

const logs = useLogs();

describe('the log page', () => {
  test('opens at the end, follows, and has roles and names', async () => {
    const { page, write } = await logs(numbered(1204));
    await poll(() => lastRow(page)).toContain('line 1203');
    expect(await status(page)).toBe('1,204 lines · following');
    expect(await page.getByRole('log', { name: 'Log of web' }).count()).toBe(1);
    expect(await page.getByRole('toolbar', { name: 'Log' }).count()).toBe(1);
    expect(await page.getByRole('searchbox', { name: 'Find' }).count()).toBe(1);
    expect(await page.locator('.rows > .row').count()).toBeLessThan(100);
    write('and on');
    await poll(() => lastRow(page)).toContain('and on');
  });

  test('stops following as one scrolls up, counts what is new, and goes back by End', async () => {
    const { page, write } = await logs(numbered(1000));
    await poll(() => lastRow(page)).toContain('line 999');
    await page.mouse.move(400, 200);
    await page.mouse.wheel(0, -600);
    await poll(() => status(page)).toBe('1,000 lines · not following');
    const before = await topRow(page);
    write(...numbered(212, 1000));
    await poll(() => page.locator('.jump').innerText()).toBe('↓ 212 new');
    expect(await topRow(page)).toEqual(before);
    await page.keyboard.press('End');
    await poll(() => lastRow(page)).toContain('line 1211');
    await poll(() => status(page)).toBe('1,212 lines · following');
    expect(await page.locator('.jump').isVisible()).toBe(false);
  });

  test('goes where one scrolls just as rows arrive that are to be drawn at once', async () => {
    const { page } = await logs(numbered(3000));
    await poll(() => lastRow(page)).toContain('line 2999');
    await frames(page);
    await page.evaluate(`addEventListener('message', () => {
      document.querySelector('.log').scrollTop = 20_000;
    }, { capture: true, once: true })`);
    // A higher screen needs rows that the page does not have.
    await page.setViewportSize({ width: 900, height: 4000 });
    await poll(async () => (await topRow(page)).text).toMatch(/line (?:9|10)\d\d/);
  });

  test('holds its place while old lines are let go above it, and says how many went', async () => {
    const { page, write, spool } = await logs(numbered(6000), { maxBytes: 150_000 });
    await poll(() => lastRow(page)).toContain('line 5999');
    await page.mouse.move(400, 200);
    await page.mouse.wheel(0, -20_000);
    await poll(() => status(page)).toContain('not following');
    await poll(async () => (await topRow(page)).text).toContain('line');
    await frames(page);
    const before = await topRow(page);
    write(...numbered(2000, 6000));
    await poll(() => page.locator('.jump').innerText()).toBe('↓ 2,000 new');
    await frames(page);
    expect((await topRow(page)).text).toBe(before.text);
    expect(Math.abs((await topRow(page)).top - before.top)).toBeLessThan(1);
    await page.keyboard.press('Home');
    const dropped = spool.firstRow;
    expect(dropped).toBeGreaterThan(0);
    await poll(() => page.locator('.notice').innerText()).toBe(
      `${dropped.toLocaleString('en')} earlier lines are no longer held`,
    );
    await poll(async () => (await topRow(page)).text).toContain(`line ${String(dropped)}`);
  });

  test('draws any place one scrolls to', async () => {
    const { page } = await logs(numbered(100_000));
    await poll(() => lastRow(page)).toContain('line 99999');
    for (const part of [0.5, 0.1, 0.9]) {
      await page.evaluate(
        `(() => { const log = document.querySelector('.log'); log.scrollTop = log.scrollHeight * ${String(part)}; })()`,
      );
      await poll(async () => {
        const number = Number(/line (\d+)/.exec((await topRow(page)).text)?.[1]);
        return Math.abs(number - 100_000 * part) < 50;
      }).toBe(true);
    }
  });

  test('keeps a selection while lines come, and copies what is shown', async () => {
    const { page, write } = await logs(numbered(300));
    await poll(() => lastRow(page)).toContain('line 299');
    const rows = page.locator('.rows > .row');
    const count = await rows.count();
    const from = await rows.nth(count - 4).boundingBox();
    const to = await rows.nth(count - 2).boundingBox();
    if (from === null || to === null) throw new Error('no rows');
    await page.mouse.move(from.x + 4, from.y + 8);
    await page.mouse.down();
    await page.mouse.move(to.x + 600, to.y + 8, { steps: 4 });
    await page.mouse.up();
    const selected = await page.evaluate('getSelection().toString()');
    expect(selected).toMatch(/\d line 296\n.*\d line 297\n.*\d line 298/);
    write(...numbered(500, 300));
    await poll(() => page.locator('.jump').innerText()).toBe('↓ 500 new');
    await page.mouse.move(400, 200);
    await page.mouse.wheel(0, 3000);
    await frames(page);
    await frames(page);
    expect(await page.evaluate('getSelection().toString()')).toContain('line 297');
    await page.keyboard.press('Control+c');
    const copied: string = await page.evaluate('navigator.clipboard.readText()');
    expect(
      copied
        .split('\n')
        .slice(0, 2)
        .map((line) => line.replace(/^[\d:. -]+/, '')),
    ).toEqual(['line 296', 'line 297']);
  });

  test('finds in place, forth and back, and marks what it found', async () => {
    const { page } = await logs(numbered(500));
    await poll(() => lastRow(page)).toContain('line 499');
    await page.keyboard.press('Control+f');
    // However slowly it is typed: what a letter found is not where the next one searches from.
    await page.keyboard.type('line 1');
    await poll(() => matchCount(page)).toBe('111 of 111');
    await page.keyboard.type('2');
    await poll(() => matchCount(page)).toBe('11 of 11');
    await poll(() => page.locator('mark.current').count()).toBe(1);
    expect(await page.locator('mark.current').innerText()).toBe('line 12');
    await poll(() => page.locator('mark').count()).toBeGreaterThan(5);
    await page.keyboard.press('Enter');
    await poll(() => matchCount(page)).toBe('1 of 11');
    await page.keyboard.press('Shift+Enter');
    await poll(() => matchCount(page)).toBe('11 of 11');
    await page.keyboard.press('Shift+F3');
    await poll(() => matchCount(page)).toBe('10 of 11');
    await page.getByRole('searchbox').fill('Line 12');
    await poll(() => matchCount(page)).toBe('No results');
    await page.getByRole('searchbox').fill('line 4[0-4]$');
    await page.getByRole('button', { name: 'Use regular expression' }).click();
    expect(
      await page.getByRole('button', { name: 'Use regular expression' }).getAttribute('aria-pressed'),
    ).toBe('true');
    await poll(() => matchCount(page)).toMatch(/of 5$/);
    await page.getByRole('searchbox').fill('line (');
    await poll(() => matchCount(page)).toBe('Not a valid expression');
    await page.getByRole('searchbox').press('Escape');
    await poll(() => page.locator('mark').count()).toBe(0);
    expect(await page.evaluate('document.activeElement.getAttribute("role")')).toBe('log');
    await page.keyboard.press('n');
    expect(await page.evaluate('document.activeElement.getAttribute("role")')).toBe('searchbox');
  });

  test('gives up an expression that never ends, and stays alive', async () => {
    const { page, write } = await logs(['start', 'a'.repeat(60)]);
    await page.getByRole('button', { name: 'Use regular expression' }).click();
    await page.getByRole('searchbox').fill('^(a+)+b');
    await poll(() => matchCount(page)).toBe('This expression takes too long: the search was stopped');
    write('still here');
    await poll(() => lastRow(page)).toContain('still here');
  });

  test('wraps without moving what one reads, and brings a match deep in a long line on screen', async () => {
    const long = `${'word '.repeat(4000)}needle ${'word '.repeat(4000)}`;
    const { page } = await logs([...numbered(200), long, ...numbered(200, 200)]);
    await poll(() => lastRow(page)).toContain('line 399');
    await page.keyboard.press('Home');
    await poll(async () => (await topRow(page)).text).toContain('line 0');
    await page.mouse.move(400, 200);
    await page.mouse.wheel(0, 2000);
    await poll(async () => (await topRow(page)).text).not.toContain('line 0');
    const before = await topRow(page);
    await page.locator('.log').focus();
    await page.keyboard.press('w');
    await poll(() => page.getByRole('button', { name: /Wrap/ }).getAttribute('aria-pressed')).toBe('true');
    await frames(page);
    expect((await topRow(page)).text).toBe(before.text);
    await page.keyboard.press('Control+f');
    await page.keyboard.type('needle');
    await poll(() => matchCount(page)).toBe('1 of 1');
    await poll(() =>
      page.evaluate(`(() => {
        const mark = document.querySelector('mark.current')?.getBoundingClientRect();
        const view = document.querySelector('.log').getBoundingClientRect();
        return mark !== undefined && mark.top >= view.top && mark.bottom <= view.bottom;
      })()`),
    ).toBe(true);
    await page.locator('.log').focus();
    await page.keyboard.press('Escape');
    await poll(() => page.locator('mark').count()).toBe(0);
    await page.keyboard.press('End');
    await poll(() => lastRow(page)).toContain('line 399');
    await poll(() =>
      page.evaluate(
        `(() => { const log = document.querySelector('.log'); return log.scrollHeight - log.scrollTop - log.clientHeight; })()`,
      ),
    ).toBeLessThan(2);
  });

  test('shows hostile text as text', async () => {
    const { page } = await logs([
      '<img src=x onerror="document.title=1">',
      '\u001b[31mred\u001b[0m \u0000\u001b]0;x',
      'x'.repeat(60_000),
    ]);
    const rows = page.locator('.rows > .row');
    await poll(() => rows.count()).toBe(3);
    expect(await rows.nth(0).innerText()).toContain('<img src=x onerror="document.title=1">');
    expect(await rows.nth(1).innerText()).toMatch(/red ␀␛]0;x$/);
    expect(await page.locator('.rows img').count()).toBe(0);
    expect((await rows.nth(2).innerText()).length).toBeGreaterThan(60_000);
  });

  test('says what happened between the lines', async () => {
    const { page, session } = await logs(['one']);
    session.event({ kind: 'exited', exitCode: 137, outOfMemory: true });
    session.phase(0, 'stopped');
    await poll(() => page.locator('.row.event').innerText()).toMatch(
      /── web exited with code 137: out of memory ──$/,
    );
    expect(await status(page)).toBe('1 line · not running');
    session.event({ kind: 'refused', reason: 'unsupported', driver: 'syslog' });
    await poll(() => page.locator('.row.event').last().innerText()).toContain(
      'The log of web cannot be read: its logging driver is “syslog”',
    );
  });

  test('cycles through timestamps', async () => {
    const { page } = await logs(['one']);
    const time = page.locator('.row .time');
    await poll(() => time.count()).toBe(1);
    await page.keyboard.press('t');
    await poll(() => time.innerText()).toBe('2026-03-01 12:00:00.000');
    await page.keyboard.press('t');
    await poll(() => time.innerText()).toMatch(/ago$/);
    await page.keyboard.press('t');
    await poll(() => time.count()).toBe(0);
  });

  test('lists its keys', async () => {
    const { page } = await logs(['one']);
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await page.keyboard.press('Escape');
    await poll(() => page.getByRole('dialog').count()).toBe(0);
  });

  test('is back as it was after a reload of the window', async () => {
    const { page, load, keptState } = await logs(numbered(100));
    await page.keyboard.press('w');
    await page.keyboard.press('t');
    await page.keyboard.press('Control+f');
    await page.keyboard.type('line 5');
    await poll(() => matchCount(page)).toBe('11 of 11');
    expect(await keptState()).toEqual({
      version: 3,
      target: { ref: 'default/container/c', name: 'web' },
      wrap: true,
      timestamps: 'utc',
      histogram: true,
      find: { pattern: 'line 5', isRegex: false, matchCase: false },
      filter: { minLevel: 0, stream: 'both', hiddenSources: [], conditions: [] },
      isFolding: true,
      isRaw: false,
      columns: [],
      onlyColumns: false,
    });
    await load();
    await poll(() => matchCount(page)).toBe('11 matches');
    await poll(() => lastRow(page)).toContain('line 99');
    expect(await page.getByRole('button', { name: /Wrap/ }).getAttribute('aria-pressed')).toBe('true');
    expect(await page.getByRole('button', { name: /UTC/ }).count()).toBe(1);
  });

  test('asks anew when it missed something', async () => {
    const { page, port, write } = await logs(numbered(10));
    await poll(() => lastRow(page)).toContain('line 9');
    port.post({ kind: 'tell', name: 'delta', payload: { seq: 999, state: {}, tail: {} } });
    write('after the gap');
    await poll(() => lastRow(page)).toContain('after the gap');
    write('and on');
    await poll(() => lastRow(page)).toContain('and on');
  });

  test('asks again when what it was sent by itself got lost', async () => {
    const { page } = await logs(numbered(20), {
      before: ({ host }) => {
        // There is no page yet that could hear it, and nobody keeps it for one.
        host.push();
      },
    });
    await poll(() => lastRow(page)).toContain('line 19');
  });

  test('stays where its reader is when it has to ask anew', async () => {
    const { page, port, write } = await logs(numbered(3000));
    await poll(() => lastRow(page)).toContain('line 2999');
    await page.evaluate(`document.querySelector('.log').scrollTop = 20_000`);
    await poll(async () => (await topRow(page)).text).toMatch(/line (?:9|10)\d\d/);
    await frames(page);
    const before = await topRow(page);
    // What comes after this belongs to another block of rows, from which positions begin anew.
    write(...numbered(1500, 3000));
    port.post({ kind: 'tell', name: 'delta', payload: { seq: 999, state: {}, tail: {} } });
    await poll(() => status(page)).toBe('4,500 lines · not following');
    await frames(page);
    await frames(page);
    expect(await topRow(page)).toEqual(before);
  });
});
