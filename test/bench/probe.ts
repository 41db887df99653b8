import type { Page } from 'playwright-core';

/** What a look at a view of the sidebar is waiting for. */
export type RowTest =
  /** There is a row at all. */
  (
    | { readonly kind: 'any' }
    /** A row's label begins with the text. */
    | { readonly kind: 'begins'; readonly text: string }
    /** No row's label begins with it (any more). */
    | { readonly kind: 'gone'; readonly text: string }
    /** There are rows, and each has the text. */
    | { readonly kind: 'only'; readonly text: string }
    /** The first row's label begins with the text. */
    | { readonly kind: 'first'; readonly text: string }
  ) & {
    /** The view's title; `Containers` when absent. */
    readonly view?: string;
  };

/** Milliseconds since the epoch, of the same clock as everything else on the machine. */
export interface Seen {
  /** The last click or key before. */
  readonly inputAt: number;
  /** The rows were there for the first time. */
  readonly seenAt: number;
  /** The frame that shows them was drawn. */
  readonly paintedAt: number;
}

/** Runs in the page. As text, because the checks here know no browser. */
const PROBE = `(() => {
  if (globalThis.quaysideBench !== undefined) return;
  let inputAt = 0;
  const note = () => { inputAt = Date.now(); };
  addEventListener('pointerdown', note, true);
  addEventListener('keydown', note, true);

  // A filter is part of the heading too.
  const viewOf = (title = 'Containers') => [...document.querySelectorAll('.part.sidebar .pane')].find(
    (pane) => pane.querySelector('.pane-header')?.getAttribute('aria-label')?.startsWith(title));
  const rows = (view) => [...(viewOf(view)?.querySelectorAll('.monaco-list-row') ?? [])]
    .map((row) => row.getAttribute('aria-label') ?? '');
  const isMet = ({ kind, text, view }) => {
    const labels = rows(view);
    switch (kind) {
      case 'any': return labels.some((label) => label !== '');
      case 'begins': return labels.some((label) => label.startsWith(text));
      case 'gone': return labels.length > 0 && !labels.some((label) => label.startsWith(text));
      case 'only': return labels.length > 0 && labels.every((label) => label.includes(text));
      case 'first': return labels[0]?.startsWith(text);
    }
  };
  // A frame's callback runs before the frame is drawn; a message posted from it is read after.
  const afterFrame = (callback) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = callback;
    port2.postMessage(0);
  });
  const when = (test, deadlineMs) => new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      observer.disconnect();
      const there = rows(test.view).slice(0, 4).join(' | ');
      reject(new Error('not within ' + deadlineMs + ' ms: ' + JSON.stringify(test) + '; rows: ' + there));
    }, deadlineMs);
    const check = () => {
      if (!isMet(test)) return;
      const seenAt = Date.now();
      observer.disconnect();
      clearTimeout(timer);
      afterFrame(() => resolve({ inputAt, seenAt, paintedAt: Date.now() }));
    };
    const observer = new MutationObserver(check);
    const changes = { subtree: true, childList: true, attributes: true, attributeFilter: ['aria-label'] };
    observer.observe(document.body, changes);
    check();
  });
  const listBox = () => {
    const box = viewOf()?.querySelector('.monaco-list')?.getBoundingClientRect();
    if (box === undefined) return undefined;
    return { x: box.x + box.width / 2, y: box.y + box.height / 2, height: box.height };
  };
  globalThis.quaysideBench = { when, rows, listBox };
})()`;

export async function installProbe(page: Page): Promise<void> {
  await page.evaluate(PROBE);
}

/** Settles when the view meets the test; armed as soon as the next command reaches the page. */
export function whenRows(page: Page, test: RowTest, deadlineMs = 20_000): Promise<Seen> {
  const seen = page.evaluate<Seen>(`quaysideBench.when(${JSON.stringify(test)}, ${deadlineMs})`);
  // Whoever awaits it gets the error; until then nobody may call it unhandled.
  seen.catch(() => undefined);
  return seen;
}

/** The labels of the rows that are in the page: those in sight and a few more. */
export async function rowLabels(page: Page): Promise<readonly string[]> {
  return await page.evaluate<string[]>('quaysideBench.rows()');
}

export interface ListBox {
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

/** Where the list of containers is on the screen: its middle and its height. */
export async function listBox(page: Page): Promise<ListBox> {
  const box = await page.evaluate<ListBox | undefined>('quaysideBench.listBox()');
  if (box === undefined) throw new Error('the Containers view is not there');
  return box;
}
