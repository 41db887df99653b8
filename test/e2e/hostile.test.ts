import { expect, test } from 'vitest';
import type { Locator } from 'playwright-core';
import { useBench } from './bench.ts';
import { eventually } from './eventually.ts';
import { run } from './objects.ts';

const markup =
  '<img src=x onerror="document.title=1"><b>bold</b> [link](command:quayside.container.remove) **x** $(trash)';
const emoji = '🚢 "quoted" \'single\' `tick` \\ 容器';

const bench = useBench({ id: 'hostile' }, async (engine) => {
  const longLabels = Array.from({ length: 30 }, (_, n) => [
    '--label',
    `long.${n}=${'x'.repeat(1000)}`,
  ]).flat();
  await run(engine, 'guest', 'quay/web:1', [
    '--label',
    `com.docker.compose.project=${markup}`,
    '--label',
    `com.docker.compose.service=${emoji}`,
    ...longLabels,
  ]);
  await engine.cli([
    ...['create', '--name', 'shouter', '--label', engine.label],
    ...[
      'quay/tools:1',
      '/bin/sh',
      '-c',
      `echo '<u>underlined</u> ${'*'.repeat(20)} [x](http://127.0.0.1) www.example.org root@example.org'`,
    ],
  ]);
});

/** Elements that only markup of ours or of nobody makes. */
async function madeElements(within: Locator): Promise<number> {
  return within.locator('img, b, u, a[href], a[data-href], .codicon-trash').count();
}

test('names and labels stand in the rows as they are', async () => {
  const { containers, page } = bench();
  await containers.row('shouter').appears();
  const names = await containers.names();
  expect(names[0]).toBe(markup);
  expect(names[1]).toBe(emoji);
  const rows = page.getByRole('tree', { name: 'Containers' });
  expect(await rows.locator('img, b, u, .codicon-trash').count()).toBe(0);
  expect(await page.title()).not.toBe('1');
});

test('a hover renders nothing of them', async () => {
  const { containers } = bench();
  const hover = await containers.row(emoji).hover('Compose:');
  const text = await hover.text();
  expect(text).toContain('<img src=x onerror=');
  expect(text).toContain('[link](command:quayside.container.remove) **x** $(trash)');
  expect(await madeElements(hover.box)).toBe(0);
  const command = await containers.row('shouter').hover('Command:');
  expect(await command.text()).toContain('<u>underlined</u>');
  expect(await command.text()).toContain('[x](http://127.0.0.1) www.example.org root@example.org');
  expect(await madeElements(command.box)).toBe(0);
});

test('grouping by such a label makes headings of plain text', async () => {
  const { containers, quickInput, page } = bench();
  await containers.press('Group By…');
  await quickInput.choose('Label…');
  await quickInput.choose('com.docker.compose.project');
  await eventually(() => containers.names()).toEqual([markup, 'guest', 'others', 'shouter']);
  expect(await page.getByRole('tree', { name: 'Containers' }).locator('img, b').count()).toBe(0);
});

test('questions, pickers and failures name it as plain text', async () => {
  const { containers, dialog, quickInput, page } = bench();
  await containers.press('Group By…');
  await quickInput.choose('Compose project');
  await containers.row(markup).chooseInMenu('Remove…');
  expect(await dialog.detail()).toContain('guest · running');
  expect(await page.locator('.monaco-dialog-box').locator('b, a[href]').count()).toBe(0);
  await dialog.press('Cancel');
});

test('a container with thirty labels of a kilobyte behaves like any other', async () => {
  const { containers, engine } = bench();
  await containers.row(emoji).chooseInMenu('Pause');
  await eventually(() => containers.row(emoji).label()).toContain('paused');
  await engine.cli(['unpause', 'guest']);
  await eventually(() => containers.row(emoji).label()).toContain('running');
});
