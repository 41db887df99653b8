import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { EngineError } from '../../src/model/engineError.ts';
import type { FakeEngine } from '../support/fakeEngine.ts';
import { file, folder, gone, hardlink, opaque, symlink } from '../unit/layers/files.ts';
import type { Spec } from '../unit/layers/imageBytes.ts';
import { type LayersBed, type LayersBedOptions, openLayers } from './layersBed.ts';
import { poll } from './logsLook.ts';
import { useBeds } from './useBeds.ts';

/** An image with each of dive's cases. */
const cases: Spec = {
  layers: [
    [
      folder('srv'),
      ...['rm/a', 'rm/b', 'opaque/old', 'own/a'].map((name) => file(`srv/${name}`, 2000)),
      file('srv/old.so', 3000),
      file('srv/same1', 'twice the same'),
      file('srv/same2', 'twice the same'),
      file('srv/text', 'first'),
      file('srv/kept', 10),
    ],
    [
      gone('srv/rm'),
      opaque('srv/opaque'),
      file('srv/opaque/new', 3),
      file('srv/own/a', 'srv/own/a'.repeat(223).slice(0, 2000), { uid: 5, gid: 6, mode: 0o600 }),
      symlink('srv/old.so', 'same1'),
      file('srv/text', 'second'),
      hardlink('srv/again', 'srv/text'),
    ],
  ],
  history: [
    { created: '2026-11-01T10:00:00Z', created_by: '/bin/sh -c #(nop) COPY dir:1 in / ' },
    { created: '2026-11-02T10:00:00Z', created_by: 'ENV A=1', empty_layer: true },
    { created: '2026-11-02T10:00:00Z', created_by: 'RUN /bin/sh -c ./change # buildkit' },
  ],
};

const big: Spec = {
  layers: [Array.from({ length: 5000 }, (_, at) => file(`d/f${String(at).padStart(4, '0')}`, 'x'))],
};

const useBed = useBeds<LayersBed>();

async function show(
  specs: Readonly<Record<string, Spec>> = { 'web:1': cases },
  options: LayersBedOptions = {},
): Promise<LayersBed> {
  const bed = await useBed((browser) => openLayers(browser, specs, options));
  await bed.load();
  return bed;
}

const tree = (page: Page): Locator => page.getByRole('treegrid', { name: 'Files' });
const rowOf = (page: Page, name: string): Locator =>
  page.locator('.tree .listScroller .listRow').filter({ has: page.getByText(name, { exact: true }) });
const step = (page: Page, number: number): Locator =>
  page.getByRole('option', { name: new RegExp(`^Step ${String(number)}:`) });
const status = (page: Page): Locator => page.locator('.filesView .status');

/** `A srv/new 3 B` for each row on screen, by indent. */
function rows(page: Page): Promise<string[]> {
  return page
    .locator('.tree .listScroller .listRow')
    .evaluateAll((found) =>
      found.map((row) =>
        ['mark', 'nameText', 'size']
          .map((name) => row.querySelector(`.${name}`)?.textContent ?? '')
          .join(' '),
      ),
    );
}

describe('the page of layers', () => {
  test('shows the history, and what the last step that changed files did', async () => {
    const { page } = await show();
    await expect
      .poll(() => rows(page))
      .toEqual([
        ' srv 2.01 kB',
        ' opaque 3 B',
        'A new 3 B',
        'D old 2 kB',
        ' own 2 kB',
        'M a 2 kB',
        'D rm 4 kB',
        'D a 2 kB',
        'D b 2 kB',
        'A again 6 B',
        'M old.so ',
        'M text 6 B',
      ]);
    expect(await page.getByRole('option').allInnerTexts()).toHaveLength(3);
    expect(await step(page, 3).getAttribute('aria-selected')).toBe('true');
    expect(await step(page, 3).innerText()).toContain('RUN ./change');
    await expect
      .poll(() => status(page).innerText())
      .toBe('2 added · 3 changed · 3 removed · 2.01 kB written · 6 kB removed');
    expect(await page.locator('.details').innerText()).toContain('of earlier steps, which stay in the image');
  });

  test('marks what differs in owner and mode, and says what it was', async () => {
    const { page } = await show();
    const changed = page.locator('.tree .treeRow.changed').filter({ hasText: '5:6' });
    await changed.waitFor();
    expect(await changed.locator('.owner').getAttribute('title')).toBe('was 0:0');
    expect(await changed.locator('.mode').innerText()).toBe('-rw-------');
    expect(await changed.locator('.mode').getAttribute('title')).toBe('was -rw-r--r--');
  });

  test('goes from step to step by the keys; one that changed no files says so', async () => {
    const { page } = await show();
    await rowOf(page, 'rm').waitFor();
    await page.keyboard.press('ArrowUp');
    await page.getByText('This step changed no files.').waitFor();
    await page.keyboard.press('Home');
    await rowOf(page, 'kept').waitFor();
    expect(await rowOf(page, 'kept').getAttribute('class')).toContain('added');
    await page.keyboard.press(']');
    await page.keyboard.press(']');
    await rowOf(page, 'rm').waitFor();
    await page.keyboard.press('Enter');
    await poll(() => tree(page).evaluate((list) => list === document.activeElement)).toBe(true);
  });

  test('shows what several steps changed together, and opens a file between them', async () => {
    const third = [file('srv/text', 'third'), gone('srv/again')];
    const bed = await show({ 'web:1': { layers: [...cases.layers, third] } });
    const { page } = bed;
    await rowOf(page, 'text').waitFor();
    await page.keyboard.press('Shift+ArrowUp');
    await page.getByText('What steps 2 to 3 changed together').waitFor();
    await rowOf(page, 'old.so').waitFor();
    expect(await rowOf(page, 'again').count()).toBe(0);
    await rowOf(page, 'text').dblclick();
    await poll(() => bed.opened).toMatchObject([
      { before: { layer: 0 }, after: { layer: 2 }, path: 'srv/text' },
    ]);
    await step(page, 1).click({ modifiers: ['Shift'] });
    await page.getByText('What steps 1 to 3 changed together').waitFor();
    await step(page, 2).click();
    await rowOf(page, 'again').waitFor();
  });

  test('all files of a step are a tree of closed folders, which open by key and mouse', async () => {
    const { page } = await show();
    await rowOf(page, 'rm').waitFor();
    await page.keyboard.press('a');
    await poll(() => rows(page)).toEqual([' srv 2.05 kB']);
    await page.keyboard.press('f');
    await page.keyboard.press('ArrowRight');
    await rowOf(page, 'kept').waitFor();
    expect(await rowOf(page, 'srv').getAttribute('aria-expanded')).toBe('true');
    await rowOf(page, 'own').click();
    await rowOf(page, 'a').waitFor();
    await rowOf(page, 'a').click();
    await page.keyboard.press('ArrowLeft');
    await poll(() => rowOf(page, 'own').getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('ArrowLeft');
    await rowOf(page, 'a').waitFor({ state: 'detached' });
    await page.keyboard.press('e');
    await rowOf(page, 'same1').waitFor();
    await page.keyboard.press('c');
    await poll(() => rows(page)).toEqual([' srv 2.05 kB']);
  });

  test('searches in paths, with the folders that lead there', async () => {
    const { page } = await show();
    await rowOf(page, 'rm').waitFor();
    await page.keyboard.press('Control+f');
    await page.keyboard.type('OWN');
    await poll(() => rows(page)).toEqual([' srv 2 kB', ' own 2 kB', 'M a 2 kB']);
    await page.keyboard.type('x');
    await page.getByText('No path matches.').waitFor();
    await page.keyboard.press('Escape');
    await rowOf(page, 'rm').waitFor();
  });

  test('kinds of changes go and come back; the order is by name or by size', async () => {
    const { page } = await show();
    await rowOf(page, 'rm').waitFor();
    const removed = page.getByRole('button', { name: 'Removed files' });
    await poll(() => removed.innerText()).toBe('D 3');
    await removed.click();
    await rowOf(page, 'rm').waitFor({ state: 'detached' });
    await page.keyboard.press('s');
    await poll(async () => (await rows(page))[1]).toBe(' own 2 kB');
    await removed.click();
    await poll(async () => (await rows(page))[1]).toBe('D rm 4 kB');
  });

  test('opens changes, the file itself, and copies its path', async () => {
    const bed = await show();
    const { page } = bed;
    await rowOf(page, 'text').dblclick();
    await page.keyboard.press('Alt+Enter');
    await poll(() => bed.opened.map(({ path, isPlain }) => [path, isPlain])).toEqual([
      ['srv/text', false],
      ['srv/text', true],
    ]);
    expect(bed.opened[0]).toMatchObject({ before: { layer: 0 }, after: { layer: 1 } });
    bed.host.act('copyPath');
    await poll(() => bed.wishes).toEqual(['copy /srv/text']);
    await rowOf(page, 'old.so').dblclick();
    await poll(() => status(page).innerText()).toContain('symbolic link');
  });

  test('tells the editor’s menu what a row is', async () => {
    const { page } = await show();
    await rowOf(page, 'text').waitFor();
    const section = async (name: string): Promise<unknown> =>
      (JSON.parse((await rowOf(page, name).getAttribute('data-vscode-context')) ?? '') as object)[
        'webviewSection' as never
      ];
    expect([await section('text'), await section('again'), await section('srv')]).toEqual([
      'changed',
      'file',
      'folder',
    ]);
  });

  test('lists waste with its reasons, and leads to where it was hidden', async () => {
    const { page } = await show();
    await rowOf(page, 'rm').waitFor();
    await page.getByRole('button', { name: /wasted$/ }).click();
    const wasted = page.locator('.waste .listScroller .listRow');
    await poll(() =>
      wasted.evaluateAll((found) =>
        found.map((row) => [...row.children].map((cell) => cell.textContent).join(' ')),
      ),
    ).toEqual([
      '/srv/old.so 3 kB replaced in step 3, still in step 1',
      '/srv/opaque/old 2 kB removed in step 3, still in step 1',
      '/srv/own/a 2 kB mode or owner changed in step 3, which copied it from step 1',
      '/srv/rm/a 2 kB removed in step 3, still in step 1',
      '/srv/rm/b 2 kB removed in step 3, still in step 1',
      '/srv/text 5 B rewritten in step 3, the old content is still in step 1',
    ]);
    await wasted.filter({ hasText: '/srv/rm/b' }).dblclick();
    await poll(() => rowOf(page, 'b').getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('d');
    await page.getByText('/srv/same1 = /srv/same2').waitFor();
  });

  test('shows the rules of the workspace, and follows them', async () => {
    const bed = await show();
    const { page } = bed;
    await rowOf(page, 'rm').waitFor();
    const results = [
      { rule: 'lowestEfficiency', setting: '0.9', outcome: { kind: 'failed', measured: 0.42, limit: 0.9 } },
      { rule: 'highestWastedBytes', setting: 'disabled', outcome: { kind: 'disabled' } },
      { rule: 'highestUserWastedPercent', setting: 'much', outcome: { kind: 'invalid' } },
    ] as const;
    bed.setRules({ file: 'ci/.dive-ci', results });
    await page.getByRole('button', { name: 'ci/.dive-ci: 2 failed' }).click();
    expect(await page.getByRole('listitem').allInnerTexts()).toEqual([
      expect.stringContaining('Efficiency of at least 90%'),
      expect.stringContaining('off'),
      expect.stringContaining('“much” cannot be read'),
    ]);
    await page.getByRole('button', { name: 'Open ci/.dive-ci' }).click();
    await poll(() => bed.wishes).toEqual(['open rules']);
    bed.setRules(undefined);
    await page.getByRole('listitem').first().waitFor({ state: 'detached' });
  });

  test('holds only the rows on screen of a long list', async () => {
    const { page } = await show({ 'big:1': big });
    await rowOf(page, 'f0000').waitFor();
    await page.keyboard.press('f');
    await page.keyboard.press('End');
    await rowOf(page, 'f4999').waitFor();
    expect(await page.locator('.tree .listScroller .listRow').count()).toBeLessThan(60);
    expect(await tree(page).getAttribute('aria-rowcount')).toBe('5002');
    expect(await rowOf(page, 'f4999').getAttribute('aria-setsize')).toBe('5000');
    await page
      .locator('.listScroller')
      .first()
      .evaluate((scroller) => {
        scroller.scrollTop = 22 * 2500;
      });
    await rowOf(page, 'f2505').waitFor();
  });

  test('asks for the editor’s part', async () => {
    const bed = await show();
    const { page } = bed;
    await page.getByRole('button', { name: 'Save the analysis as JSON…' }).click();
    await page.getByRole('button', { name: 'Compare with another image…' }).click();
    await poll(() => bed.wishes).toEqual([expect.stringMatching(/^save sha256:/), 'compare']);
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  });

  test('is where it was after a reload of the window', async () => {
    const bed = await show();
    const { page } = bed;
    await rowOf(page, 'rm').waitFor();
    await step(page, 1).click();
    await page.keyboard.press('a');
    await rowOf(page, 'srv').waitFor();
    await page.getByRole('searchbox').fill('kept');
    await rowOf(page, 'kept').waitFor();
    await bed.load();
    await rowOf(page, 'kept').waitFor();
    expect(await step(page, 1).getAttribute('aria-selected')).toBe('true');
    expect(await page.getByRole('searchbox').inputValue()).toBe('kept');
    expect(await bed.keptState()).toMatchObject({
      version: 1,
      step: 0,
      scope: 'files',
      target: { images: [{}] },
    });
  });

  test('compares two images', async () => {
    const other: Spec = { layers: [cases.layers[0] ?? [], [file('srv/text', 'third'), gone('srv/rm/a')]] };
    const { page } = await show({ 'web:1': other, 'web:2': cases });
    await rowOf(page, 'text').waitFor();
    expect(await rows(page)).toContain('A again 6 B');
    expect(await page.locator('.imageName').innerText()).toBe('web:1 → web:2');
    expect(await page.locator('.left').innerText()).toContain('1 shared layer');
    expect(await page.getByRole('tab').allInnerTexts()).toEqual(['Files']);
  });
});

describe('while there are no layers', () => {
  test('says how far the reading is', async () => {
    let release = (): void => undefined;
    const { page } = await show(
      { 'web:1': cases },
      {
        prepare: (engine) => {
          const held = engine.hold('export');
          release = () => {
            held.open();
          };
        },
      },
    );
    await page.getByText('Reading web:1').waitFor();
    await page.getByText('Closing this tab ends it.').waitFor();
    release();
    await rowOf(page, 'rm').waitFor();
  });

  test('says why, and tries again', async () => {
    const prepare = (engine: FakeEngine): void => {
      engine.fail('export', new EngineError('unreachable', 'gone'));
    };
    // That the log tells of the failure is right this time.
    const bed = await useBed(async (browser) => ({
      ...(await openLayers(browser, { 'web:1': cases }, { prepare })),
      complaints: [],
    }));
    await bed.load();
    const { page } = bed;
    await page
      .getByText('Could not read the layers of web:1: the connection to the engine was lost.')
      .waitFor();
    bed.engine.heal();
    await page.getByRole('button', { name: 'Try again' }).click();
    await rowOf(page, 'rm').waitFor();
    await page.keyboard.press('a');
    await poll(() => rows(page)).toEqual([' srv 2.05 kB']);
    bed.break();
    await page.getByText('the worker ended').waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await rowOf(page, 'srv').waitFor();
    await page.keyboard.press('a');
    await rowOf(page, 'rm').waitFor();
  });

  test('waits for an engine that is not found yet', async () => {
    const bed = await show({ 'web:1': cases }, { isUnknown: true });
    await bed.page.getByText('Waiting for the engine…').waitFor();
    bed.find();
    await rowOf(bed.page, 'rm').waitFor();
  });
});
