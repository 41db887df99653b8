import { describe, expect, test } from 'vitest';
import { DiskFullError, SpoolWriteError } from '../../src/logs/spool/spoolWriteError.ts';
import { numbered, trace } from './logsBed.ts';
import { frames, lastRow, matchCount, poll, status, topRow } from './logsLook.ts';
import { useLogs } from './useLogs.ts';

const logs = useLogs();

describe('what is older than the first row', () => {
  test('is asked for near the top, and comes without moving what one reads', async () => {
    const { page, session, wishes, writeOlder } = await logs(numbered(100));
    session.history({ phase: 'partial', pendingLines: 0 });
    await frames(page);
    expect(wishes).toEqual([]);
    await page.mouse.move(400, 200);
    await page.mouse.wheel(0, -1300);
    await poll(() => wishes).toEqual([{ isAll: false }]);
    await poll(async () => (await topRow(page)).text).toContain('line');
    await frames(page);
    const before = await topRow(page);
    writeOlder(...numbered(3000, 5000));
    session.history({ phase: 'complete', pendingLines: 0 });
    await poll(() => status(page)).toBe('3,100 lines · not following');
    await frames(page);
    expect((await topRow(page)).text).toBe(before.text);
    await page.keyboard.press('Home');
    await poll(async () => (await topRow(page)).text).toBe('line 5000');
  });

  test('is said and read by a link, by Home, and by a search', async () => {
    const { page, session, wishes, writeOlder } = await logs(numbered(100));
    session.history({ phase: 'partial', pendingLines: 0 });
    await page.keyboard.press('Home');
    await poll(() => wishes).toEqual([{ isAll: true }]);
    const notice = page.locator('.notice');
    await poll(() => notice.innerText()).toContain('Older lines are not read yet.');
    session.history({ phase: 'reading', pendingLines: 1234 });
    await poll(() => notice.innerText()).toBe('Reading older lines… 1,234');
    writeOlder('the very first');
    session.history({ phase: 'failed', pendingLines: 0, reason: 'the file is corrupt' });
    await poll(() => notice.innerText()).toContain('Older lines could not be read: the file is corrupt');
    await poll(async () => (await topRow(page)).text).toBe('the very first');
    await page.getByRole('button', { name: 'Try again' }).click();
    await poll(() => wishes.length).toBe(2);
    session.history({ phase: 'unreachable', pendingLines: 0 });
    await poll(() => notice.innerText()).toContain('could not be read: the engine cannot be reached.');
    // It is back: what was wanted is wanted still.
    session.history({ phase: 'partial', pendingLines: 0 });
    await poll(() => wishes.length).toBe(3);
    session.history({ phase: 'full', pendingLines: 0 });
    await poll(() => notice.innerText()).toContain('quayside.logs.diskBudget');
  });
});

describe('a log of a million lines', () => {
  test('is reached in every part by the scroll bar, and moves by exact rows near by', async () => {
    const { page } = await logs(['the end'], {
      before: ({ spool }) => {
        const older = spool.older();
        const row = {
          kind: 'line',
          at: 0,
          isStderr: false,
          isContinuation: false,
          isTraceLine: false,
        } as const;
        for (let n = 0; n < 1_200_000; n++)
          older.add({ ...row, isPlain: true, level: 0, source: 0, data: Buffer.from(`line ${String(n)}`) });
        older.commit();
      },
    });
    await poll(() => lastRow(page)).toContain('the end');
    const top = async (): Promise<number> => Number(/line (\d+)/.exec((await topRow(page)).text)?.[1]);
    for (const part of [0.5, 0.25, 0.75]) {
      await page.evaluate(
        `(() => { const log = document.querySelector('.log'); log.scrollTop = log.scrollHeight * ${String(part)}; })()`,
      );
      await poll(async () => Math.abs((await top()) / 1_200_000 - part) < 0.02).toBe(true);
    }
    await frames(page);
    const before = await top();
    await page.mouse.move(400, 250);
    await page.mouse.wheel(0, 200);
    await poll(top).toBeGreaterThan(before + 5);
    await frames(page);
    expect(await top()).toBeLessThan(before + 20);
    await page.keyboard.press('Home');
    await poll(top).toBe(0);
    await page.mouse.wheel(0, 200);
    await poll(top).toBeGreaterThan(5);
    await page.keyboard.press('End');
    await poll(() => lastRow(page)).toContain('the end');
    await poll(() =>
      page.evaluate(`(() => {
        const view = document.querySelector('.log').getBoundingClientRect();
        const last = [...document.querySelectorAll('.rows > .row')].at(-1).getBoundingClientRect();
        return Math.abs(last.bottom - view.bottom) < 2;
      })()`),
    ).toBe(true);
  }, 60_000);
});

describe('a stack trace', () => {
  const lines = [...numbered(40), ...trace(), ...numbered(5, 40)];

  test('is one row until it is unfolded, and stays where it is', async () => {
    const { page } = await logs(lines);
    const fold = page.getByRole('button', { name: 'Stack trace of 4 lines' });
    await poll(() => fold.isVisible()).toBe(true);
    expect(await fold.getAttribute('aria-expanded')).toBe('false');
    expect(await fold.innerText()).toBe('▸ 4 lines');
    const before = await fold.boundingBox();
    await fold.click();
    await poll(() => page.locator('.row.trace').count()).toBe(4);
    expect(await fold.getAttribute('aria-expanded')).toBe('true');
    expect((await fold.boundingBox())?.y).toBeCloseTo(before?.y ?? 0, 0);
    await page.locator('.log').focus();
    await page.keyboard.press('f');
    await poll(() => page.locator('.row.trace').count()).toBe(0);
    await page.getByRole('button', { name: 'Fold stack traces' }).click();
    await poll(() => page.locator('.row.trace').count()).toBe(4);
  });

  test('opens for a match in it', async () => {
    const { page } = await logs(lines);
    await page.keyboard.press('Control+f');
    await page.keyboard.type('second.js');
    await poll(() => page.locator('mark.current').count()).toBe(1);
    await poll(() => matchCount(page)).toBe('1 of 1');
    expect(await page.locator('.row.trace').count()).toBe(4);
  });
});

describe('bookmarks and times', () => {
  test('bookmarks are set, seen and jumped to', async () => {
    const { page } = await logs(numbered(500));
    await poll(() => lastRow(page)).toContain('line 499');
    await page.locator('.rows > .row', { hasText: 'line 490' }).click();
    await page.keyboard.press('b');
    await poll(() => page.locator('.bookmarked').innerText()).toContain('line 490');
    await page.keyboard.press('Home');
    await poll(async () => (await topRow(page)).text).toBe('line 0');
    await page.keyboard.press(']');
    await poll(() => page.locator('.bookmarked').isVisible()).toBe(true);
    await page.keyboard.press('b');
    await poll(() => page.locator('.bookmarked').count()).toBe(0);
  });

  test('goes to a time, and says what is none', async () => {
    const { page } = await logs(numbered(10_000));
    await page.keyboard.press('g');
    const input = page.getByRole('textbox', { name: 'Go to time' });
    await input.fill('noon');
    await input.press('Enter');
    await poll(() => input.getAttribute('aria-invalid')).toBe('true');
    await input.fill('2026-03-01T12:00:03Z');
    await input.press('Enter');
    await poll(() => page.locator('.rows > .row', { hasText: 'line 3000' }).isVisible()).toBe(true);
    expect(await page.evaluate('document.activeElement.getAttribute("role")')).toBe('log');
  });
});

describe('a disk that is full', () => {
  test('is said in the last row and below the log, with a way to go on', async () => {
    const { page, disk, write } = await logs(numbered(100));
    disk.problem = new DiskFullError('', undefined);
    write(...numbered(2000, 100));
    await poll(() => lastRow(page)).toContain('The disk is full: reading has stopped here');
    await poll(() => status(page)).toBe('1,024 lines · disk full, reading has stopped');
    const again = page.getByRole('button', { name: 'Try again' });
    await again.click();
    await frames(page);
    expect(await status(page)).toContain('disk full');
    disk.problem = undefined;
    await again.click();
    await poll(() => lastRow(page)).toContain('line 2099');
    await poll(() => status(page)).toBe('2,100 lines · following');
    expect(await again.isVisible()).toBe(false);
  });

  test('is not the only one that cannot be written to: the log says where and why, and goes on', async () => {
    const { page, disk, write } = await logs(numbered(100));
    disk.problem = new SpoolWriteError('/spools/1', 'EROFS: read-only file system', undefined);
    write(...numbered(2000, 100));
    await poll(() => lastRow(page)).toContain(
      '/spools/1 cannot be written to (EROFS: read-only file system). Allow that, then try again',
    );
    await poll(() => status(page)).toBe('1,024 lines · the disk cannot be written to, reading has stopped');
    disk.problem = undefined;
    await page.getByRole('button', { name: 'Try again' }).click();
    await poll(() => status(page)).toBe('2,100 lines · following');
  });

  test('is said of older lines too, and so is a container that took its older lines with it', async () => {
    const { page, session, wishes } = await logs(numbered(10));
    const notice = page.locator('.notice');
    session.history({ phase: 'diskFull', pendingLines: 0 });
    await poll(() => notice.innerText()).toContain('Older lines are not read: the disk is full.');
    await notice.getByRole('button', { name: 'Try again' }).click();
    await poll(() => wishes).toEqual([{ isAll: false }]);
    session.history({ phase: 'gone', pendingLines: 0 });
    await poll(() => notice.innerText()).toBe('A container was removed, and its older lines with it.');
  });
});
