import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { type Engine, runFolder } from '../bed/bed.ts';
import { makeFolder, removeFolder } from '../bed/folders.ts';
import { useBench } from './bench.ts';
import { eventually } from './eventually.ts';
import { runName } from './paths.ts';

/* What is in an image, as a person looks for it: each of dive's cases is a step of one Dockerfile. */

const folder = runFolder(runName, 'layers-folder');

const dockerfile = `FROM busybox:latest
RUN mkdir -p /srv/rm /srv/opaque /srv/own /srv/many && cd /srv && \\
    head -c 2000000 /dev/urandom > rm/big && head -c 20000 /dev/urandom > own/a && \\
    head -c 20000 /dev/urandom > old.so && cp own/a same && (echo old; seq 1000) > opaque/old && echo first > text && \\
    for n in $(seq 100 199); do echo $n > many/$n; done
# What is removed later is in the image for good.
RUN rm -rf /srv/rm
RUN rm -rf /srv/opaque && mkdir /srv/opaque && echo new > /srv/opaque/new
RUN chown -R 5:6 /srv/own
RUN ln -sf text /srv/old.so
RUN rm /srv/many/1*
RUN echo second > /srv/text
CMD ["sh"]
`;

const bench = useBench({ id: 'layers', folder, withCaller: true }, async (engine) => {
  removeFolder(folder);
  makeFolder(folder);
  writeFileSync(join(folder, 'Dockerfile'), dockerfile);
  writeFileSync(join(folder, '.dive-ci'), 'rules:\n  lowestEfficiency: 0.95\n  highestWastedBytes: 20MB\n');
  await build(engine, 'six:1', dockerfile);
  await build(engine, 'six:2', dockerfile.replace('echo second', 'echo third'));
});

async function build(engine: Engine, tag: string, text: string): Promise<void> {
  const args = [
    'buildx',
    'build',
    '--load',
    '--provenance=false',
    '--label',
    engine.label,
    '--tag',
    tag,
    '-',
  ];
  await engine.cli(args, { input: text });
}

beforeEach(async () => {
  const { caller, notifications } = bench();
  // Through the extension host: it is to know that the panels are closed before it is asked to open one.
  await caller.execute('workbench.action.closeAllEditors');
  await notifications.clear();
});

async function open(tag: string): Promise<void> {
  await bench().caller.execute('quayside.image.layers', `six:${tag}`);
  await bench().layers.isOpen(`six:${tag}`);
}

test('Show Layers, of a row, shows what each step did to the files', async () => {
  const { images, layers } = bench();
  await images.row('busybox').pressButton('Show Layers');
  await layers.isOpen('busybox:latest');
  await open('1');
  await layers.chooseStep('rm -rf /srv/rm');
  await eventually(() => layers.paths()).toEqual(['srv', 'D rm', 'D big']);
  await layers.chooseStep('rm -rf /srv/opaque');
  await eventually(() => layers.paths()).toEqual(['srv', 'opaque', 'A new', 'D old']);
  await layers.chooseStep('chown');
  await eventually(() => layers.paths()).toEqual(['srv', 'M own', 'M a']);
  expect(await layers.path('a').locator('.owner').innerText()).toBe('5:6');
  await layers.chooseStep('ln -sf');
  await eventually(() => layers.paths()).toEqual(['srv', 'M old.so']);
  await layers.chooseStep('many/1');
  await layers.path('100').waitFor();
  expect(await layers.frame.locator('.filesView .status').innerText()).toContain('100 removed');
  await layers.searchbox.fill('many/155');
  await eventually(() => layers.paths()).toEqual(['srv', 'many', 'D 155']);
});

test('the waste is listed once a copy, with its reason, and what is twice the same', async () => {
  const { layers } = bench();
  await open('1');
  await layers.tab(/^Waste/).click();
  await eventually(() => layers.wasted('/srv/rm/big').innerText()).toMatch(
    /2 MB\s+removed in step 4, still in step 3/,
  );
  expect(await layers.wasted('/srv/own/a').innerText()).toContain('mode or owner changed in step 6');
  expect(await layers.wasted('/srv/old.so').innerText()).toContain('replaced in step 7');
  expect(await layers.wasted('/srv/opaque/old').innerText()).toContain('removed in step 5');
  expect(await layers.wasted('/srv/text').innerText()).toContain('rewritten in step 9');
  await layers.tab(/^Duplicates/).click();
  await layers.frame.getByText('/srv/own/a = /srv/same').waitFor();
});

test('the rules of the workspace are judged, again when they change', async () => {
  const { layers, editor } = bench();
  await open('1');
  await layers.button('.dive-ci: 2 failed').click();
  await layers.button('Open .dive-ci').click();
  await editor.isActive('.dive-ci');
  writeFileSync(join(folder, '.dive-ci'), 'rules:\n  lowestEfficiency: 0.1\n  highestUserWastedPercent: 1\n');
  await open('1');
  await layers.button('.dive-ci passed').waitFor();
});

test('a file opens as a layer has it, a changed one as its changes', async () => {
  const { layers, editor } = bench();
  await open('1');
  await layers.chooseStep('echo second');
  await (await layers.openMenu('text')).choose('Open File');
  await editor.isActive('text');
  await eventually(() => editor.text()).toContain('second');
  await open('1');
  await layers.path('text').dblclick();
  await editor.isActive('text (six:1 step 3 ↔ six:1 step 9)');
  await open('1');
  await layers.chooseStep('rm -rf /srv/opaque');
  await layers.path('old').dblclick();
  await editor.isActive('old');
  await eventually(() => editor.text()).toContain('old');
});

test('the Dockerfile says on the line of a step what it wastes', async () => {
  const { editor, quickInput, page } = bench();
  await open('1');
  await quickInput.goToFile('Dockerfile');
  await editor.isActive('Dockerfile');
  const squiggle = page.locator('.editor-instance .squiggly-info');
  await squiggle.first().waitFor();
  await page.keyboard.press('F8');
  await page.locator('.zone-widget').getByText('This step hides 2 MB of earlier steps').waitFor();
  await page.locator('.zone-widget').getByText('2 MB are from here.').waitFor();
  await editor.closeAll();
});

test('two images are compared, from their rows', async () => {
  const { quickInput, layers } = bench();
  await bench().caller.execute('quayside.image.compare', ['six:1', 'six:2']);
  await layers.isOpen('six:1 → six:2');
  await eventually(() => layers.paths()).toEqual(['srv', 'M text']);
  await bench().runCommand('Images: Compare Images…');
  await quickInput.asks('Compare which two images?');
  await quickInput.cancel();
});

test('the analysis is saved as JSON', async () => {
  const { layers, notifications, quickInput, page } = bench();
  await open('1');
  await layers.button('Save the analysis as JSON…').click();
  await quickInput.asks('Save the layers of six:1 as JSON');
  // What it suggests is in the workspace's folder; Enter counts once that was looked into.
  await page.locator('.quick-input-widget .monaco-list-row').first().waitFor();
  await page.keyboard.press('Enter');
  await notifications.with('saved to six-1.layers.json.');
  const path = join(folder, 'six-1.layers.json');
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
    image: { fileReference: expect.any(Array) as [] },
  });
});

test('the panel is there again after a reload of the window, with files that were opened', async () => {
  const { layers, editor } = bench();
  await open('1');
  await layers.chooseStep('echo second');
  await (await layers.openMenu('text')).choose('Open File');
  await editor.isActive('text');
  await eventually(() => editor.text()).toContain('second');
  await bench().reload();
  await editor.isActive('text');
  await eventually(() => editor.text()).toContain('second');
  await editor.show('six:1 (layers)');
  await layers.isOpen('six:1');
  await eventually(() => layers.step('echo second').getAttribute('aria-selected')).toBe('true');
});

test('an image that is gone is said in a sentence', async () => {
  const { engine, images, layers, caller } = bench();
  await engine.cli(['tag', 'six:2', 'gone:1']);
  await images.row('gone').appears();
  await engine.cli(['rmi', '--no-prune', 'gone:1']);
  await images.row('gone').disappears();
  await expect(caller.execute('quayside.image.layers', 'gone:1')).rejects.toThrow(
    'There is no image “gone:1”.',
  );
  await open('2');
  await engine.cli(['rmi', 'six:2']);
  await bench().reload();
  await layers.frame.getByText('Could not read the layers of six:2').waitFor();
  await layers.button('Try again').waitFor();
});
