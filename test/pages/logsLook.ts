import type { Page } from 'playwright-core';
import { expect } from 'vitest';

export const poll = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 15_000, interval: 20 });
export const lastRow = (page: Page): Promise<string> => page.locator('.rows > .row').last().innerText();
export const status = (page: Page): Promise<string> => page.locator('.statusText').innerText();
export const matchCount = (page: Page): Promise<string> => page.locator('.findBox .count').innerText();

/** The first row that is wholly on screen, and where. */
export function topRow(page: Page): Promise<{ readonly text: string; readonly top: number }> {
  return page.evaluate(`(() => {
    const view = document.querySelector('.log').getBoundingClientRect();
    const row = [...document.querySelectorAll('.rows > .row')].find((each) => each.getBoundingClientRect().top >= view.top);
    return { text: row.querySelector('.time')?.nextSibling.nextSibling?.textContent ?? row.textContent, top: row.getBoundingClientRect().top };
  })()`);
}

/** Two frames: what was asked for has been drawn. */
export function frames(page: Page): Promise<void> {
  return page.evaluate(
    'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())))',
  );
}
