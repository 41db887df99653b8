import type { Page } from 'playwright-core';
import { waitFor } from '../../bed/bed.ts';
import type { Figure } from '../figure.ts';

/** The editor's own clock, in whole milliseconds. */
interface Activation {
  readonly load: number;
  readonly activate: number;
}

/** How much start-up work the editor says we were, after a reload of the window. */
export const activation: Figure = {
  name: 'activation',
  at: 'smallest',
  run: async ({ stage, runs }) => {
    const samples: Activation[] = [];
    for (let n = 0; n < runs(5, 1); n += 1) {
      const session = await stage.openSettled('direct');
      samples.push(await readActivation(session.page));
      await session.close();
    }
    return [
      {
        figure: 'activate() itself',
        unit: 'ms',
        samples: samples.map(({ activate }) => activate),
        target: { limit: 30, of: 'median' },
      },
      {
        figure: 'loading the bundle (read, compile, run its top level)',
        unit: 'ms',
        samples: samples.map(({ load }) => load),
      },
    ];
  },
};

/** Reads the row about us in `Developer: Startup Performance`, by way of the clipboard: the editor shows it in part. */
async function readActivation(page: Page): Promise<Activation> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.keyboard.press('F1');
  await page.locator('.quick-input-widget input').first().waitFor();
  await page.keyboard.type('Developer: Startup Performance');
  await page
    .locator('.quick-input-list .monaco-list-row', { hasText: 'Startup Performance' })
    .first()
    .click();
  return await waitFor({ what: 'the start-up times', deadlineMs: 20_000, everyMs: 500 }, async () => {
    await page.locator('.editor-instance .view-lines').first().click({ timeout: 5_000 });
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+c');
    const text = await page.evaluate<string>('navigator.clipboard.readText()');
    const cells = /^\| quayside\.quayside .*$/m
      .exec(text)?.[0]
      .split('|')
      .map((cell) => cell.trim());
    const [load, activate] = [Number(cells?.[3]), Number(cells?.[4])];
    return Number.isNaN(load + activate) ? undefined : { load, activate };
  });
}
