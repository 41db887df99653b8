import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  type Engine,
  pushImage,
  type Registry,
  RegistryFill,
  type RegistryGate,
  startRegistry,
  startRegistryGate,
} from '../bed/bed.ts';
import { moveTag } from '../support/moveTag.ts';
import { startSearchServer } from '../support/searchServer.ts';
import { useBench } from './bench.ts';
import { eventually } from './eventually.ts';
import { clear, namesOf, run } from './objects.ts';
import { runName } from './paths.ts';

/* Images that come from a registry and go to one, as a person moves them. */

const user = { name: 'anna', password: 'pä:ss wörd' };

const bench = useBench({ id: 'images', settings: { 'quayside.images.checkForNewer': 'whenShown' } });
let open: Registry;
let closed: Registry;
let gate: RegistryGate;

beforeAll(async () => {
  open = await startRegistry({ name: runName, id: 'open' });
  closed = await startRegistry({ name: runName, id: 'closed', users: [user] });
  gate = await startRegistryGate(open);
  const { engine } = bench();
  await pushImage(engine, 'quay/tools:1', open, 'team/tools:1');
  await makeBigImage(engine);
}, 120_000);

afterAll(async () => {
  await gate.stop();
  await open.stop();
  await closed.stop();
});

beforeEach(async () => {
  const { engine, notifications } = bench();
  await clear(engine);
  await notifications.clear();
});

/** One whose layer is in the registry only: the engine has all layers of the bed's own images. */
async function makeBigImage(engine: Engine): Promise<void> {
  const write = ['dd', 'if=/dev/urandom', 'of=/noise', 'bs=1M', 'count=24'];
  await engine.cli(['run', '--name=maker', `--label=${engine.label}`, 'busybox', ...write]);
  await engine.cli(['commit', 'maker', 'big:1']);
  await engine.cli(['rm', 'maker']);
  await pushImage(engine, 'big:1', open, 'team/big:1');
  await engine.cli(['rmi', 'big:1']);
}

async function pull(names: string): Promise<void> {
  const { quickInput } = bench();
  await quickInput.runCommand('Images: Pull');
  await quickInput.asks('Pull which images?');
  await quickInput.enter(names);
}

test('Pull, from the palette, refuses what is no name and brings several images', async () => {
  const { quickInput, images, notifications, engine } = bench();
  await quickInput.runCommand('Images: Pull');
  await quickInput.type('Not/AName');
  await eventually(() => quickInput.options()).toEqual([
    expect.stringContaining('cannot be an image’s name'),
  ]);
  // Where nothing can be searched, what is typed can be pulled all the same.
  await quickInput.type(`${open.address}/team/tools`);
  await eventually(() => quickInput.options()).toEqual([expect.stringContaining('Search is not available')]);
  await quickInput.enter(`${open.address}/team/tools:1 ${gate.address}/team/big:1`);
  await images.row(`${open.address}/team/tools`).appears();
  await images.row(`${gate.address}/team/big`).appears();
  await notifications.with('Pulled 2 images.');
  expect(await namesOf(engine, 'image')).toContain(`${open.address}/team/tools:1`);
});

test('Pull offers what a search finds for what is typed so far', async () => {
  const { quickInput } = bench();
  const server = await startSearchServer();
  await quickInput.runCommand('Images: Pull');
  await quickInput.type(`${server.address}/app`);
  await eventually(() => quickInput.options()).toEqual(
    expect.arrayContaining([
      expect.stringMatching(new RegExp(`${server.address}/team/app[^]*7[^]*An app`)),
      expect.stringMatching(new RegExp(`${server.address}/library/app[^]*official`)),
    ]),
  );
  await quickInput.cancel();
  server.stop();
});

test('Pull, of a row, says that there is nothing new', async () => {
  const { images, notifications } = bench();
  await pull(`${open.address}/team/tools:1`);
  await notifications.with(`Pulled ${open.address}/team/tools:1.`);
  await images.row(`${open.address}/team/tools`).chooseInMenu('Pull');
  await notifications.with(`${open.address}/team/tools:1 is up to date.`);
});

test('a pull shows layers and bytes, and Cancel ends it on the engine too', async () => {
  const { notifications, engine } = bench();
  const before = gate.givenUp();
  const held = gate.hold();
  await pull(`${gate.address}/team/big:1`);
  await held;
  const title = `Pulling ${gate.address}/team/big:1`;
  await eventually(() => notifications.with(title)).toMatch(
    /\d of 2 layers · [\d.]+ (?:k?B )?of 2\d(?:\.\d)? MB/,
  );
  await notifications.press(title, 'Cancel');
  gate.release();
  await eventually(() => gate.givenUp()).toBeGreaterThan(before);
  expect(await namesOf(engine, 'image')).not.toContain(`${gate.address}/team/big:1`);
});

test('what is not there is said in a sentence; Retry brings it once it is', async () => {
  const { notifications, images, engine } = bench();
  await pull(`${open.address}/team/late:1`);
  const message = `${open.address} has no image of this name and tag.`;
  expect(await notifications.with(message)).toContain(`Could not pull ${open.address}/team/late:1`);
  await pushImage(engine, 'quay/tools:1', open, 'team/late:1');
  await notifications.press(message, 'Retry');
  await images.row(`${open.address}/team/late`).appears();
});

test('Tag and Push: the name is checked while it is typed, the registry’s question asked once', async () => {
  const { images, quickInput, notifications, engine } = bench();
  await engine.cli(['tag', 'quay/tools:1', 'mine:1']);
  await images.row('mine').chooseInMenu('Tag…');
  await quickInput.asks('New name for mine:1');
  await quickInput.type('mine:no spaces');
  await eventually(() => quickInput.message.innerText()).toContain('cannot be an image’s name');
  await quickInput.type('busybox');
  await eventually(() => quickInput.message.innerText()).toContain('Another image has this name now');
  await quickInput.enter(`${closed.address}/team/mine:1`);
  const row = images.row(`${closed.address}/team/mine`);
  await row.appears();

  await row.chooseInMenu('Push');
  await quickInput.asks(`User name at ${closed.address}`);
  await quickInput.enter(user.name);
  await quickInput.asks(`Password or access token of ${user.name} at ${closed.address}`);
  expect(await quickInput.isHidden()).toBe(true);
  await quickInput.enter(user.password);
  await quickInput.asks('Keep it in the editor’s secret storage');
  await quickInput.choose('Keep');
  await notifications.with(`Pushed ${closed.address}/team/mine:1.`);
  expect(await repositories()).toEqual(['team/mine']);

  await notifications.clear();
  await row.chooseInMenu('Push');
  await notifications.with(`Pushed ${closed.address}/team/mine:1.`);
});

test('Push, of a name that says no place, says what it needs', async () => {
  const { images, notifications, engine } = bench();
  await engine.cli(['tag', 'quay/tools:1', 'mine:1']);
  await images.row('mine').chooseInMenu('Push');
  expect(await notifications.with('does not say where to push')).toContain('The name mine:1');
});

test('an image leads to the containers that use it, and says what it shares and how it was made', async () => {
  const { images, containers, quickInput, editor, engine } = bench();
  await engine.cli(['tag', 'quay/web:1', 'mine:1']);
  await run(engine, 'worker', 'mine:1');
  const row = images.row('mine');
  await eventually(() => row.label()).toContain('in use by worker');
  await row.hover('shared with other images');
  await row.chooseInMenu('Show History');
  await editor.isActive('History of mine:1');
  await eventually(() => editor.text()).toContain('CMD ["run-web"]');

  await quickInput.runCommand('Containers: Filter…');
  await quickInput.enter('something else');
  await containers.row('worker').disappears();
  await row.expand();
  await images.row('worker').click();
  await containers.row('worker').appears();
  await eventually(() => containers.row('worker').element.getAttribute('aria-selected')).toBe('true');
});

test('Remove, of an image in use, says why it needs force; Remove Unused Images says what goes', async () => {
  const { images, dialog, quickInput, engine } = bench();
  await run(engine, 'worker', 'quay/web:1');
  await engine.cli(['commit', 'worker', 'spare:1']);
  await engine.cli(['create', '--name=ended', `--label=${engine.label}`, 'spare:1']);
  await eventually(() => images.row('spare').label()).toContain('in use by ended');
  await images.row('spare').chooseInMenu('Remove…');
  expect(await dialog.message()).toBe('Remove spare:1 by force?');
  expect(await dialog.detail()).toContain('in use by ended (created)');
  await dialog.press('Remove by Force');
  await images.row('spare').disappears();

  const id = (await engine.cli(['commit', 'worker'])).trim().replace('sha256:', '').slice(0, 12);
  await images.row(id).appears();
  await images.chooseInMenu('Remove Unused Images…');
  await quickInput.asks('Remove which images?');
  await quickInput.choose('Dangling: without a tag, not in use');
  expect(await dialog.message()).toMatch(new RegExp(`^Remove ${id} and free `));
  await dialog.press('Remove');
  await images.row(id).disappears();
  expect(await namesOf(engine, 'image')).toContain('quay/tools:1');
});

test('Registries: a registry is added, searched, read and cleared of a tag by mouse', async () => {
  const { page, registries, quickInput, dialog, notifications } = bench();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const fill = new RegistryFill(open);
  await Promise.all(
    Array.from({ length: 100 }, (_, i) => fill.image(`many/r${String(i)}`, '1', { architecture: 'arm64' })),
  );
  for (const tag of ['1', 'same']) await fill.image('zz/last', tag);
  await registries.open();
  await registries.press('Add Registry…');
  await quickInput.asks('Add which registry?');
  await quickInput.enter(open.address);
  const registry = registries.row(open.address);
  await registry.appears();
  await registries.press('Filter…');
  await quickInput.asks('Show only rows that have this text');
  await quickInput.enter('zz');
  await registry.expand();
  const more = registries.row('Load more…');
  await more.appears();
  expect(await more.description()).toBe('0 of 100 match');
  await more.click();
  await registries.row('zz/last').expand();
  const tag = registries.row('1');
  await eventually(() => tag.label()).toMatch(/^1, [\d.]+ k?B, .* ago, linux\/amd64, sha256:[0-9a-f]{12}$/);

  await tag.chooseInMenu('Copy Reference');
  await eventually(() => page.evaluate(() => navigator.clipboard.readText())).toBe(
    `${open.address}/zz/last:1`,
  );
  await tag.pressButton('Delete Tag…');
  expect(await dialog.message()).toContain(`Delete ${open.address}/zz/last:1 from the registry?`);
  expect(await dialog.detail()).toContain('These tags name the same and go with it: same');
  await dialog.press('Delete');
  await registries.row('There is nothing here yet.').appears();
  const answer = await fetch(`${open.url}/v2/zz/last/manifests/same`);
  expect(answer.status).toBe(404);

  // The docker config's way to keep a login is not there: the editor keeps it.
  await registries.press('Add Registry…');
  await quickInput.enter(closed.address);
  await registries.row(closed.address).chooseInMenu('Sign In…');
  await quickInput.asks(`User name at ${closed.address}`);
  await quickInput.enter(user.name);
  await quickInput.asks('Password or access token');
  await quickInput.enter(user.password);
  await notifications.with(`Signed in at ${closed.address}.`);
  await registries.close();
});

test('Check for Newer Images marks the row whose registry has another image; Pull ends that', async () => {
  const { images, notifications, engine } = bench();
  await pushImage(engine, 'quay/tools:1', open, 'team/moving:1');
  await pushImage(engine, 'busybox', open, 'team/moving:2');
  await pushImage(engine, 'quay/web:1', open, 'team/moving:3');
  await pull(`${open.address}/team/moving:1`);
  const row = images.row(`${open.address}/team/moving`);
  await row.appears();
  await moveTag(open.url, 'team/moving', '1', '2');
  await row.chooseInMenu('Check for Newer Images');
  await notifications.with('Newer images were found: 1 of 1.');
  await eventually(() => row.label()).toContain('update available');
  await row.chooseInMenu('Pull');
  await eventually(() => row.label()).not.toContain('update available');

  // By itself, when the view is shown.
  await moveTag(open.url, 'team/moving', '1', '3');
  await images.close();
  await images.open();
  await eventually(() => row.label()).toContain('update available');
});

test('Save writes an image to a file, and Load brings it back', async () => {
  const { images, notifications, quickInput, page, engine, folder } = bench();
  await engine.cli(['tag', 'quay/tools:1', 'kept:1']);
  const row = images.row('kept');
  await row.chooseInMenu('Save…');
  await quickInput.asks('Save kept:1');
  // What it suggests is in the workspace's folder; Enter counts once that was looked into.
  await page.locator('.quick-input-widget .monaco-list-row').first().waitFor();
  await page.keyboard.press('Enter');
  await notifications.with('Saved kept:1 to');
  expect(readdirSync(folder)).toContain('kept-1.tar');
  await engine.cli(['rmi', 'kept:1']);
  await row.disappears();
  await quickInput.runCommand('Images: Load…');
  await quickInput.asks('Load images from an archive');
  await quickInput.choose('kept-1.tar');
  await notifications.with('Loaded kept:1.');
  await row.appears();
});

test('Import makes an image of a file system', async () => {
  const { images, notifications, quickInput, engine, folder } = bench();
  await engine.cli(['create', '--name=source', `--label=${engine.label}`, 'quay/tools:1']);
  await engine.cli(['export', '--output', join(folder, 'root.tar'), 'source']);
  await quickInput.runCommand('Images: Import…');
  await quickInput.asks('Import a file system as an image');
  await quickInput.choose('root.tar');
  await quickInput.asks('Name of the image that is made of root.tar');
  await quickInput.enter('made:1');
  await notifications.with('Imported made:1.');
  await images.row('made').appears();
  expect(await engine.cli(['run', '--rm', `--label=${engine.label}`, 'made:1', '/bin/echo', 'in'])).toBe(
    'in\n',
  );
});

async function repositories(): Promise<unknown> {
  const login = Buffer.from(`${user.name}:${user.password}`).toString('base64');
  const answer = await fetch(`${closed.url}/v2/_catalog`, { headers: { authorization: `Basic ${login}` } });
  return ((await answer.json()) as { readonly repositories: unknown }).repositories;
}
