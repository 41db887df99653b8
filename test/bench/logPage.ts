import { setTimeout as pause } from 'node:timers/promises';
import type { Frame } from 'playwright-core';
import type { Session } from './session.ts';

/**
 * Every frame that comes notes by itself when it has painted a row with this text: to ask it would take longer, and would
 * keep it from painting. The editor writes a page into a document that is there already, which ends whatever has asked for
 * a frame of it; what observes the document itself stays.
 */
export async function watchForRow(session: Session, text: string): Promise<void> {
  await session.page.addInitScript(`{
    const isThere = () => [...document.querySelectorAll('.rows > .row')].some((row) => row.textContent.includes(${JSON.stringify(text)}));
    const observer = new MutationObserver(() => {
      if (!isThere()) return;
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => (window.rowSeenAt = Date.now())));
    });
    observer.observe(document, { childList: true, subtree: true });
  }`);
}

/** Presses the row's own button; gives back the time of the click. */
export async function openLog(session: Session, name: string): Promise<number> {
  const row = session.page.locator(`.part.sidebar .monaco-list-row[aria-label^="${name}"]`).first();
  await row.hover();
  const box = await row.getByRole('button', { name: 'View Logs' }).boundingBox();
  if (box === null) throw new Error('the row has no button for its log');
  await session.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const begin = Date.now();
  await session.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  return begin;
}

export async function logFrame(session: Session): Promise<Frame> {
  for (;;) {
    for (const frame of session.page.frames()) {
      const isLog = await frame
        .evaluate<boolean>(`document.querySelector('[role=log]') !== null`)
        .catch(() => false);
      if (isLog) return frame;
    }
    await pause(5);
  }
}

export async function closePanel(session: Session): Promise<void> {
  const tab = session.page.locator('.tabs-container .tab').first();
  await tab.hover();
  await tab.locator('.tab-actions .action-label').click();
  await tab.waitFor({ state: 'detached' });
}

/** When the page had a row with this text for the first time since it was asked, drawn. */
export async function rowSeen(frame: Frame, text: string): Promise<number> {
  return await frame.evaluate<number>(`new Promise((resolve) => {
    const isThere = () => [...document.querySelectorAll('.rows > .row')].some((row) => row.textContent.includes(${JSON.stringify(text)}));
    const look = () => isThere() ? resolve(window.rowSeenAt ?? Date.now()) : requestAnimationFrame(look);
    look();
  })`);
}

/** How many lines the log holds, as its status line says. */
export async function linesHeld(frame: Frame): Promise<number> {
  const status = await frame.evaluate<string>(`document.querySelector('.status').textContent`);
  return Number(/[\d,]+/.exec(status)?.[0].replaceAll(',', ''));
}

/** How many matches there are so far, as the find box says; 0 while it says nothing. */
export async function matchesFound(frame: Frame): Promise<number> {
  const count = await frame.evaluate<string>(`document.querySelector('.findBox .count').textContent`);
  return Number(/([\d,]+)\D*$/.exec(count)?.[1]?.replaceAll(',', '') ?? 0);
}
